import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Request } from '#domain/events/request';
import { lockDirectory } from '#engine/journal/lock';
import { ControlFolder, controlPath } from '#main/control/control-folder';
import { send } from '#main/control/outcome';

const clear: Request = { kind: 'clear_stop', by: 'ada', from: 'person', because: 'the feed is back' };

/** Sends to a run that ends before it has recorded the request; what then lies there for the next one. */
async function sendsAsItEnds(takes: boolean): Promise<{ readonly kind: string; readonly left: readonly unknown[] }> {
  const journal = mkdtempSync(join(tmpdir(), 'outcome-'));
  const lock = lockDirectory(journal);
  if (!lock.ok) throw new Error('not locked');
  const sent = send(journal, clear, 5_000);
  if (takes) new ControlFolder(journal, () => {}).take(0);
  lock.value.release();
  const { kind } = await sent;
  const next = new ControlFolder(journal, () => {});
  next.recover([]);
  return { kind, left: [next.take(0), ...readdirSync(controlPath(journal)).filter((name) => name.endsWith('.json'))] };
}

test.each([false, true])('a request whose run ends, taken %s, is taken back: nobody is told "nobody" and obeyed later', async (takes) => {
  expect(await sendsAsItEnds(takes)).toEqual({ kind: 'nobody', left: [null] });
});

test('where nobody runs nothing is written', async () => {
  const journal = mkdtempSync(join(tmpdir(), 'outcome-'));
  expect(await send(journal, clear, 0)).toEqual({ kind: 'nobody' });
  expect(readdirSync(journal)).toEqual([]);
});
