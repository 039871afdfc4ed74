import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bearPatterns, bullPatterns, sightingsOf } from '#domain/patterns/patterns';
import { SessionBars } from '#domain/patterns/session-bars';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame } from '#tests/bar-columns';
import { OPEN, viewAt } from '#tests/charts/chart-view';
import { handMadeShapes } from '#tests/charts/hand-made-shapes';
import { randomWalk } from '#tests/charts/random-walks';

const all = [...bullPatterns, ...bearPatterns];
const ATR = 1500;

/** A day of which the name traded only in some minutes, as the frames of a service; null for a minute that never came. */
function daysOf(seed: number, rare: number, lost: number): readonly (Bar | undefined)[] {
  const [bars = []] = randomWalk(seed, 1, 0.001);
  return bars.map(({ minute, open, high, low, close, volume }, i) => {
    if ((seed + i * 7919) % 100 < lost) return undefined;
    return (minute * 31 + seed) % 100 < rare ? null : [open, high, low, close, volume];
  });
}

function seen(tape: readonly (Bar | undefined)[]): SessionBars {
  const table = new SymbolColumns();
  const bars = new SessionBars(table);
  table.ensure(1);
  bars.startSession(OPEN);
  for (const [i, one] of tape.entries()) if (one !== undefined) bars.update(frame(OPEN + i, [one]));
  return bars;
}

const found = (bars: SessionBars, now: number, close: number) =>
  sightingsOf({ ...bars.viewOf(0, now, { close, atr: ATR, vwap: close - 500, volumeRatio: 1 }), previousClose: close - 300 }, all);

test('what comes after an instant changes nothing of what is seen at it: a tape that is cut there, and one that goes on otherwise', () => {
  let sightings = 0;
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(0, 30, 90),
      fc.constantFrom(0, 10),
      (seed, first, rare, lost) => {
        const tape = daysOf(seed, rare, lost);
        const other = daysOf(seed + 1, 0, 0);
        const whole = seen(tape);
        for (let since = first; since < tape.length; since += 19) {
          const now = OPEN + since;
          const close = tape.slice(0, since).findLast((one) => one !== null && one !== undefined)?.[3] ?? 500_000;
          const there = found(whole, now, close);
          sightings += there.length;
          expect(found(seen(tape.slice(0, since)), now, close)).toEqual(there);
          expect(found(seen([...tape.slice(0, since), ...other.slice(since)]), now, close)).toEqual(there);
          const drawn = there.flatMap(({ drawing }) => drawing.filter(({ role }) => role !== 'projection').flatMap(({ points }) => points));
          for (const { minute } of drawn) expect(minute).toBeLessThanOrEqual(now);
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(sightings).toBeGreaterThan(40);
});

test('every pattern that is drawn by hand is the same when the session goes on after it', () => {
  for (const { kind, bars, view } of handMadeShapes) {
    const pattern = bullPatterns.find((one) => one.kind === kind);
    const later = bars.map((bar) => ({ ...bar, minute: bar.minute + bars.length, close: bar.close + 5_000 }));
    const { previousClose, volumeRatio } = view;
    expect(pattern?.find(viewAt([...bars, ...later], view.now, { previousClose, volumeRatio }))).toEqual(pattern?.find(view));
    expect(pattern?.find(view)).not.toBeNull();
  }
});
