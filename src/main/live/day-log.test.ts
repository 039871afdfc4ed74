import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { cash } from '#domain/values/cash';
import { DayLog } from '#main/live/day-log';
import { at, opened } from '#tests/one-service';

test('both warnings of the day’s loss are lines, each with what is lost', () => {
  const log = new DayLog(() => null);
  const lineOf = (event: Event): string | null => log.lineOf({ sequence: 1, at: at('10:00'), cause: 0, event });
  lineOf(opened(1));
  const lines = [
    [-15_000_000, 0.75],
    [-18_000_000, 0.9],
  ].map(([pnl = 0, share = 0]) => lineOf({ kind: 'loss_warned', pnl: cash(pnl), limit: cash(20_000_000), share }));
  expect(lines).toEqual([
    expect.stringMatching(/10:00 {2}WARNING .*-1500\.00 of -2000\.00/),
    expect.stringMatching(/WARNING .*-1800\.00 of -2000\.00/),
  ]);
});
