import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MeanVolume } from '#domain/indicators/mean-volume';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { Sma } from '#domain/indicators/sma';
import { VolumeRatio } from '#domain/indicators/volume-ratio';
import { Vwap } from '#domain/indicators/vwap';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, frame, still, walk } from '#tests/bar-columns';

function tableOf(count: number): SymbolColumns {
  const table = new SymbolColumns(2);
  table.ensure(count);
  return table;
}

function read({ bars }: ResampledBars): Bar[] {
  return Array.from(bars.volume, (volume, s) => {
    const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map((column) => column[s] as number);
    return volume < 0 ? null : ([open, high, low, close, volume] as unknown as Bar);
  });
}

test('five minutes make a bar: first open, highest high, lowest low, last close, all shares', () => {
  const five = new ResampledBars(tableOf(3), 5);
  five.startSession();
  const closed = [
    frame(570, [[100, 120, 90, 110, 5], null, null]),
    frame(571, [[110, 115, 80, 85, 6], null, null]),
    frame(572, [null, [50, 60, 40, 55, 0], null]),
    frame(573, [[85, 130, 85, 90, 7], [55, 58, 30, 31, 2], null]),
    frame(574, [[90, 95, 88, 94, 8], null, null]),
  ].map((minute) => five.update(minute));
  expect(closed).toEqual([false, false, false, false, true]);
  expect(read(five)).toEqual([[100, 130, 80, 94, 26], [50, 60, 30, 31, 2], null]);
});

test('a minute outside the regular session enters no bar, and a session starts afresh', () => {
  const five = new ResampledBars(tableOf(1), 2);
  five.startSession();
  expect(five.update(frame(568, [still(1)], false))).toBe(false);
  expect(five.update(frame(570, [still(2)]))).toBe(false);
  five.startSession();
  five.update(frame(570, [still(3, 1)]));
  expect(five.update(frame(571, [still(4, 1)]))).toBe(true);
  expect(read(five)).toEqual([[3, 4, 3, 4, 2]]);
});

test('F5: a span whose last minute never came closes with the next frame, and no span is lost', () => {
  const five = new ResampledBars(tableOf(1), 2);
  five.startSession();
  five.update(frame(570, [still(1, 1)]));
  expect(five.update(frame(573, [still(2, 2)]))).toBe(true);
  expect(read(five)).toEqual([[1, 1, 1, 1, 1]]);
  expect(five.update(frame(574, [still(3, 3)]))).toBe(true);
  expect(read(five)).toEqual([[2, 2, 2, 2, 2]]);
  expect(five.endSession()).toBe(true);
  expect(read(five)).toEqual([[3, 3, 3, 3, 3]]);
  expect(five.endSession()).toBe(false);
});

test('F5: bars of fifteen minutes out of bars of five are those out of minutes, also when minutes are missing', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.uniqueArray(fc.integer({ min: 0, max: 89 }), { maxLength: 20 }), (seed, lost) => {
      const table = tableOf(1);
      const [five, long, plain] = [new ResampledBars(table, 5), new ResampledBars(table, 15, 5), new ResampledBars(table, 15)];
      for (const bars of [five, long, plain]) bars.startSession();
      const folded: Bar[] = [];
      const made: Bar[] = [];
      const fold = (): void => {
        if (long.fold(five.bars, five.minute)) folded.push(...read(long));
      };
      walk(seed, 90, 0.2).forEach((bar, m) => {
        if (lost.includes(m)) return;
        const minute = frame(570 + m, [bar]);
        if (five.update(minute)) fold();
        if (plain.update(minute)) made.push(...read(plain));
      });
      if (five.endSession()) fold();
      if (long.endSession()) folded.push(...read(long));
      if (plain.endSession()) made.push(...read(plain));
      expect(folded).toEqual(made);
    }),
  );
});

test('what has traded in a span that is not over can be asked for', () => {
  const five = new ResampledBars(tableOf(2), 5);
  five.startSession();
  expect(five.sharesSoFar(0)).toBe(0);
  five.update(frame(570, [still(1, 30), null]));
  five.update(frame(571, [still(1, 12), null]));
  expect([five.sharesSoFar(0), five.sharesSoFar(1)]).toEqual([42, 0]);
  for (const minute of [572, 573, 574]) five.update(frame(minute, [null, null]));
  expect(five.sharesSoFar(0)).toBe(0);
});

test('a name that is forgotten loses its windows, and its neighbours keep theirs', () => {
  const table = tableOf(3);
  const sma = new Sma(table, 3);
  for (const price of [10, 20, 30]) sma.update(columns([still(price), still(price), still(price)]));
  table.forget(1);
  for (const price of [40, 50]) sma.update(columns([still(price), still(price), still(price)]));
  expect([0, 1, 2].map((s) => sma.value.values[s])).toEqual([40, 0, 40]);
  sma.update(columns([still(60), still(60), still(60)]));
  expect([0, 1, 2].map((s) => sma.value.values[s])).toEqual([50, 50, 50]);
});

test('VWAP weighs typical prices by shares, within one regular session', () => {
  const vwap = new Vwap(tableOf(1));
  vwap.startSession();
  expect(vwap.ready(0)).toBe(false);
  vwap.update(frame(569, [still(9_999, 50)], false));
  vwap.update(frame(570, [[100, 130, 90, 110, 2]]));
  vwap.update(frame(571, [null]));
  vwap.update(frame(572, [still(200, 1)]));
  expect(vwap.value(0)).toBe((330 * 2 + 600) / 9);
  vwap.startSession();
  expect(vwap.value(0)).toBe(0);
});

test('mean volume counts minutes without a bar as nothing, from the first bar on', () => {
  const mean = new MeanVolume(tableOf(1), 3);
  const got = [null, still(1, 30), null, still(1, 60), still(1, 30), null].map((bar, i) => {
    mean.update(frame(570 + i, [bar]));
    return mean.value(0);
  });
  expect(got).toEqual([0, 0, 0, 30, 30, 30]);
});

function ratios(
  days: readonly (readonly (number | null)[])[],
  sessions = 20,
): { value: number[]; relative: number[]; ratio: VolumeRatio; table: SymbolColumns } {
  const table = tableOf(1);
  const ratio = new VolumeRatio(table, { sessions, sessionsMin: 2, minutes: 3 });
  const value: number[] = [];
  const relative: number[] = [];
  for (const day of days) {
    ratio.startSession();
    day.forEach((volume, m) => {
      ratio.update(frame(570 + m, [volume === null ? null : still(1, volume)]));
      value.push(ratio.value(0));
      relative.push(ratio.relative(0));
    });
    ratio.endSession();
  }
  return { value: value.slice(-3), relative: relative.slice(-3), ratio, table };
}

test('volume is compared with the same minute of earlier sessions, and the day with the same hours', () => {
  const { value, relative } = ratios([
    [100, 10, 30],
    [300, 30, null],
    [400, 60, 0],
  ]);
  expect(value).toEqual([2, 3, 0]);
  expect(relative).toEqual([2, 460 / 220, 460 / 235]);
});

test('a session that does not list a name takes the place of the oldest one, in which it traded', () => {
  const ratio = new VolumeRatio(tableOf(2), { sessions: 2, sessionsMin: 1, minutes: 1 });
  let relative = 0;
  for (const day of [[still(1, 100), still(1, 100)], [still(1, 100), still(1, 200)], [still(1, 100)], [still(1, 100), still(1, 300)]]) {
    ratio.startSession();
    ratio.update(frame(570, day));
    relative = ratio.relative(1);
    ratio.endSession();
  }
  expect(relative).toBe(300 / 200);
});

test('with too few sessions there is no ratio', () =>
  expect(
    ratios([
      [100, 10, 30],
      [100, 10, 30],
    ]).value,
  ).toEqual([0, 0, 0]));

test('a session in which the symbol did not trade does not count', () => {
  expect(
    ratios([
      [100, 10, 30],
      [null, null, null],
      [300, 30, 10],
      [400, 40, 40],
    ]).value,
  ).toEqual([2, 2, 2]);
});

test('only so many sessions are remembered, the oldest leaves', () => {
  expect(
    ratios(
      [
        [9_000, 9_000, 9_000],
        [100, 10, 30],
        [300, 30, 10],
        [400, 40, 40],
      ],
      2,
    ).value,
  ).toEqual([2, 2, 2]);
});

test('a minute that the market lacked on a half day does not lower what is usual', () => {
  expect(
    ratios([
      [100, 10, 30],
      [300, 30, 10],
      [200, 20],
      [400, 40, 40],
    ]).value,
  ).toEqual([2, 2, 2]);
});

test('the rows of a session are hashed once it has ended, and the history otherwise stays out of the hash', () => {
  const { ratio, table } = ratios([
    [100, 10, 30],
    [7, 8, null],
  ]);
  const rows: number[][] = [];
  ratio.hashWritten({ numbers: (values) => void rows.push([...values]), text: () => undefined });
  expect(rows).toEqual([[7], [8], [0]]);
  const cells: number[] = [];
  table.hashInto({ numbers: (values) => void cells.push(...values), text: () => undefined });
  expect(cells.length).toBeLessThan(30);
});

test('minutes come once and within a session', () => {
  const ratio = new VolumeRatio(tableOf(1));
  expect(() => ratio.update(frame(570, [null]))).toThrow('within a session');
  ratio.startSession();
  ratio.update(frame(570, [null]));
  expect(() => ratio.update(frame(570, [null]))).toThrow('once');
  expect(() => ratio.startSession()).toThrow('ends before');
});
