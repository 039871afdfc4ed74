import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelSources } from '#domain/indicators/level-source';
import { Levels, NO_LEVEL } from '#domain/indicators/levels';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, walk } from '#tests/bar-columns';

type Present = NonNullable<Bar>;
/** A zone 50 to either side: an ATR of 200, and a width of 100. */
const RANGE = 200;

/** Five bars that confirm a swing low at 1000 and leave the price at 1300, well above. */
const swingLowAt1000: readonly Bar[] = [
  [1300, 1400, 1200, 1300, 1],
  [1300, 1390, 1100, 1200, 1],
  [1200, 1380, 1000, 1100, 1],
  [1100, 1400, 1100, 1200, 1],
  [1200, 1400, 1200, 1300, 1],
];
const bar = (low: number, high: number, close: number): Bar => [close, high, low, close, 1];

type Tally = { price: number; touches: number; bounces: number; breaks: number };

function after(bars: readonly Bar[], rows = 8): { levels: Levels; tallies: Tally[]; price(row: number): number } {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const levels = new Levels(table, { rows, tick: 1 });
  const atr = table.float64();
  atr.values.fill(RANGE);
  for (const one of bars) levels.update(columns([one]), atr);
  const read = (column: { values: Int32Array }, row: number): number => column.values[levels.cell(0, row)] as number;
  const tallies = Array.from({ length: rows }, (_, row) => ({
    price: read(levels.price, row),
    touches: read(levels.touches, row),
    bounces: read(levels.bounces, row),
    breaks: read(levels.breaks, row),
  })).filter(({ price }) => price > 0);
  return { levels, tallies, price: (row) => read(levels.price, row) };
}

const rows: readonly [why: string, then: readonly Bar[], touches: number, bounces: number, breaks: number][] = [
  ['the swing that made a level is not a touch of it', [], 0, 0, 0],
  ['a bar that stays out of the zone leaves it alone', [bar(1051, 1400, 1300)], 0, 0, 0],
  ['a bar that reaches the zone touches it', [bar(1050, 1400, 1300)], 1, 0, 0],
  [
    'the close of the touching bar decides nothing; a later one far above is a bounce',
    [bar(1050, 1400, 1300), bar(1060, 1400, 1101)],
    1,
    1,
    0,
  ],
  ['a close just as far as the zone is wide is none yet', [bar(1050, 1400, 1300), bar(1060, 1400, 1100)], 1, 0, 0],
  ['a later close far below is a break', [bar(1050, 1400, 1040), bar(880, 1400, 899)], 1, 0, 1],
  [
    'after a break the level is met from below',
    [bar(1050, 1400, 1040), bar(880, 1400, 899), bar(880, 960, 890), bar(870, 950, 880)],
    2,
    1,
    1,
  ],
  ['a gap over the zone meets nobody', [bar(700, 800, 750), bar(690, 790, 740)], 0, 0, 0],
  ['a price that stays inside touches once', [bar(1020, 1390, 1030), bar(1010, 1390, 1020), bar(1005, 1390, 1010)], 1, 0, 0],
  ['a missing bar changes nothing', [bar(1050, 1400, 1300), null, null], 1, 0, 0],
];
for (const [why, then, touches, bounces, breaks] of rows) {
  test(why, () => expect(after([...swingLowAt1000, ...then]).tallies[0]).toEqual({ price: 1000, touches, bounces, breaks }));
}

test('a level is known only when its swing is confirmed, two bars later', () => {
  expect(after(swingLowAt1000.slice(0, 4)).tallies).toEqual([]);
  expect(after(swingLowAt1000).tallies).toHaveLength(1);
});

test('equal lows make no swing', () => {
  const [first, second, , fourth, fifth] = swingLowAt1000 as [Bar, Bar, Bar, Bar, Bar];
  expect(after([first, second, bar(1000, 1380, 1100), bar(1000, 1400, 1200), fourth, fifth]).tallies).toEqual([]);
});

test('a new swing in the zone of a level confirms that one, and its own touch is not counted twice', () => {
  const again = [bar(1150, 1380, 1200), bar(1120, 1390, 1150), bar(1010, 1385, 1060), bar(1100, 1400, 1200), bar(1190, 1410, 1300)];
  expect(after([...swingLowAt1000, ...again]).tallies).toEqual([{ price: 1000, touches: 1, bounces: 1, breaks: 0 }]);
});

test('when all rows are taken the level least touched gives way', () => {
  const lower = swingLowAt1000.map((one) =>
    one === null ? null : ([...one.slice(0, 4).map((p) => (p as number) - 500), 1] as unknown as Bar),
  );
  const touched = [...swingLowAt1000, bar(1050, 1400, 1300)];
  expect(after([...touched, ...lower], 1).tallies.map(({ price }) => price)).toEqual([500]);
  expect(after([...touched, ...lower], 2).tallies.map(({ price }) => price)).toEqual([1000, 500]);
});

test('a level of a few hundredths of a cent, whose zone reaches below zero, is met like any other', () => {
  const tiny = swingLowAt1000.map((one) =>
    one === null ? null : ([...one.slice(0, 4).map((p) => (p as number) - 970), 1] as unknown as Bar),
  );
  expect(after([...tiny, bar(85, 400, 300), bar(81, 400, 300)]).tallies[0]).toEqual({ price: 30, touches: 0, bounces: 0, breaks: 0 });
  expect(after([...tiny, bar(80, 400, 300), bar(200, 400, 300)]).tallies[0]).toEqual({ price: 30, touches: 1, bounces: 1, breaks: 0 });
});

test('without an ATR there are no zones, so no levels', () => {
  const table = new SymbolColumns(1);
  const levels = new Levels(table);
  for (const one of swingLowAt1000) levels.update(columns([one]), table.float64());
  expect(levels.ready(0)).toBe(false);
});

const fixedAt =
  (...prices: readonly number[]): ((levels: Levels) => void) =>
  (levels) => {
    for (const price of prices) levels.fix(0, price, 'round_number', RANGE);
  };

function kept(
  rows: number,
  ...steps: readonly (Bar | ((levels: Levels) => void))[]
): readonly (readonly [price: number, source: string | undefined])[] {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const levels = new Levels(table, { rows, tick: 1 });
  const atr = table.float64();
  atr.values.fill(RANGE);
  for (const step of steps) {
    if (typeof step === 'function') step(levels);
    else levels.update(columns([step]), atr);
  }
  return Array.from({ length: rows }, (_, row) => levels.cell(0, row))
    .map((cell) => [levels.price.values[cell] as number, levelSources[levels.source.values[cell] as number]] as const)
    .filter(([price]) => price > 0);
}

test('a level keeps the source that made it, whatever confirms it later', () => {
  const near = fixedAt(1050, 2000);
  expect(kept(8, ...swingLowAt1000, near)).toEqual([
    [1000, 'swing'],
    [2000, 'round_number'],
  ]);
  expect(kept(8, near, ...swingLowAt1000)).toEqual([
    [1050, 'round_number'],
    [2000, 'round_number'],
  ]);
});

test('what is fixed for the day gives its row to no swing and to nothing else that is fixed, until the next day', () => {
  const nextDay = (levels: Levels): void => levels.startSession();
  expect(kept(2, fixedAt(3000, 4000), ...swingLowAt1000).map(([price]) => price)).toEqual([3000, 4000]);
  expect(kept(2, fixedAt(3000, 4000, 5000)).map(([price]) => price)).toEqual([3000, 4000]);
  expect(kept(2, fixedAt(3000, 4000), nextDay, ...swingLowAt1000).map(([price]) => price)).toEqual([1000, 4000]);
  // A swing that a fixed price confirms is as safe as one that it made.
  expect(kept(2, ...swingLowAt1000, fixedAt(1000, 4000, 5000)).map(([price]) => price)).toEqual([1000, 4000]);
});

const nights: readonly [why: string, before: Bar, evening: Bar, day: readonly Bar[], tally: Omit<Tally, 'price'>][] = [
  [
    'a level between the last close and the open is met from the side of the open',
    bar(700, 900, 800),
    bar(700, 940, 900),
    [[1300, 1310, 1010, 1200, 1], bar(1180, 1300, 1190)],
    { touches: 1, bounces: 1, breaks: 0 },
  ],
  [
    'a night that leaps a level meets nobody',
    bar(700, 900, 800),
    bar(700, 940, 900),
    [[1300, 1310, 1200, 1250, 1]],
    { touches: 0, bounces: 0, breaks: 0 },
  ],
  [
    'a level under test at the last close waits for a close of the next day, wherever that opens',
    bar(1200, 1400, 1300),
    bar(1040, 1400, 1060),
    [[800, 1090, 790, 1080, 1], bar(1080, 1300, 1290)],
    { touches: 1, bounces: 1, breaks: 0 },
  ],
];
for (const [why, before, evening, day, tally] of nights) {
  test(why, () => {
    const table = new SymbolColumns(1);
    table.ensure(1);
    const levels = new Levels(table, { rows: 8, tick: 1 });
    const atr = table.float64();
    atr.values.fill(RANGE);
    levels.update(columns([before]), atr);
    levels.fix(0, 1000, 'prior_close', RANGE);
    levels.update(columns([evening]), atr);
    levels.startSession();
    for (const one of day) levels.update(columns([one]), atr);
    expect([levels.touches, levels.bounces, levels.breaks].map(({ values }) => values[0])).toEqual([
      tally.touches,
      tally.bounces,
      tally.breaks,
    ]);
  });
}

test('levels can be asked for by the price: the nearest below, the nearest above, the one whose zone holds it', () => {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const levels = new Levels(table, { tick: 1 });
  for (const price of [10_000, 9_000, 9_500]) levels.fix(0, price, 'prior_high', RANGE);
  const at = (row: number): number => (row === NO_LEVEL ? 0 : (levels.price.values[levels.cell(0, row)] as number));
  expect([9_000, 9_001, 9_501, 20_000].map((price) => at(levels.nearestBelow(0, price)))).toEqual([0, 9_000, 9_500, 10_000]);
  expect([8_000, 9_499, 9_500, 10_000].map((price) => at(levels.nearestAbove(0, price)))).toEqual([9_000, 9_500, 10_000, 0]);
  expect([9_450, 9_551].map((price) => at(levels.levelAt(0, price)))).toEqual([9_500, 0]);
});

type Level = {
  price: number;
  half: number;
  touches: number;
  bounces: number;
  breaks: number;
  used: number;
  fixed: boolean;
  stance: 'inside' | 'above' | 'below' | 'from above' | 'from below';
};

const DAY_BARS = 60;

/** The same rules without columns and without shortcuts: every level is looked at on every bar. */
function naive(bars: readonly Bar[], ranges: readonly number[], fixes: (m: number, close: number) => readonly number[]): Level[] {
  const levels: Level[] = [];
  const seen: Present[] = [];
  let isOpen = false;
  const halfOf = (range: number): number => Math.max(1, Math.round(range / 4));
  const side = (close: number, price: number, half: number): Level['stance'] =>
    close > price + half ? 'above' : close < price - half ? 'below' : 'inside';
  const keep = (price: number, fresh: Level): Level | null => {
    const away = (level: Level): number => Math.abs(level.price - price);
    const known = levels.filter((level) => away(level) <= level.half).sort((x, y) => away(x) - away(y))[0];
    if (known !== undefined) return known;
    const weakest = levels.filter(({ fixed }) => !fixed).sort((x, y) => x.touches - y.touches || x.used - y.used)[0];
    if (levels.length < 8) levels.push(fresh);
    else if (weakest !== undefined) levels[levels.indexOf(weakest)] = fresh;
    else return null;
    return fresh;
  };
  bars.forEach((one, m) => {
    const last = seen.at(-1)?.[3] ?? 0;
    if (m % DAY_BARS === 0) {
      isOpen = false;
      for (const level of levels) level.fixed = false;
    }
    for (const price of fixes(m, last)) {
      const width = halfOf(ranges[m] as number);
      const tally = { touches: 0, bounces: 0, breaks: 0, used: seen.length, fixed: true };
      const level = keep(price, { price, half: width, ...tally, stance: side(last, price, width) });
      if (level !== null) level.fixed = true;
    }
    if (one === null) return;
    seen.push(one);
    const [open, high, low, close] = one;
    if (!isOpen) {
      isOpen = true;
      for (const level of levels) if (!level.stance.startsWith('from')) level.stance = side(open, level.price, level.half);
    }
    const now = seen.length;
    const half = halfOf(ranges[m] as number);
    for (const level of levels) {
      const [bottom, top] = [level.price - level.half, level.price + level.half];
      if (level.stance === 'inside') level.stance = side(close, level.price, level.half);
      else if (level.stance === 'above' && low <= top) level.stance = high < bottom ? 'below' : 'from above';
      else if (level.stance === 'below' && high >= bottom) level.stance = low > top ? 'above' : 'from below';
      else if (level.stance.startsWith('from')) {
        if (Math.abs(close - level.price) <= 2 * level.half) continue;
        if ((level.stance === 'from above') === close > level.price) level.bounces++;
        else level.breaks++;
        Object.assign(level, { half, used: now, stance: side(close, level.price, half) });
        continue;
      } else continue;
      if (level.stance.startsWith('from')) Object.assign(level, { touches: level.touches + 1, used: now });
    }
    const five = seen.slice(-5);
    if (five.length < 5) return;
    const [a, b, c, d, e] = five as [Present, Present, Present, Present, Present];
    const swings = [Math.min(a[2], b[2], d[2], e[2]) > c[2] ? c[2] : 0, Math.max(a[1], b[1], d[1], e[1]) < c[1] ? c[1] : 0].filter(
      (swing) => swing > 0,
    );
    for (const price of swings) {
      const fresh: Level = { price, half, touches: 0, bounces: 0, breaks: 0, used: now, fixed: false, stance: side(close, price, half) };
      const known = keep(price, fresh);
      if (known === null || known === fresh || known.used > now - 5) continue;
      Object.assign(known, { touches: known.touches + 1, used: now });
    }
  });
  return levels;
}

test('looking only when a boundary is reached finds what looking at every level on every bar finds', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom(0, 0.2), (seed, absent) => {
      const bars = walk(seed, 400, absent);
      const ranges = bars.map((_, i) => 3_000 + ((i * 7_919) % 2_000));
      const table = new SymbolColumns(1);
      table.ensure(1);
      const levels = new Levels(table, { rows: 8, tick: 1 });
      const atr = table.float64();
      let last = 0;
      // Each day some prices are fixed, near the last close and far from it; now and then all rows are.
      const fixes = (m: number, close: number): readonly number[] =>
        m % DAY_BARS === 0
          ? Array.from({ length: (seed + m) % 11 }, (_, i) => close + (((i * 7_919 + seed) % 40) - 20) * 1000).filter((price) => price > 0)
          : [];
      bars.forEach((one, m) => {
        atr.values[0] = ranges[m] as number;
        if (m % DAY_BARS === 0) levels.startSession();
        for (const price of fixes(m, last)) levels.fix(0, price, 'round_number', ranges[m] as number);
        if (one !== null) last = one[3];
        levels.update(columns([one]), atr);
      });
      const expected = naive(bars, ranges, fixes).map(({ price, half, touches, bounces, breaks, used }) => [
        price,
        half,
        touches,
        bounces,
        breaks,
        used,
      ]);
      const read = [levels.price, levels.halfWidth, levels.touches, levels.bounces, levels.breaks, levels.lastUse];
      expect(expected.map((_, row) => read.map(({ values }) => values[levels.cell(0, row)]))).toEqual(expected);
      expect(expected.length).toBeGreaterThan(3);
    }),
    { numRuns: 40 },
  );
});
