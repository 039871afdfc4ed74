import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Direction, legalPrice, type PriceRole, roundToTick, saferSide, tickAt, tickRuleOn, tickSize } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { SessionDate } from '#domain/values/session-date';

const day = '2018-03-12' as SessionDate;

function ruleOn(date: SessionDate): TickRule {
  const found = tickRuleOn(date);
  if (!found.ok) throw new Error(found.problem.kind);
  return found.value;
}
const rule = ruleOn(day);

const ticks: readonly [e4: number, tick: number][] = [
  [1, 1],
  [9_999, 1],
  [9_999.9, 1],
  [10_000, 100],
  [1_234_500, 100],
];
for (const [e4, tick] of ticks) test(`the tick at ${e4} is ${tick}`, () => expect(tickSize(day, e4)).toEqual({ ok: true, value: tick }));

test('before Rule 612 there is no tick rule, and none is made up', () => {
  const date = '2007-01-30' as SessionDate;
  expect(tickSize(date, 10_000)).toEqual({ ok: false, problem: { kind: 'no_rule', rule: 'us_tick', date } });
  expect(tickSize('2007-01-31' as SessionDate, 10_000)).toEqual({ ok: true, value: 100 });
});

const sides: readonly [role: PriceRole, why: string, from: number, to: number][] = [
  ['limit_buy', 'never pays more', 123_456, 123_400],
  ['limit_sell', 'never takes less', 123_456, 123_500],
  ['stop_of_long', 'never risks more', 123_400.01, 123_500],
  ['stop_of_short', 'never risks more', 123_499.99, 123_400],
  ['target_of_long', 'is reached sooner', 123_456, 123_400],
  ['target_of_short', 'is reached sooner', 123_456, 123_500],
  ['limit_buy', 'stays when it is legal', 123_400, 123_400],
  ['limit_sell', 'stays when it is legal', 123_400, 123_400],
  ['limit_sell', 'goes up into the wider band at a dollar', 9_999.5, 10_000],
  ['limit_buy', 'goes no lower than a dollar from above it', 10_050, 10_000],
  ['limit_buy', 'is finer below a dollar', 9_999.5, 9_999],
];
for (const [role, why, from, to] of sides) test(`a ${role} of ${from} ${why}: ${to}`, () => expect(legalPrice(rule, role, from)).toBe(to));

const anyPrice = fc.oneof(
  fc.double({ min: 1, max: 3e9, noNaN: true }),
  fc.integer({ min: 1, max: 3_000_000_000 }),
  // Just beside a tick, where a division by the tick could be thought to round across it.
  fc
    .tuple(fc.integer({ min: 1, max: 30_000_000 }), fc.constantFrom(-1, 1), fc.integer({ min: 1, max: 8 }))
    .map(([n, sign, ulps]) => n * 100 * (1 + sign * ulps * Number.EPSILON)),
);
const anyRole = fc.constantFrom(...(Object.keys(saferSide) as PriceRole[]));

test('A11: every rounded price is legal, on its safer side, and less than a tick away', () => {
  fc.assert(
    fc.property(anyPrice, anyRole, (e4, role) => {
      const legal = legalPrice(rule, role, e4);
      const tick = tickAt(rule, legal);
      return (
        Number.isSafeInteger(legal) &&
        legal % tick === 0 &&
        (saferSide[role] === 'down' ? legal <= e4 : legal >= e4) &&
        Math.abs(legal - e4) < tickAt(rule, e4)
      );
    }),
    { numRuns: 2_000 },
  );
});

test('rounding what is legal changes nothing, whatever the tick', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(1, 50, 100, 500),
      fc.constantFrom<Direction>('down', 'up'),
      (n, tick, direction) => roundToTick(n * tick, tick, direction) === n * tick,
    ),
  );
});

for (const e4 of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`rounding ${e4} is a bug and stops`, () => expect(() => roundToTick(e4, 100, 'up')).toThrow('assertion failed'));
}
test('rounding down below one tick stops, since no price is left', () =>
  expect(() => roundToTick(99, 100, 'down')).toThrow('assertion failed'));

test('each band begins on a tick of the band below, so rounding up never skips the border', () => {
  const [first, ...others] = rule.bands;
  let below = first.tick;
  for (const { atLeast, tick } of others) {
    expect(atLeast % below).toBe(0);
    expect(atLeast % tick).toBe(0);
    below = tick;
  }
});
