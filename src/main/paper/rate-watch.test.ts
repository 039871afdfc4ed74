import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultWatch } from '#domain/alerts/alert-settings';
import { Observed } from '#domain/alerts/observation';
import { instant } from '#domain/values/instant';
import { AlarmNotes } from '#main/alerts/alarm-notes';
import { notesIn } from '#main/alerts/inbox';
import { RateWatch } from '#main/paper/rate-watch';

test('A18: a limit that is nearly used is said once, and not again within ten minutes, laid where a watch finds it, and told by it as an alert', async () => {
  const alerts = join(mkdtempSync(join(tmpdir(), 'catalyst-rate-')), 'alerts');
  const said: string[] = [];
  let used = 0;
  let minute = 0;
  const notes = new AlarmNotes(alerts);
  const say = (line: string): void => void said.push(line);
  const watch = new RateWatch({ rate: () => ({ used, limit: 200 }), notes, say, machine: () => minute * 60_000 });
  // Near at the fourth; the 161 comes before ten minutes are over, and is told when it is still so then.
  for (used of [0, 100, 159, 160, 190, 200, 130, 120, 119, 161, 162, 163, 164, 165, 60]) {
    minute++;
    watch.look();
    // Notes are read in the order of their milliseconds.
    await sleep(3);
  }
  expect(said).toEqual([
    expect.stringMatching(/^ALARM +160 of 200 requests of this minute are used at the broker: entries and readings wait/),
    expect.stringMatching(/^note +119 of 200/),
    expect.stringMatching(/^ALARM +165 of 200/),
    expect.stringMatching(/^note +60 of 200/),
  ]);
  await expect.poll(() => notesIn(alerts).length).toBe(4);
  const observed = new Observed(defaultWatch, 3);
  const told = notesIn(alerts).flatMap(({ note }) =>
    note?.kind === 'observed' ? observed.see(note.observation, instant(0), { held: 0, inSession: true }) : [],
  );
  expect(told).toEqual([
    { kind: 'rate_limit_near', service: 'alpaca', used: 160, limit: 200 },
    { kind: 'rate_limit_near', service: 'alpaca', used: 165, limit: 200 },
  ]);
});
