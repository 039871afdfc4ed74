import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitLimit, isSurer, ladderStep, type WayOut } from '#domain/exits/close-ladder';
import { gainAt, type Holding } from '#domain/exits/holding';
import { raisedStop } from '#domain/exits/raised-stop';
import { hasGained, timeStopDue } from '#domain/exits/time-stop';
import { tickAt, tickRuleOn } from '#domain/market/ticks';
import { type ExitRules, stageOneExits } from '#domain/risk/exit-rules';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;

/** Bought at 100.00 with a first stop at 98.00 and an ATR of 1.00; the highest close is the last one. */
const held = (mark: number, changes: Partial<Holding> = {}): Holding => ({
  averageCost: 1_000_000,
  riskPerShare: 20_000,
  atr: 10_000,
  stop: price(980_000),
  mark: Math.round(mark * 10_000),
  highestClose: Math.round(mark * 10_000),
  ...changes,
});

describe('where the stop goes', () => {
  const rows: readonly [what: string, holding: Holding, raised: string | null][] = [
    ['below 1 R it stays', held(101.99), null],
    ['at 1 R it goes to what a share has cost', held(102), '100 break_even'],
    ['what a share has cost is rounded up to a tick', held(102.5, { averageCost: 1_000_033.3 }), '100.01 break_even'],
    ['at 1.5 R it follows two ATRs below the highest close', held(103), '101 trailing_stop'],
    ['a wide trail below what a share has cost leaves it there', held(103, { atr: 20_000 }), '100 break_even'],
    ['where both meet it is break-even', held(103, { atr: 15_000 }), '100 break_even'],
    ['a trail is rounded up to a tick', held(103, { atr: 9_999.5 }), '101.01 trailing_stop'],
    [
      'it keeps its distance from the highest close when the price comes back',
      held(102, { highestClose: 1_035_000 }),
      '101.5 trailing_stop',
    ],
    ['it never goes down', held(103, { stop: price(1_015_000) }), null],
    ['nor anywhere when it stands there already', held(103, { stop: price(1_010_000) }), null],
    ['a level at the last price moves nothing', held(101, { highestClose: 1_030_000, stop: price(1_000_000) }), null],
    ['a passed trail still leaves break-even', held(100.5, { highestClose: 1_030_000 }), '100 break_even'],
    ['a passed break-even moves nothing', held(99, { highestClose: 1_025_000 }), null],
  ];
  test.each(rows)('%s', (_, holding, raised) => {
    const to = raisedStop(holding, stageOneExits, ticks);
    expect(to === null ? null : `${to.stop / 10_000} ${to.reason}`).toBe(raised);
  });

  test('the example of docs/reference/exits.md: bought at 52.01 of a limit of 52.02, one R is 0.80, an ATR 0.40', () => {
    let now: Holding = { averageCost: 520_100, riskPerShare: 8_000, atr: 4_000, stop: price(512_200), mark: 0, highestClose: 0 };
    const stops = [528_000, 528_100, 532_100, 534_000, 529_000].map((mark) => {
      now = { ...now, mark, highestClose: Math.max(now.highestClose, mark) };
      now = { ...now, stop: raisedStop(now, stageOneExits, ticks)?.stop ?? now.stop };
      return now.stop;
    });
    expect(stops).toEqual([512_200, 520_100, 524_100, 526_000, 526_000]);
    expect([hasGained({ ...now, mark: 521_200 }, stageOneExits), hasGained({ ...now, mark: 522_100 }, stageOneExits)]).toEqual([
      false,
      true,
    ]);
  });

  const off: readonly [what: string, rules: Partial<ExitRules>, raised: string | null][] = [
    ['zero switches break-even off', { breakEvenAtR: 0, trailFromR: 9 }, null],
    ['zero R switches trailing off', { trailFromR: 0 }, '100 break_even'],
    ['zero ATRs switch trailing off', { trailAtrs: 0 }, '100 break_even'],
  ];
  test.each(off)('%s', (_, rules, raised) => {
    const to = raisedStop(held(103, { mark: 1_035_000 }), { ...stageOneExits, ...rules }, ticks);
    expect(to === null ? null : `${to.stop / 10_000} ${to.reason}`).toBe(raised);
  });

  test('A11: over any prices and rules it rises by a tick or more, stays below the last price, and on the grid', () => {
    const e4 = fc.integer({ min: 200, max: 5_000_000 });
    const r = fc.double({ min: 0, max: 3, noNaN: true });
    let raised = 0;
    fc.assert(
      fc.property(
        e4,
        e4,
        e4,
        fc.record({ cost: e4, risk: fc.integer({ min: 1, max: 100_000 }), atr: r }),
        r,
        r,
        (at, a, b, of, from, atrs) => {
          const stop = price(at - (at % tickAt(ticks, at)));
          const [mark, highestClose] = [Math.min(a, b), Math.max(a, b)];
          const holding: Holding = { stop, mark, highestClose, averageCost: of.cost + of.atr, riskPerShare: of.risk, atr: of.atr * 10_000 };
          const to = raisedStop(holding, { ...stageOneExits, breakEvenAtR: from, trailFromR: from, trailAtrs: atrs }, ticks);
          if (to === null) return;
          raised++;
          expect(to.stop).toBeGreaterThanOrEqual(stop + tickAt(ticks, stop));
          expect(to.stop).toBeLessThan(mark);
          expect(to.stop % tickAt(ticks, to.stop)).toBe(0);
        },
      ),
      { numRuns: 5_000, seed: 20_180_312 },
    );
    expect(raised).toBeGreaterThan(200);
  });

  test('minute after minute it never moves against the position, however the price goes', () => {
    const walk = fc.array(fc.integer({ min: -8_000, max: 9_000 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(walk, (steps) => {
        let now = held(100);
        for (const step of steps) {
          const mark = now.mark + step;
          now = { ...now, mark, highestClose: Math.max(now.highestClose, mark) };
          const stop = raisedStop(now, stageOneExits, ticks)?.stop ?? now.stop;
          expect(stop).toBeGreaterThanOrEqual(now.stop);
          now = { ...now, stop };
        }
      }),
      { seed: 20_180_312 },
    );
  });
});

describe('R', () => {
  test('is measured by the first stop, whatever the stop is now', () => {
    expect(gainAt(1_030_000, held(103))).toBe(1.5);
    expect(gainAt(1_030_000, held(103, { stop: price(1_010_000) }))).toBe(1.5);
    expect(gainAt(990_000, held(99))).toBe(-0.5);
  });
});

describe('the time stop', () => {
  test('is due so many minutes after the first fill, and never when it is off', () => {
    expect(timeStopDue(instant(60_000), stageOneExits)).toBe(121 * 60_000);
    expect(timeStopDue(instant(60_000), { ...stageOneExits, timeStopMinutes: 0 })).toBeNull();
  });

  test.each([
    [100.49, false],
    [100.5, true],
    [99, false],
  ])('a quarter of R lets it stay: at %d %s', (mark, stays) => {
    expect(hasGained(held(mark, { highestClose: 1_020_000 }), stageOneExits)).toBe(stays);
  });
});

describe('the ladder before the close', () => {
  test.each<readonly [minutesLeft: number, way: WayOut]>([
    [11, 'no'],
    [10, 'limit'],
    [8, 'limit'],
    [7, 'marketable'],
    [6, 'marketable'],
    [5, 'market'],
    [0, 'market'],
    [-3, 'market'],
  ])('%d minutes before it: %s', (left, way) => {
    expect(ladderStep(left, stageOneExits)).toBe(way);
  });

  test.each<readonly [what: string, rules: Partial<ExitRules>, ways: readonly WayOut[]]>([
    ['no limit', { limitBeforeClose: 0 }, ['no', 'marketable', 'market']],
    ['no marketable limit', { marketableBeforeClose: 0 }, ['limit', 'limit', 'market']],
    ['nothing at the market', { marketBeforeClose: 0 }, ['limit', 'marketable', 'marketable']],
  ])('zero leaves a step out: %s', (_, rules, ways) => {
    expect([9, 6, 0].map((left) => ladderStep(left, { ...stageOneExits, ...rules }))).toEqual(ways);
  });

  test.each<readonly [way: WayOut, mark: number, limit: number | null]>([
    ['limit', 101, 101],
    ['limit', 101.005, 101.01],
    // 0.2 % of 101.00 is 0.202, and what is taken is never less than computed.
    ['marketable', 101, 100.8],
    ['marketable', 5, 4.98],
    ['marketable', 0.0002, 0.0001],
    ['market', 101, null],
  ])('%s at a mark of %d: %s', (way, mark, limit) => {
    const at = exitLimit(way, Math.round(mark * 10_000), ticks);
    expect(at === null ? null : at / 10_000).toBe(limit);
  });

  test('each step is surer than the one before, and none than itself', () => {
    expect([isSurer('limit', 'no'), isSurer('marketable', 'limit'), isSurer('market', 'marketable')]).toEqual([true, true, true]);
    expect([isSurer('limit', 'limit'), isSurer('limit', 'market')]).toEqual([false, false]);
  });
});
