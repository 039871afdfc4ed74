import { expect, test } from 'vitest';
import { BullFlag, type FlagBreak } from '#domain/patterns/bull-flag';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame } from '#tests/bar-columns';

type HighLow = readonly [high: number, low: number] | null;

const OPEN = 570;
const bar = ([high, low]: readonly [number, number]): Bar => [low, high, low, high, 100];

/** Five minutes each: the high in the second, the low in the fourth, nothing in the others. */
function minutesOf(bars: readonly HighLow[]): Bar[] {
  return bars.flatMap((one) => (one === null ? Array(5).fill(null) : [null, bar([one[0], one[0]]), null, bar([one[1], one[1]]), null]));
}

function afterMinutes(minutes: readonly (Bar | 'never came')[]): BullFlag {
  const table = new SymbolColumns();
  const flag = new BullFlag(table);
  table.ensure(1);
  flag.startSession(OPEN);
  for (const [minute, one] of minutes.entries()) if (one !== 'never came') flag.update(frame(OPEN + minute, [one]));
  return flag;
}

const flagOfMinutes = (minutes: readonly (Bar | 'never came')[], close: number, atr = 100): FlagBreak | null =>
  afterMinutes(minutes).breakOf(0, close, atr);

const flagOf = (bars: readonly HighLow[], close: number, atr = 100): FlagBreak | null => flagOfMinutes(minutesOf(bars), close, atr);

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

const broken: FlagBreak = { poleHeight: 500, flagHigh: 10_440, flagLow: 10_360, retrace: 0.28 };
const quiet = (bars: number): HighLow[] => Array(bars).fill(null);

test.each<readonly [what: string, bars: readonly HighLow[], isBroken: boolean]>([
  ['bars in which nothing traded are left out', [...pole, null, null, ...flag, null], true],
  ['a pole of an hour ago is forgotten', [...pole, ...flag, ...quiet(12)], false],
  ['the start of the pole within the hour', [...pole, ...flag, ...quiet(6)], true],
])('%s', (_, bars, isBroken) => {
  expect(flagOf(bars, 10_450)).toEqual(isBroken ? broken : null);
});

test('the minutes of a bar that has not closed leave the hour before whole', () => {
  const minutes = [...minutesOf([...pole, ...flag, ...quiet(6)]), null, null, null, null];
  expect(flagOfMinutes(minutes, 10_450)).toEqual(broken);
});

test('a bar that has not closed says nothing yet', () => {
  // A flag may end one bar ago, so that the deep bar spoils it only with the bar after.
  const deep = [10_430, 10_100] as const;
  const minutes = [...minutesOf([...pole, ...flag, deep]), bar(deep), null, null, null];
  expect(flagOfMinutes(minutes, 10_450)).toEqual(broken);
  expect(flagOfMinutes([...minutes, null], 10_450)).toBeNull();
});

test('where minutes never came, nothing stands there that came an hour before', () => {
  const lost = Array<'never came'>(13 * 5).fill('never came');
  expect(flagOfMinutes([...minutesOf([...pole, ...flag]), ...lost, null, null, null, null, null], 10_450)).toBeNull();
});

test('what comes late or again changes nothing', () => {
  const late = afterMinutes(minutesOf([...pole, ...flag]));
  late.update(frame(OPEN + 3, [bar([99_999, 1])]));
  expect(late.breakOf(0, 10_450, 100)).toEqual(broken);
});

test('a name that the frames no longer cover is forgotten after an hour', () => {
  const table = new SymbolColumns();
  const narrow = new BullFlag(table);
  table.ensure(2);
  narrow.startSession(OPEN);
  const minutes = minutesOf([...pole, ...flag]);
  for (const [minute, one] of minutes.entries()) narrow.update(frame(OPEN + minute, [null, one]));
  for (let minute = minutes.length; minute < 13 * 5 + minutes.length; minute++) narrow.update(frame(OPEN + minute, [null]));
  expect(narrow.breakOf(1, 10_450, 100)).toBeNull();
});

test('a session begins without the flags of the one before', () => {
  const both = afterMinutes(minutesOf([...pole, ...flag]));
  both.startSession(OPEN);
  expect(both.breakOf(0, 10_450, 100)).toBeNull();
});
