import { expect, test } from 'vitest';
import { BullFlag, type FlagBreak } from '#domain/patterns/bull-flag';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { columns } from '#tests/bar-columns';

type HighLow = readonly [high: number, low: number];

function flagOf(bars: readonly HighLow[], close: number, atr = 100): FlagBreak | null {
  const table = new SymbolColumns();
  const flag = new BullFlag(table);
  table.ensure(1);
  flag.startSession();
  for (const [high, low] of bars) flag.update(columns([[low, high, low, high, 100]]));
  return flag.breakOf(0, close, atr);
}

/** A pole from 10000 to 10500 in four bars, then a flag of two. */
const pole: readonly HighLow[] = [
  [10_100, 10_000],
  [10_250, 10_080],
  [10_400, 10_220],
  [10_500, 10_380],
];
const flag: readonly HighLow[] = [
  [10_440, 10_380],
  [10_430, 10_360],
];

test.each<readonly [what: string, bars: readonly HighLow[], close: number, atr: number, isBroken: boolean]>([
  ['a close above the flag', [...pole, ...flag], 10_450, 100, true],
  ['a close at its high', [...pole, ...flag], 10_440, 100, false],
  ['a pole of less than three ATRs', [...pole, ...flag], 10_450, 170, false],
  ['a flag that gives back more than half', [...pole, [10_440, 10_380], [10_430, 10_240]], 10_450, 100, false],
  ['hardly a pause', [...pole, [10_490, 10_470], [10_495, 10_460]], 10_498, 100, false],
  ['no flag yet', pole, 10_600, 100, false],
  ['no ATR', [...pole, ...flag], 10_450, 0, false],
])('%s', (_, bars, close, atr, isBroken) => {
  const found = flagOf(bars, close, atr);
  if (!isBroken) expect(found).toBeNull();
  else expect(found).toEqual({ poleHeight: 500, flagHigh: 10_440, flagLow: 10_360, retrace: 0.28 });
});
