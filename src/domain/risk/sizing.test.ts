import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stageOneLimits } from '#domain/risk/limits';
import { type SizeQuestion, sharesFor } from '#domain/risk/sizing';

const E4 = 10_000;
/** 100,000 dollars, a share at 10.00 with a stop at 9.50, 1 % at risk. */
const usual: SizeQuestion = {
  equity: 100_000 * E4,
  riskShare: 0.01,
  entry: 10 * E4,
  stop: 9.5 * E4,
  openRisk: 0,
  cashFree: 100_000 * E4,
  liquidShares: 1_000_000,
  lossesInARow: 0,
};

test.each<readonly [what: string, changes: Partial<SizeQuestion>, shares: number]>([
  ['1 % of 100,000 over 0.50', {}, 2000],
  ['0.5 % of it', { riskShare: 0.005 }, 1000],
  ['never more than 2 % at risk, whatever the phase says', { riskShare: 0.1, stop: 9 * E4 }, 2000],
  ['20 % of the capital in a position', { stop: 9.9 * E4 }, 2000],
  ['what is left of 5 % over all open risk', { openRisk: 4900 * E4 }, 200],
  ['nothing when open risk is used up', { openRisk: 5000 * E4 }, 0],
  ['the cash that is free', { cashFree: 1005 * E4 }, 100],
  ['what the market can take', { liquidShares: 77 }, 77],
  ['two losses in a row change nothing', { lossesInARow: 2 }, 2000],
  ['three halve it', { lossesInARow: 3 }, 1000],
  ['ten as well, not more', { lossesInARow: 10 }, 1000],
  ['half of 77 is 38 whole shares', { liquidShares: 77, lossesInARow: 3 }, 38],
  ['nothing without equity', { equity: 0 }, 0],
  ['nothing without a distance to the stop', { stop: 10 * E4 }, 0],
])('%s', (_, changes, shares) => {
  expect(sharesFor({ ...usual, ...changes }, stageOneLimits)).toBe(shares);
});

test('no cap is ever passed, whatever the account', () => {
  const money = fc.integer({ min: 1, max: 10_000_000 * E4 });
  const question = fc.record({
    equity: money,
    openRisk: money,
    cashFree: money,
    entry: fc.integer({ min: 10_000, max: 20_000_000 }),
    lossesInARow: fc.nat(5),
    liquidShares: fc.nat(100_000),
    riskShare: fc.constantFrom(0.005, 0.0075, 0.01),
    part: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(question, ({ part, ...asked }) => {
      const stop = asked.entry - Math.ceil((asked.entry * part) / 100);
      const shares = sharesFor({ ...asked, stop }, stageOneLimits);
      const risk = shares * (asked.entry - stop);
      expect(risk).toBeLessThanOrEqual(asked.equity * asked.riskShare + 1e-6);
      if (shares > 0) expect(risk + asked.openRisk).toBeLessThanOrEqual(asked.equity * 0.05 + 1e-6);
      expect(shares * asked.entry).toBeLessThanOrEqual(Math.min(asked.equity * 0.2, asked.cashFree) + 1e-6);
      expect(shares).toBeLessThanOrEqual(asked.liquidShares);
    }),
  );
});
