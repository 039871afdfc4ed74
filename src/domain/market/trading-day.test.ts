import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXITS_BEFORE_CLOSE, type Mode, type PhaseName, phasesOf } from '#domain/market/trading-day';
import { stageOneExits } from '#domain/risk/exit-rules';

type Row = readonly [name: PhaseName, from: number, to: number];
const spans = (closeMinute: number): readonly Row[] => phasesOf(closeMinute).map(({ name, from, to }) => [name, from, to]);

test('a whole day has the seven phases of the mission', () => {
  expect(spans(960)).toEqual([
    ['pre_market', 480, 565],
    ['auction', 565, 570],
    ['opening_range', 570, 585],
    ['morning', 585, 690],
    ['midday', 690, 840],
    ['power_hour', 840, 930],
    ['close', 930, 960],
  ]);
});

test('E3: on a half day the power hour and the close move with the bell, and there is no midday', () => {
  expect(spans(780)).toEqual([
    ['pre_market', 480, 565],
    ['auction', 565, 570],
    ['opening_range', 570, 585],
    ['morning', 585, 660],
    ['power_hour', 660, 750],
    ['close', 750, 780],
  ]);
});

test('whatever the close, the phases follow each other without gap and end with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 705, max: 960 }), (closeMinute) => {
      const phases = spans(closeMinute);
      let until = 480;
      for (const [, from, to] of phases) {
        expect(from).toBe(until);
        expect(to).toBeGreaterThan(from);
        until = to;
      }
      expect(until).toBe(closeMinute);
    }),
  );
});

// Each cell: minutes between scans, entries at most, per mille of equity at risk in a trade.
const plans: readonly [name: PhaseName, mode: Mode, cell: readonly [number, number, number]][] = [
  ['pre_market', 'normal', [15, 0, 0]],
  ['pre_market', 'aggressive', [10, 0, 0]],
  ['pre_market', 'conservative', [30, 0, 0]],
  ['auction', 'aggressive', [0, 0, 0]],
  ['opening_range', 'normal', [1, 2, 5]],
  ['opening_range', 'aggressive', [1, 3, 10]],
  ['opening_range', 'conservative', [5, 0, 0]],
  ['morning', 'normal', [5, 5, 10]],
  ['morning', 'aggressive', [2, 5, 10]],
  ['morning', 'conservative', [10, 3, 5]],
  ['midday', 'normal', [15, 3, 7.5]],
  ['midday', 'aggressive', [10, 3, 7.5]],
  ['midday', 'conservative', [30, 0, 0]],
  ['power_hour', 'normal', [5, 3, 10]],
  ['power_hour', 'aggressive', [2, 5, 10]],
  ['power_hour', 'conservative', [15, 2, 5]],
  ['close', 'normal', [0, 0, 0]],
  ['close', 'aggressive', [0, 0, 0]],
];
for (const [name, mode, [scanEvery, entriesMax, perMille]] of plans) {
  test(`${name}, ${mode}: a scan every ${scanEvery}, ${entriesMax} entries, ${perMille} per mille at risk`, () => {
    const phase = phasesOf(960).find((each) => each.name === name);
    expect(phase?.plan[mode]).toEqual({ scanEvery, entriesMax, risk: perMille / 1000 });
  });
}

test('exits begin at 15:50 of a whole day, for setups as for positions', () => {
  expect([960 - EXITS_BEFORE_CLOSE, 960 - stageOneExits.limitBeforeClose]).toEqual([950, 950]);
});
