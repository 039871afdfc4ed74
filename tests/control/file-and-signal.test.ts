import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Request } from '#domain/events/request';
import { instant } from '#domain/values/instant';
import { sendRequest } from '#main/control/control-folder';
import { Mailbox } from '#main/control/mailbox';
import { leaveStop } from '#main/control/stop-file';

/** All that a run takes, each recorded before the next is asked for. */
function taken(mailbox: Mailbox, tick: () => void): readonly Request[] {
  const all: Request[] = [];
  for (let tries = 0; tries < 10; tries++) {
    tick();
    const asked = mailbox.next(instant(1_000));
    if (asked === null) return all;
    all.push(asked.request);
    mailbox.see({ sequence: all.length, at: instant(0), cause: 0, event: { kind: 'request_received', request: asked.request } });
  }
  return all;
}

test.each<readonly [what: string, leave: (journal: string) => void]>([
  ['a file STOP of a lower level', (journal) => leaveStop(journal, { level: 'pause_entries', because: 'look' })],
  [
    'a stop that a person sends',
    (journal) => void sendRequest(journal, { kind: 'stop_trading', level: 'pause_entries', by: 'ada', from: 'person', because: 'look' }),
  ],
])('a signal that comes together with %s is heard besides', (_, leave) => {
  const journal = mkdtempSync(join(tmpdir(), 'file-and-signal-'));
  let clock = 0;
  const mailbox = new Mailbox({ journal, recorded: [], say: () => {}, now: () => clock });
  leave(journal);
  mailbox.signal();
  const levels = taken(mailbox, () => {
    clock += 1_000;
  }).map((request) => (request.kind === 'stop_trading' ? request.level : request.kind));
  expect(levels.toSorted()).toEqual(['flatten', 'pause_entries']);
});
