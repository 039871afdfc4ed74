import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '#domain/events/frame';
import { Adx } from '#domain/indicators/adx';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Donchian } from '#domain/indicators/donchian';
import { Ema } from '#domain/indicators/ema';
import { Keltner } from '#domain/indicators/keltner';
import { Levels } from '#domain/indicators/levels';
import { Macd } from '#domain/indicators/macd';
import { MeanVolume } from '#domain/indicators/mean-volume';
import { MovingVwap } from '#domain/indicators/moving-vwap';
import { Obv } from '#domain/indicators/obv';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { Rma } from '#domain/indicators/rma';
import { Roc } from '#domain/indicators/roc';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import { TrueRange } from '#domain/indicators/true-range';
import { VolumeProfile } from '#domain/indicators/volume-profile';
import { VolumeRatio } from '#domain/indicators/volume-ratio';
import { Vwap } from '#domain/indicators/vwap';
import { VwapBands } from '#domain/indicators/vwap-bands';
import { WilliamsR } from '#domain/indicators/williams-r';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, chance, frame, walk } from '#tests/bar-columns';

const SESSION = 30;

/** All kernels together on one table, as a service has them. */
function house(table: SymbolColumns) {
  const five = new ResampledBars(table, 5);
  const [vwap, obv, mean] = [new Vwap(table), new Obv(table), new MeanVolume(table)];
  const ratio = new VolumeRatio(table, { sessions: 4, sessionsMin: 2, minutes: SESSION });
  const [sma, ema, rsi] = [new Sma(table, 5), new Ema(table, 5), new Rsi(table, 4)];
  const [macd, bands, atr, levels] = [new Macd(table, 3, 6, 3), new Bollinger(table, 5), new Atr(table, 3), new Levels(table)];
  const [adx, stochastic, keltner] = [new Adx(table, 3), new Stochastic(table, 4, 2, 2), new Keltner(table, 4, 2, 3)];
  const [donchian, roc, williams, moving] = [new Donchian(table, 4), new Roc(table, 3), new WilliamsR(table, 4), new MovingVwap(table, 3)];
  const [range, rma, profile, vwapBands] = [new TrueRange(table), new Rma(table, 4), new VolumeProfile(table), new VwapBands(table)];
  let minutes = 0;
  return {
    update(minute: Frame): void {
      if (minutes++ % SESSION === 0) {
        for (const kernel of [five, vwap, ratio, profile, vwapBands]) kernel.startSession();
        levels.startSession(atr.value);
      }
      for (const kernel of [vwap, obv, mean, ratio, profile, vwapBands]) kernel.update(minute);
      if (five.update(minute)) {
        for (const kernel of [sma, ema, rsi, macd, bands, atr]) kernel.update(five.bars);
        for (const kernel of [adx, stochastic, keltner, donchian, roc, williams, moving, range, rma]) kernel.update(five.bars);
        levels.update(five.bars, atr.value);
      }
      if (minutes % SESSION === 0) ratio.endSession();
    },
    read(): number[] {
      const columns = [sma.value, ema.value, rsi.value, macd.value, macd.signal, bands.upper, bands.lower, atr.value, obv.value];
      columns.push(adx.value, adx.plus, adx.minus, stochastic.value, stochastic.signal, keltner.upper, donchian.value, roc.value);
      columns.push(williams.value, moving.value, range.value, rma.value);
      return Array.from({ length: table.count }, (_, s) => [
        ...columns.map(({ values }) => values[s] as number),
        ...[vwap.value(s), mean.value(s), ratio.value(s), ratio.relative(s)],
        ...[profile.pointOfControl(s), profile.valueAreaLow(s), profile.valueAreaHigh(s), vwapBands.upper(s), vwapBands.lower(s)],
        ...Array.from({ length: 8 }, (_, row) => levels.cell(s, row)).flatMap((cell) =>
          [levels.price, levels.touches, levels.bounces, levels.breaks].map(({ values }) => values[cell] as number),
        ),
      ]).flat();
    },
  };
}

function market(seed: number, minutes: number, symbols: number): Frame[] {
  const walks = Array.from({ length: symbols }, (_, s) => walk(seed + s * 977, minutes, 0.15));
  return Array.from({ length: minutes }, (_, m) =>
    frame(
      570 + (m % SESSION),
      walks.map((bars) => bars[m] as Bar),
    ),
  );
}

function narrow(wide: Frame, width: number): Frame {
  const [open, high, low, close, volume] = [wide.open, wide.high, wide.low, wide.close, wide.volume].map((column) =>
    column.slice(0, width),
  );
  return { ...wide, width, open, high, low, close, volume } as Frame;
}

function hashed(table: SymbolColumns): number[] {
  const cells: number[] = [];
  table.hashInto({ numbers: (values) => void cells.push(...values), text: () => undefined });
  return cells;
}

test('a table that widens in the middle of a session ends with the same values as one that was wide from the start', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 299 }), (seed, at) => {
      const minutes = market(seed, 300, 6).map((minute, m) => (m < at ? narrow(minute, 3) : minute));
      const small = new SymbolColumns(2);
      const large = new SymbolColumns(64);
      const [one, other] = [house(small), house(large)];
      for (const minute of minutes) {
        small.ensure(minute.width);
        large.ensure(minute.width);
        one.update(minute);
        other.update(minute);
      }
      expect(small.capacity).toBe(8);
      expect(one.read()).toEqual(other.read());
      expect(hashed(small)).toEqual(hashed(large));
    }),
    { numRuns: 20 },
  );
});

test('what comes after a minute changes nothing that was known at it', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 300 }), (seed, cut) => {
      const past = market(seed, cut, 3);
      const runs = [market(seed + 1, 60, 3), market(seed + 2, 60, 3), []].map((future) => {
        const table = new SymbolColumns(4);
        table.ensure(3);
        const kernels = house(table);
        let known: number[] = [];
        [...past, ...future].slice(0, 300).forEach((minute, m) => {
          kernels.update(narrow({ ...minute, minute: 570 + (m % SESSION) }, 3));
          if (m === cut - 1) known = kernels.read();
        });
        return known;
      });
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[2]).toEqual(runs[0]);
    }),
    { numRuns: 20 },
  );
});

test('the hashed state holds neither NaN nor a negative zero, through flat and wild tapes alike', () => {
  const next = chance(5);
  const table = new SymbolColumns(4);
  table.ensure(3);
  const kernels = house(table);
  for (let m = 0; m < 600; m++) {
    const wild = Math.round(1 + next() * 2_000_000_000);
    kernels.update(
      frame(570 + (m % SESSION), [
        [100, 100, 100, 100, 0],
        [wild, wild, wild, wild, 1_000_000],
        m % 7 === 0 ? [100, 200, 50, 100, 3] : null,
      ]),
    );
  }
  expect(hashed(table).filter((cell) => Number.isNaN(cell) || Object.is(cell, -0))).toEqual([]);
});

test('bars of more symbols than the table holds are a bug and stop the process', () => {
  const table = new SymbolColumns(1);
  expect(() => new Obv(table).update(frame(570, [null, null]))).toThrow('widened');
});
