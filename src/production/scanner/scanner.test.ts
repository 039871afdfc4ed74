import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import { type Dropped, type DropReason, dropBit } from '#domain/events/funnel';
import { defaultSettings, type Settings } from '#domain/settings';
import { symbolIndex } from '#domain/values/symbol';
import { scanner } from '#production/scanner/scanner';
import { type Bar, frame } from '#tests/bar-columns';
import { Alone, changedTo, closed, of, opened } from '#tests/one-service';

const e4 = (dollars: number): number => Math.round(dollars * 10_000);
/** A bar of a name that is liquid: 200,000 shares at that price, which was `range` dollars higher in between. */
const at = (dollars: number, volume = 200_000, range = dollars * 0.02): Bar => [
  e4(dollars),
  e4(dollars + range),
  e4(dollars),
  e4(dollars),
  volume,
];
type Row = readonly Bar[];

/** Sessions of one bar each, told in order; the names are listed with the first. */
function taught(sessions: readonly Row[], settings: Settings = defaultSettings): Alone {
  const alone = new Alone(scanner());
  alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: '0' });
  if (settings !== defaultSettings) alone.sees(changedTo(settings));
  for (const [place, row] of sessions.entries()) {
    alone.sees(opened(row.length, { history: true, listed: place === 0 }));
    alone.seesBars('09:31', row);
    alone.sees(closed());
  }
  return alone;
}

const times = (count: number, row: Row): readonly Row[] => Array.from({ length: count }, () => row);
const selected = (said: readonly Event[]): EventOf<'universe_selected'> => only(of(said, 'universe_selected'));
const found = (said: readonly Event[]): EventOf<'candidates_found'> => only(of(said, 'candidates_found'));
function only<Item>(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  return items[0] as Item;
}

/** So many sessions at 100, then a session in which the names open and trade as told; scanned at 09:31. */
function scanAfter(sessions: number, today: Row, settings: Settings = defaultSettings): EventOf<'candidates_found'> {
  const usual = today.map(() => at(100));
  const alone = taught(times(sessions, usual), settings);
  alone.sees(opened(today.length, { listed: sessions === 0 }));
  return found(alone.seesBars('09:31', today));
}

const reasonsOf = ({ dropped }: { readonly dropped: Dropped }, symbol: number): number =>
  dropped.reasons[dropped.symbols.indexOf(symbol)] ?? 0;
const mask = (...reasons: readonly DropReason[]): number => reasons.reduce((bits, reason) => bits | dropBit(reason), 0);

test.each<readonly [what: string, earlier: readonly Bar[], reasons: number]>([
  ['four earlier sessions', [at(100), at(100), at(100), at(100)], mask('no_history')],
  ['five earlier sessions are enough', [at(100), at(100), at(100), at(100), at(100)], 0],
  ['a close before of 4.99', [at(6), at(6), at(6), at(6), at(4.99, 9_000_000)], mask('price_too_low', 'illiquid')],
  ['a close before of 5.00', [...times(4, [at(6, 9_000_000)]).flat(), at(5, 9_000_000)], 0],
  ['less than ten million dollars a day', times(5, [at(100, 99_999)]).flat(), mask('illiquid')],
  ['ten million are enough', times(5, [at(100, 100_000)]).flat(), 0],
  ['a range of 0.99 dollars a day at 100', times(5, [at(100, 200_000, 0.99)]).flat(), mask('range_too_small')],
  ['a dollar is enough', times(5, [at(100, 200_000, 1)]).flat(), 0],
  // True ranges 0.5, 5 (from 100 to 105), 0.5, 0.5, 0.5: on the mean 1.4 of 105.
  ['a jump over night is range', [at(100, 200_000, 0.5), ...times(4, [at(105, 200_000, 0.5)]).flat()], 0],
  ['no bar in the last session of the market', [...times(5, [at(100)]).flat(), null], mask('not_listed')],
  ['a missed session before it is no harm', [at(100), at(100), null, at(100), at(100), at(100)], 0],
  ['one that was hardly ever there', [at(100), null, null, null, null, null], mask('not_listed', 'no_history')],
  ['all faults are told', times(5, [at(4, 100, 0.01)]).flat(), mask('price_too_low', 'illiquid', 'range_too_small')],
])('the universe of a day, by the days before: %s', (_, earlier, reasons) => {
  // The second name trades in every session, so that the market has one.
  const alone = taught(earlier.map((bar) => [bar, at(100)]));
  const universe = selected(alone.sees(opened(2, { listed: false })));
  expect(reasonsOf(universe, 0)).toBe(reasons);
  expect(universe.size + universe.dropped.symbols.length).toBe(2);
});

test('the close before is that of the regular session, whatever was paid after it', () => {
  const alone = taught(times(4, [at(6, 9_000_000)]));
  alone.sees(opened(1, { history: true, listed: false }));
  alone.seesBars('16:00', [at(6, 9_000_000)]);
  alone.sees({ kind: 'bars_closed', frame: frame(1000, [at(4)], false) });
  alone.sees(closed());
  expect(selected(alone.sees(opened(1, { listed: false }))).size).toBe(1);
});

test('the range follows Wilder once there are fourteen days', () => {
  // Fourteen days of 2 dollars, then one of 16: (13 × 2 + 16) / 14 = 3 dollars of 100.
  const earlier = [...times(14, [at(100, 200_000, 2)]), [at(100, 200_000, 16)]];
  const within = (rangeMin: number): number =>
    selected(taught(earlier, { ...defaultSettings, scanner: { ...defaultSettings.scanner, rangeMin } }).sees(opened(1, { listed: false })))
      .size;
  expect([within(0.03), within(0.0301)]).toEqual([1, 0]);
});

test('the universe is told once, before any bar, and never in a session that only teaches', () => {
  const alone = taught(times(5, [at(100)]));
  expect(alone.sees(opened(1, { history: true, listed: false }))).toEqual([]);
  alone.seesBars('09:31', [at(100)]);
  alone.sees(closed());
  expect(alone.sees(opened(1, { listed: false }))).toEqual([{ kind: 'universe_selected', size: 1, dropped: { symbols: [], reasons: [] } }]);
  expect(of(alone.seesBars('09:31', [at(100)]), 'universe_selected')).toEqual([]);
});

test.each<readonly [what: string, today: Bar, reasons: number]>([
  ['no bar today', null, mask('no_bar_today')],
  ['fallen below five dollars today', at(4.99), mask('price_too_low')],
  ['at five dollars', at(5), 0],
])('a scan drops one of the universe: %s', (_, today, reasons) => {
  const scan = scanAfter(5, [today, at(100)]);
  expect(reasonsOf(scan, 0)).toBe(reasons);
  expect(scan.universe).toBe(today === null ? 1 : 2);
});

test('a scan does not repeat who is outside of the universe', () => {
  const alone = taught(times(5, [at(100), at(100, 10)]));
  expect(selected(alone.sees(opened(2, { listed: false }))).dropped.symbols).toEqual([1]);
  const scan = found(alone.seesBars('09:31', [at(101), at(150, 90_000_000)]));
  expect([scan.universe, scan.kept.map(({ symbol }) => symbol), scan.dropped.symbols]).toEqual([1, [0], []]);
});

test('the largest move comes first; a fall scores nothing for its size; equal names go by their column', () => {
  const scan = scanAfter(5, [at(101), at(105), at(90), at(100), at(103)]);
  expect(scan.kept.map(({ symbol }) => symbol)).toEqual([1, 4, 0, 2, 3]);
  expect(scan.kept[0]?.gap).toBeCloseTo(0.05, 12);
  expect(scan.kept[0]?.change).toBeCloseTo(0.05, 12);
  expect(scan.kept[3]?.score).toBe(scan.kept[4]?.score);
});

test.each<readonly [weights: Partial<Settings['scanner']['weights']>, order: readonly number[], best: number]>([
  // Name 0 gaps by 4 % and gives half of it back; name 1 opens flat and rises by 5 %; name 2 trades 6.5 times the usual.
  [{}, [0, 2, 1], 4 + 2 + 1],
  [{ gap: 0 }, [2, 1, 0], 6.5],
  [{ gap: 0, relativeVolume: 0 }, [1, 0, 2], 5],
  [{ gap: 0, change: 0 }, [2, 0, 1], 6.5],
  [{ gap: 10 }, [0, 2, 1], 40 + 2 + 1],
])('weights of %o decide who comes first', (weights, order, best) => {
  const settings = {
    ...defaultSettings,
    scanner: { ...defaultSettings.scanner, weights: { ...defaultSettings.scanner.weights, ...weights } },
  };
  const today: Row = [
    [1_040_000, 1_040_000, 1_020_000, 1_020_000, 200_000],
    [1_000_000, 1_050_000, 1_000_000, 1_050_000, 200_000],
    [1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_300_000],
  ];
  const { kept } = scanAfter(5, today, settings);
  expect(kept.map(({ symbol }) => symbol)).toEqual(order);
  expect(kept[0]?.score).toBeCloseTo(best, 9);
});

test('volume counts up to ten times the usual, and what it really was is told', () => {
  const { kept } = scanAfter(5, [at(100, 3_000_000), at(100, 2_000_000), at(100, 1_800_000)]);
  expect(kept.map(({ relativeVolume }) => relativeVolume)).toEqual([15, 10, 9]);
  expect(kept[0]?.score).toBe(kept[1]?.score);
  expect(kept[2]?.score).toBeLessThan(kept[1]?.score ?? 0);
});

test('the last minute is told beside the day so far, each against its own usual', () => {
  const alone = new Alone(scanner());
  alone.sees({ kind: 'run_started', settings: { ...defaultSettings, mode: 'aggressive' }, source: 'recorded_market', version: '0' });
  const day = (history: boolean, first: number, second: number): readonly Event[] => {
    alone.sees(opened(1, { history, listed: history && first === 100_000 }));
    alone.seesBars('09:31', [at(100, first)]);
    const said = alone.seesBars('09:32', [at(100, second)]);
    alone.sees(closed());
    return said;
  };
  day(true, 100_000, 300_000);
  for (let session = 1; session < 5; session++) day(true, 140_000, 290_000);
  const [name] = found(day(false, 264_000, 876_000)).kept;
  // Usually 132,000 and 292,000: 1,140,000 of 424,000 by now, 876,000 of 292,000 in the last minute.
  expect([name?.relativeVolume, name?.minuteVolume]).toEqual([1_140_000 / 424_000, 3]);
});

test('a hundred at most are kept, and those below are told so', () => {
  const scan = scanAfter(
    5,
    Array.from({ length: 130 }, (_, s) => at(100 + s / 100)),
  );
  expect(scan.kept).toHaveLength(100);
  expect(scan.universe).toBe(130);
  expect(scan.dropped.symbols).toHaveLength(30);
  expect(scan.dropped.reasons.every((reasons) => reasons === mask('ranked_below'))).toBe(true);
});

test('a split wipes out the history: its scans say so, and five sessions have to pass again', () => {
  const alone = taught(times(6, [at(100), at(100)]));
  expect(selected(alone.sees(opened(2, { listed: false }))).size).toBe(2);
  alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 7 });
  const scan = found(alone.seesBars('09:31', [at(100 / 7), at(100)]));
  expect(scan.kept.map(({ symbol }) => symbol)).toEqual([1]);
  expect(reasonsOf(scan, 0)).toBe(mask('no_history'));
  alone.sees(closed());
  const later = selected(alone.sees(opened(2, { listed: false })));
  expect(reasonsOf(later, 0)).toBe(mask('no_history'));
});

test('a session that only teaches is not scanned; another is, at the cadence of its phase', () => {
  const alone = new Alone(scanner());
  alone.sees(opened(1, { history: true }));
  expect(alone.seesBars('09:31', [at(100)])).toEqual([]);
  alone.sees(closed());
  alone.sees(opened(1, { listed: false }));
  const scans = ['09:31', '09:32', '09:45', '09:46', '09:50', '11:30', '11:35', '11:45', '15:29', '15:30', '15:45'].filter(
    (clock) => alone.seesBars(clock, [at(100)]).length > 0,
  );
  expect(scans).toEqual(['09:31', '09:32', '09:45', '09:50', '11:30', '11:45']);
});

const SESSIONS = 8;
const NAMES = 12;
const clocks = ['09:31', '09:32', '10:00', '10:01', '12:00'] as const;
const bar: fc.Arbitrary<Bar> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 6,
    arbitrary: fc
      .record({ open: fc.integer({ min: 40_000, max: 200_000 }), up: fc.nat(9000), down: fc.nat(9000), close: fc.nat(1000) })
      .chain(({ open, up, down, close }) =>
        fc.constantFrom(20_000, 200_000, 2_000_000).map((volume): Bar => [open, open + up + 1000, open - down, open + close, volume]),
      ),
  },
);
const market = fc.array(fc.array(bar, { minLength: NAMES, maxLength: NAMES }), {
  minLength: SESSIONS * clocks.length,
  maxLength: SESSIONS * clocks.length,
});

/** What is said of a market of eight sessions of five minutes: each event with the place of its minute, an opening with that of its first. */
function told(rows: readonly Row[]): readonly { readonly row: number; readonly said: Event }[] {
  const alone = new Alone(scanner());
  const all: { readonly row: number; readonly said: Event }[] = [];
  for (let session = 0; session < SESSIONS; session++) {
    const first = session * clocks.length;
    for (const said of alone.sees(opened(NAMES, { history: session < 4, listed: session === 0 }))) all.push({ row: first, said });
    for (const [place, clock] of clocks.entries())
      for (const said of alone.seesBars(clock, rows[first + place] ?? [])) all.push({ row: first + place + 1, said });
    alone.sees(closed());
  }
  return all;
}

test('nothing that comes later changes what was said, and nothing of today the universe of today', () => {
  let seen = 0;
  fc.assert(
    fc.property(market, market, fc.nat(SESSIONS * clocks.length - 1), (rows, other, cut) => {
      // From the row `cut` on it is another market: what was said by its beginning, the universe of that very day included, stays.
      const bent = rows.map((row, place) => (place < cut ? row : (other[place] ?? row)));
      const until = (all: ReturnType<typeof told>): unknown => all.filter(({ row }) => row <= cut).map(({ said }) => said);
      const before = told(rows);
      const after = told(bent);
      expect(until(after)).toEqual(until(before));
      seen += before.filter(({ said }) => said.kind === 'candidates_found' && said.kept.length > 0).length;
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(0);
});

test('each name is kept or dropped once, in the universe and in every scan of it', () => {
  fc.assert(
    fc.property(market, (rows) => {
      let members: ReadonlySet<number> = new Set();
      for (const { said } of told(rows)) {
        if (said.kind === 'universe_selected') {
          const { symbols, reasons } = said.dropped;
          expect(new Set(symbols).size).toBe(symbols.length);
          expect(reasons.every((reason) => reason > 0)).toBe(true);
          members = new Set(Array.from({ length: NAMES }, (_, s) => s).filter((s) => !symbols.includes(s)));
          expect(members.size).toBe(said.size);
        }
        if (said.kind !== 'candidates_found') continue;
        const considered = [...said.kept.map(({ symbol }) => symbol as number), ...said.dropped.symbols];
        expect(new Set(considered).size).toBe(considered.length);
        expect(new Set(considered)).toEqual(members);
        expect(said.dropped.reasons).toHaveLength(said.dropped.symbols.length);
        expect(said.universe).toBeGreaterThanOrEqual(said.kept.length);
      }
    }),
    { numRuns: 60 },
  );
});
