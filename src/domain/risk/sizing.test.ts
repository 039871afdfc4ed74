import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kellyShare } from '#domain/risk/kelly';
import { stageOneLimits } from '#domain/risk/limits';
import { type SizeQuestion, sharesFor } from '#domain/risk/sizing';

const E4 = 10_000;
/** 100,000 dollars, a share at 10.00 with a stop at 9.50, 1 % at risk. */
const usual: SizeQuestion = {
  equity: 100_000 * E4,
  riskShare: 0.01,
  kellyShare: null,
  entry: 10 * E4,
  stop: 9.5 * E4,
  openRisk: 0,
  cashFree: 100_000 * E4,
  exposureLeft: 100_000 * E4,
  liquidShares: 1_000_000,
  dayShares: 100_000_000,
  lossesInARow: 0,
};

test.each<readonly [what: string, changes: Partial<SizeQuestion>, shares: number]>([
  ['1 % of 100,000 over 1.00', { stop: 9 * E4 }, 1000],
  ['0.5 % of it', { riskShare: 0.005 }, 1000],
  ['never more than 2 % at risk, whatever the phase says', { riskShare: 0.1, stop: 8 * E4 }, 1000],
  ['20 % of the capital in a position', { stop: 9.9 * E4 }, 2000],
  ['what is left of 5 % over all open risk', { openRisk: 4900 * E4 }, 200],
  ['nothing when open risk is used up', { openRisk: 5000 * E4 }, 0],
  ['the cash that is free', { cashFree: 1005 * E4 }, 100],
  ['the exposure that is left', { exposureLeft: 1005 * E4 }, 100],
  ['nothing when exposure is passed already', { exposureLeft: -1 }, 0],
  ['what a minute can take', { liquidShares: 77 }, 77],
  ['1 % of what trades in a day', { dayShares: 7799 }, 77],
  ['what the record allows, when it is less', { kellyShare: 0.005 }, 1000],
  ['not more, when the record allows more', { kellyShare: 0.5, stop: 9 * E4 }, 1000],
  ['nothing, when the record speaks against it', { kellyShare: 0 }, 0],
  ['two losses in a row change nothing', { lossesInARow: 2 }, 2000],
  ['three halve it', { lossesInARow: 3 }, 1000],
  ['four as well, not more', { lossesInARow: 4 }, 1000],
  ['half of 77 is 38 whole shares', { liquidShares: 77, lossesInARow: 3 }, 38],
  ['nothing without equity', { equity: 0 }, 0],
  ['nothing without a distance to the stop', { stop: 10 * E4 }, 0],
])('%s', (_, changes, shares) => {
  expect(sharesFor({ ...usual, ...changes }, stageOneLimits)).toBe(shares);
});

test.each<readonly [what: string, limits: Partial<typeof stageOneLimits>, lot: number, shares: number]>([
  ['an order is never worth more than the hard block', { orderValueMax: (1005 * E4) as never }, 1, 100],
  ['nor has it more shares', { orderSharesMax: 123 }, 1, 123],
  ['nor more at risk than a tightened limit says', { riskPerTradeMax: 0.001 }, 1, 200],
  ['whole lots only', {}, 300, 1800],
  ['less than a lot is nothing', {}, 2001, 0],
])('%s', (_, limits, lot, shares) => {
  expect(sharesFor(usual, { ...stageOneLimits, ...limits }, lot)).toBe(shares);
});

const half = { kellyFraction: 0.5, kellyCountMin: 30 };
const record = (count: number, won: number) => ({ count, won, meanR: 0, deviationR: 0 });
test.each<readonly [what: string, count: number, won: number, ratio: number, sizing: typeof half, share: number | null]>([
  ['60 % won at 2 to 1: half of 0.6 − 0.4 / 2', 100, 60, 2, half, 0.2],
  ['too few setups say nothing', 29, 29, 2, half, null],
  ['just enough do', 30, 30, 2, half, 0.5],
  ['switched off it says nothing', 100, 60, 2, { ...half, kellyFraction: 0 }, null],
  ['a bet that loses is not made', 100, 30, 2, half, 0],
  ['one with nothing to win neither', 100, 60, 0, half, 0],
  ['no record at all says nothing, even when none is asked', 0, 0, 2, { ...half, kellyCountMin: 0 }, null],
])('Kelly: %s', (_, count, won, ratio, sizing, share) => {
  const found = kellyShare(record(count, won), ratio, sizing);
  if (share === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(share, 12);
});

const money = fc.integer({ min: 1, max: 10_000_000 * E4 });
const asked = fc
  .record({
    equity: money,
    openRisk: money,
    cashFree: money,
    exposureLeft: fc.integer({ min: -1_000_000 * E4, max: 10_000_000 * E4 }),
    entry: fc.integer({ min: 10_000, max: 20_000_000 }),
    lossesInARow: fc.nat(5),
    liquidShares: fc.nat(100_000),
    dayShares: fc.nat(10_000_000),
    riskShare: fc.constantFrom(0.005, 0.0075, 0.01),
    kellyShare: fc.option(fc.double({ min: 0, max: 0.1, noNaN: true })),
    part: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ part, ...question }): SizeQuestion => ({ ...question, stop: question.entry - Math.ceil((question.entry * part) / 100) }));

test('no cap is ever passed, whatever the account', () => {
  fc.assert(
    fc.property(asked, fc.constantFrom(1, 100), (question, lot) => {
      const shares = sharesFor(question, stageOneLimits, lot);
      const { equity, entry, stop, kellyShare: record } = question;
      const risk = shares * (entry - stop);
      expect(shares % lot).toBe(0);
      expect(risk).toBeLessThanOrEqual(equity * Math.min(question.riskShare, record ?? 1) + 1e-6);
      if (shares > 0) expect(risk + question.openRisk).toBeLessThanOrEqual(equity * 0.05 + 1e-6);
      if (shares > 0) expect(shares * entry).toBeLessThanOrEqual(Math.min(equity * 0.2, question.cashFree, question.exposureLeft) + 1e-6);
      expect(shares * entry).toBeLessThanOrEqual(stageOneLimits.orderValueMax);
      expect(shares).toBeLessThanOrEqual(Math.min(question.liquidShares, question.dayShares * 0.01, stageOneLimits.orderSharesMax));
    }),
  );
});

test('after three losses no order is larger than half of what it would have been', () => {
  fc.assert(
    fc.property(asked, (question) => {
      const [before, after] = [2, 3].map((lossesInARow) => sharesFor({ ...question, lossesInARow }, stageOneLimits));
      expect(after).toBeLessThanOrEqual(((before ?? 0) + 1) / 2);
    }),
  );
});
