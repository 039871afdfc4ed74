import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { dateOfDay, dayOf, type SessionDate, weekdayOf } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import { companiesOf } from '#simulation/market/company';
import { type SimulatedMarketOptions, simulatedMarket } from '#simulation/market/simulated-market';

const weekdays = (count: number): readonly SessionDate[] => {
  const dates: SessionDate[] = [];
  for (let day = 19_000; dates.length < count; day++) if (weekdayOf(day) % 6 !== 0) dates.push(dateOfDay(day));
  return dates;
};
const openOf = (date: SessionDate): Instant => instant(dayOf(date) * DAY_MS + 14.5 * 3_600_000);
const clock = (date: SessionDate) => ({ open: openOf(date), openMinute: 570, closeMinute: 960 });
const market = (options: Partial<SimulatedMarketOptions> = {}) =>
  simulatedMarket({ seed: 7, symbols: 60, sessions: weekdays(6), clock, ...options });

const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
const hashOf = (bars: SessionBars): string => {
  const hash = createHash('sha256').update(`${bars.date} ${bars.width} ${bars.bars} ${JSON.stringify(bars.splits)}`);
  for (const column of columns) hash.update(bars[column]);
  return hash.digest('hex');
};
const hashes = async (options: Partial<SimulatedMarketOptions> = {}): Promise<readonly string[]> => {
  const source = market(options);
  const all: string[] = [];
  for (const date of source.sessions) all.push(hashOf(await source.load(date)));
  return all;
};

test('the same seed gives the same sessions and headlines, another seed others', async () => {
  const once = await hashes();
  expect(await hashes()).toEqual(once);
  expect(await hashes({ seed: 8 })).not.toEqual(once);
  const wires = (seed: number) => market({ seed }).sessions.map((date) => market({ seed }).headlines(date));
  expect(wires(7)).toEqual(wires(7));
  expect(wires(8)).not.toEqual(wires(7));
});

test('the bars of a seed never change unless somebody means them to', async () => {
  expect(
    createHash('sha256')
      .update((await hashes()).join())
      .digest('hex'),
  ).toBe('d7ef8cc9e47bb2998ddc67eaf04946caf31550189efe185d828c6f3ebb352f23');
});

test('a session is the same loaded alone, in reverse or into reused arrays', async () => {
  const inOrder = await hashes();
  const source = market();
  const reversed: string[] = [];
  for (const date of source.sessions.toReversed()) reversed.push(hashOf(await source.load(date)));
  expect(reversed.toReversed()).toEqual(inOrder);
  const fifth = market().sessions[4] as SessionDate;
  expect(hashOf(await market().load(fifth))).toBe(inOrder[4]);
  expect(await hashes({ reuseGrids: true })).toEqual(inOrder);
});

test('reused arrays hold a session until the second load after it; otherwise each session has its own', async () => {
  const reusing = market({ reuseGrids: true });
  const bars: SessionBars[] = [];
  for (const date of reusing.sessions.slice(0, 3)) bars.push(await reusing.load(date));
  expect(bars[2]?.open.buffer).toBe(bars[0]?.open.buffer);
  expect(bars[1]?.open.buffer).not.toBe(bars[0]?.open.buffer);
  const fresh = market();
  const a = await fresh.load(fresh.sessions[0] as SessionDate);
  await fresh.load(fresh.sessions[1] as SessionDate);
  const c = await fresh.load(fresh.sessions[2] as SessionDate);
  expect(c.open.buffer).not.toBe(a.open.buffer);
});

test('every bar is a valid bar on the cent, and an absent one is −1 and zeros', async () => {
  await fc.assert(
    fc.asyncProperty(fc.maxSafeInteger(), fc.integer({ min: 1, max: 40 }), async (seed, symbols) => {
      const source = market({ seed, symbols, sessions: weekdays(3) });
      for (const date of source.sessions) expect(faults(await source.load(date))).toBe(0);
    }),
    { numRuns: 30 },
  );
});

function faults(bars: SessionBars): number {
  const { open, high, low, close, volume, width, minutes } = bars;
  let wrong = open.length === width * minutes.length ? 0 : 1;
  let present = 0;
  for (let cell = 0; cell < open.length; cell++) {
    const [o, h, l, c, v] = [open[cell], high[cell], low[cell], close[cell], volume[cell]] as [number, number, number, number, number];
    if (v === -1) {
      if (o !== 0 || h !== 0 || l !== 0 || c !== 0) wrong++;
      continue;
    }
    present++;
    if (v < 1 || l < 100 || l > Math.min(o, c) || h < Math.max(o, c)) wrong++;
    if (o % 100 !== 0 || h % 100 !== 0 || l % 100 !== 0 || c % 100 !== 0) wrong++;
  }
  return present === bars.bars ? wrong : wrong + 1;
}

test('tickers are sorted, unique, begin with ZZ and are listed once', async () => {
  for (const count of [1, 500, 702, 3000]) {
    const tickers = companiesOf(3, count).map((company) => company.ticker);
    expect(new Set(tickers).size).toBe(count);
    expect(tickers.every((name) => /^ZZ[A-Z]{1,3}$/.test(name))).toBe(true);
    expect(tickers.toSorted()).toEqual(tickers);
  }
  const source = market();
  expect((await source.load(source.sessions[0] as SessionDate)).listed).toEqual(source.tickers);
  expect((await source.load(source.sessions[1] as SessionDate)).listed).toEqual([]);
});

test('a session too short for a day of news, or one the market does not have, is refused', async () => {
  const short = market({ clock: (date) => ({ ...clock(date), closeMinute: 599 }) });
  await expect(short.load(short.sessions[0] as SessionDate)).rejects.toThrow('30 minutes');
  await expect(market().load('1999-01-04' as SessionDate)).rejects.toThrow('a session of this market');
});

test('a half day has as many rows as it has minutes', async () => {
  const source = market({ clock: (date) => ({ ...clock(date), closeMinute: 780 }), reuseGrids: true });
  const bars = await source.load(source.sessions[0] as SessionDate);
  expect(bars.minutes.length).toBe(210);
  expect([bars.minutes[0], bars.minutes[209]]).toEqual([570, 779]);
  expect(faults(bars)).toBe(0);
});

describe('forty sessions of 250 names', () => {
  const source = market({ symbols: 250, sessions: weekdays(40), seed: 11 });
  const companies = companiesOf(11, 250);
  const sessions: SessionBars[] = [];
  const columnOf = (bars: SessionBars, symbol: number) => {
    const rows = Array.from({ length: bars.minutes.length }, (_, row) => row * bars.width + symbol);
    return rows.filter((cell) => (bars.volume[cell] as number) > 0);
  };
  const dayReturn = (bars: SessionBars, symbol: number): number | null => {
    const cells = columnOf(bars, symbol);
    if (cells.length < 2) return null;
    return Math.log((bars.close[cells.at(-1) as number] as number) / (bars.open[cells[0] as number] as number));
  };

  beforeAll(async () => {
    for (const date of source.sessions) sessions.push(await source.load(date));
  });

  test('the first and the last half hour carry more volume and movement than midday', () => {
    const volume = new Float64Array(390);
    const range = new Float64Array(390);
    for (const bars of sessions) {
      for (let cell = 0; cell < bars.volume.length; cell++) {
        if ((bars.volume[cell] as number) < 0) continue;
        const row = Math.floor(cell / bars.width);
        volume[row] = (volume[row] as number) + (bars.volume[cell] as number);
        range[row] = (range[row] as number) + ((bars.high[cell] as number) - (bars.low[cell] as number)) / (bars.open[cell] as number);
      }
    }
    const half = (values: Float64Array, from: number): number => values.subarray(from, from + 30).reduce((a, b) => a + b, 0);
    expect(half(volume, 0)).toBeGreaterThan(1.8 * half(volume, 180));
    expect(half(volume, 360)).toBeGreaterThan(1.4 * half(volume, 180));
    expect(half(range, 0)).toBeGreaterThan(1.3 * half(range, 180));
    expect(half(range, 360)).toBeGreaterThan(1.02 * half(range, 180));
  });

  test('names of one sector move together more than names of two, and those still a little', () => {
    const returns = companies.map((_, symbol) => sessions.map((bars) => dayReturn(bars, symbol) ?? 0));
    const within: number[] = [];
    const across: number[] = [];
    for (let a = 0; a < companies.length; a++) {
      for (let b = a + 1; b < companies.length; b++) {
        const pairs = companies[a]?.sector === companies[b]?.sector ? within : across;
        pairs.push(correlation(returns[a] as number[], returns[b] as number[]));
      }
    }
    expect(mean(across)).toBeGreaterThan(0.05);
    expect(mean(within)).toBeGreaterThan(mean(across) + 0.05);
    expect(mean(within)).toBeLessThan(0.7);
  });

  test('a catalyst moves its name and draws volume; an idle headline does neither', () => {
    const moves = { catalyst: [] as number[], idle: [] as number[], none: [] as number[] };
    const shares = { catalyst: [] as number[], idle: [] as number[], none: [] as number[] };
    for (let index = 1; index < sessions.length; index++) {
      const [bars, before] = [sessions[index] as SessionBars, sessions[index - 1] as SessionBars];
      const split = new Set<number>(bars.splits.map(({ symbol }) => symbol));
      const kinds = new Map(
        source.truth(bars.date).catalysts.map(({ symbol, effect }) => [symbol, effect === 'nothing' ? 'idle' : 'catalyst'] as const),
      );
      for (let symbol = 0; symbol < companies.length; symbol++) {
        const [now, then] = [columnOf(bars, symbol), columnOf(before, symbol)];
        if (now.length < 50 || then.length < 50 || split.has(symbol)) continue;
        const kind = kinds.get(symbol) ?? 'none';
        const sigma = companies[symbol]?.ownSigma as number;
        moves[kind].push(
          Math.abs(Math.log((bars.close[now.at(-1) as number] as number) / (before.close[then.at(-1) as number] as number))) / sigma,
        );
        const total = (day: SessionBars, cells: number[]) => cells.reduce((sum, cell) => sum + (day.volume[cell] as number), 0);
        shares[kind].push(Math.log(total(bars, now) / total(before, then)));
      }
    }
    expect(mean(moves.catalyst)).toBeGreaterThan(1.5 * mean(moves.none));
    expect(mean(shares.catalyst)).toBeGreaterThan(mean(shares.none) + 0.5);
    expect(Math.abs(mean(moves.idle) / mean(moves.none) - 1)).toBeLessThan(0.2);
    expect(Math.abs(mean(shares.idle) - mean(shares.none))).toBeLessThan(0.2);
  });

  test('thin names have minutes without a trade, busy ones hardly any', () => {
    const filled = (symbol: number): number => mean(sessions.map((bars) => columnOf(bars, symbol).length / 390));
    const thin = companies.map((_, symbol) => symbol).filter((symbol) => (companies[symbol]?.dollarVolume ?? 0) < 1e6);
    const busy = companies.map((_, symbol) => symbol).filter((symbol) => (companies[symbol]?.dollarVolume ?? 0) > 2e8);
    expect(mean(thin.map(filled))).toBeLessThan(0.7);
    expect(mean(busy.map(filled))).toBeGreaterThan(0.98);
  });

  test('nothing trades in a halt of five to ten minutes', () => {
    let halts = 0;
    for (const bars of sessions) {
      for (const { symbol, from, rows } of source.truth(bars.date).halts) {
        halts++;
        for (let row = from; row < from + rows; row++) expect(bars.volume[row * bars.width + symbol]).toBe(-1);
        expect(rows).toBeGreaterThanOrEqual(5);
        expect(rows).toBeLessThanOrEqual(10);
      }
    }
    expect(halts).toBeGreaterThan(20);
  });

  test('a bad tick stands out of its bar and leaves open and close alone', () => {
    let found = 0;
    for (const bars of sessions) {
      for (const { symbol, row, side } of source.truth(bars.date).badTicks) {
        const cell = row * bars.width + symbol;
        if ((bars.volume[cell] as number) < 0) continue;
        const [open, close] = [bars.open[cell] as number, bars.close[cell] as number];
        const off =
          side === 'high'
            ? (bars.high[cell] as number) / Math.max(open, close) - 1
            : 1 - (bars.low[cell] as number) / Math.min(open, close);
        expect(off).toBeGreaterThanOrEqual(0.03);
        found++;
      }
    }
    expect(found).toBeGreaterThan(5);
  });

  test('headlines come in order, name their company, and tell nothing of their effect', () => {
    for (const date of source.sessions) {
      const headlines = source.headlines(date);
      const times = headlines.map((headline) => headline.knownAt);
      expect(times.toSorted((a, b) => a - b)).toEqual(times);
      expect(new Set(headlines.map((headline) => headline.id)).size).toBe(headlines.length);
      for (const { symbol, headline, row, knownAfterOpen } of source.truth(date).catalysts) {
        const published = headlines.find(({ id }) => id === headline);
        expect(published?.text).toContain(companies[symbol]?.names[1]);
        expect(published?.knownAt).toBe(openOf(date) + knownAfterOpen);
        expect(row < 0 ? knownAfterOpen < 0 : Math.floor(knownAfterOpen / 60_000) === row).toBe(true);
        expect(Object.keys(published ?? {}).sort()).toEqual(['id', 'kind', 'knownAt', 'publishedAt', 'source', 'symbols', 'text']);
      }
    }
  });
});

/** The mean log return in the direction of the news, from the close of the first bar after it to the last bar. */
async function afterNews(momentum: number): Promise<{ readonly all: number; readonly going: number; readonly count: number }> {
  const source = market({ symbols: 800, sessions: weekdays(25), seed: 5, momentum, reuseGrids: true });
  const all: number[] = [];
  const going: number[] = [];
  for (const date of source.sessions) {
    const bars = await source.load(date);
    for (const { symbol, row, direction, effect } of source.truth(date).catalysts) {
      if (effect === 'nothing') continue;
      const cell = Math.max(row, 0) * bars.width + symbol;
      const last = (bars.minutes.length - 1) * bars.width + symbol;
      if ((bars.volume[cell] as number) < 0 || (bars.volume[last] as number) < 0) continue;
      const move = direction * Math.log((bars.close[last] as number) / (bars.close[cell] as number));
      all.push(move);
      if (effect === 'momentum') going.push(move);
    }
  }
  return { all: mean(all), going: mean(going), count: all.length };
}

test('what follows a headline is modest in the mean, and nothing when momentum is off', async () => {
  const usual = await afterNews(1);
  const none = await afterNews(0);
  expect(usual.count).toBeGreaterThan(400);
  expect(usual.going).toBeGreaterThan(0.003);
  // The same chance in both markets, so the difference is the built-in drift alone.
  expect(usual.all - none.all).toBeGreaterThan(0);
  expect(usual.all - none.all).toBeLessThan(0.003);
  expect(Math.abs(none.all)).toBeLessThan(0.003);
});

test('over years some names split, a few are delisted, and none gains or loses by drift', async () => {
  const source = market({
    symbols: 300,
    sessions: weekdays(500),
    seed: 2,
    clock: (date) => ({ ...clock(date), closeMinute: 600 }),
    reuseGrids: true,
  });
  const worth = new Float64Array(300).fill(1);
  const last = new Float64Array(300);
  let splits = 0;
  for (const date of source.sessions) {
    const bars = await source.load(date);
    for (const { symbol, ratio } of bars.splits) {
      splits++;
      worth[symbol] = (worth[symbol] as number) * ratio;
      const open = bars.open[symbol] as number;
      if (open > 0) expect(Math.abs(Math.log((open * ratio) / (last[symbol] as number)))).toBeLessThan(0.4);
    }
    for (let cell = 0; cell < bars.close.length; cell++) {
      if ((bars.volume[cell] as number) > 0) last[cell % bars.width] = bars.close[cell] as number;
    }
    expect(Math.max(...last)).toBeLessThan(2e8);
  }
  const gains = companiesOf(2, 300).map(({ price }, symbol) => ((worth[symbol] as number) * (last[symbol] as number)) / (price * 10_000));
  const delisted = source.truth(source.sessions.at(-1) as SessionDate).delisted;
  expect(splits).toBeGreaterThan(3);
  expect(delisted.length).toBeGreaterThan(0);
  expect(delisted.length).toBeLessThan(40);
  expect(mean(gains)).toBeGreaterThan(0.75);
  expect(mean(gains)).toBeLessThan(1.3);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((value, i) => (value - mx) * ((y[i] as number) - my)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
