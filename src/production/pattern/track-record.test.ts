import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import type { AgreedCandidate } from '#domain/events/funnel';
import { noRecord } from '#domain/patterns/setup';
import { symbolIndex } from '#domain/values/symbol';
import { pattern } from '#production/pattern/pattern';
import { type Bar, frame, still } from '#tests/bar-columns';
import { Alone, closed, minuteOf, of, opened } from '#tests/one-service';

const e4 = (dollars: number): number => Math.round(dollars * 10_000);
const bar = (open: number, high: number, low: number, close: number): Bar => [e4(open), e4(high), e4(low), e4(close), 1000];
const range = bar(51, 51.7, 51, 51.4);

/** The example of the service's README: entry 52.02, stop 51.22, target 53.62. */
const candidate = (symbol = 0): AgreedCandidate => ({
  symbol: symbolIndex(symbol),
  score: 17,
  close: 520_000,
  atr: 4000,
  vwap: 514_000,
  volumeRatio: 1.5,
  levels: [],
  indicators: [],
  minuteShares: 4000,
});

class Day extends Alone {
  constructor() {
    super(pattern());
    this.open();
  }

  open(changes: Partial<EventOf<'session_opened'>> = {}, names = 1): void {
    this.sees({ ...opened(names), ...changes });
    for (let minute = 570; minute < 585; minute++) this.bars(minute, range);
    this.bars(585, still(e4(52)));
  }

  bars(minute: number, ...bars: readonly Bar[]): readonly EventOf<'setup_resolved'>[] {
    return of(this.sees({ kind: 'bars_closed', frame: frame(minute, bars) }), 'setup_resolved');
  }

  asks(clock = '09:46', kept = [candidate()]): EventOf<'setups_found'> {
    const said = this.sees({ kind: 'indicators_agreed', scan: 1, minute: minuteOf(clock), kept, dropped: { symbols: [], reasons: [] } });
    return of(said, 'setups_found')[0] as EventOf<'setups_found'>;
  }

  hash(): string {
    const hash = createHash('sha256');
    this.service.hashInto({
      numbers: (values) => hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
      text: () => {},
    });
    return hash.digest('hex');
  }
}

const fills = bar(52.05, 52.1, 52, 52.05);
const wins = bar(52.5, 53.7, 52.4, 53.6);
const loses = bar(52, 52, 51.22, 51.3);

test('a setup is told when it has come to its end, traded or not, and later setups know of it', () => {
  const day = new Day();
  expect(day.asks().kept[0]?.record).toEqual(noRecord);
  const scanned = day.sequence;
  expect(day.bars(586, fills)).toEqual([]);
  expect(day.bars(587, wins)).toEqual([
    { kind: 'setup_resolved', symbol: 0, pattern: 'opening_range_breakout', scanned, outcome: 'target', r: 2 },
  ]);
  expect(day.asks('09:50').kept[0]?.record).toEqual({ count: 1, won: 1, meanR: 2, deviationR: 0 });
});

test('a record is of its pattern and lives on over sessions', () => {
  const day = new Day();
  day.asks();
  day.bars(586, fills);
  day.bars(587, wins);
  day.sees(closed());
  day.open({ listed: [] });
  day.asks();
  day.bars(586, fills);
  // The stop of 51.22 less 2 bp, which are 0.010244: 0.810244 of the 0.80 at risk.
  expect(day.bars(587, loses)).toMatchObject([{ outcome: 'stop', r: expect.closeTo(-1.012805, 9) }]);
  const { count, won, meanR } = day.asks('09:50').kept[0]?.record ?? noRecord;
  expect([count, won, meanR]).toEqual([2, 1, expect.closeTo(0.4935975, 9)]);
});

test('what is found again while it is open is the same setup', () => {
  const day = new Day();
  day.asks();
  const scanned = day.sequence;
  day.bars(586, fills);
  day.asks('09:47');
  expect(day.bars(587, wins)).toMatchObject([{ scanned }]);
});

test('an entry that never filled leaves no trace', () => {
  const day = new Day();
  day.asks();
  for (const minute of [586, 587, 588, 589]) expect(day.bars(minute, bar(53, 53.1, 52.9, 53))).toEqual([]);
  expect(of(day.sees(closed()), 'setup_resolved')).toEqual([]);
  expect(day.asks('09:55').kept[0]?.record ?? noRecord).toEqual(noRecord);
});

test.each<readonly [what: string, closeMinute: number, exit: number]>([
  ['a full day', 960, 950],
  ['a half day', 780, 770],
])('what is still held ten minutes before the close is sold: %s', (_, closeMinute, exit) => {
  const day = new Day();
  day.sees(closed());
  day.open({ listed: [], closeMinute });
  day.asks();
  day.bars(586, fills);
  expect(day.bars(exit - 1, still(e4(52.42)))).toEqual([]);
  // 52.42 less 2 bp, which are 0.010484: 0.389516 of 0.80.
  expect(day.bars(exit, still(e4(52.42)))).toMatchObject([{ outcome: 'time', r: expect.closeTo(0.486895, 6) }]);
});

test('a name that trades no more is sold at its last close when the session ends', () => {
  const day = new Day();
  day.asks();
  day.bars(586, fills);
  day.bars(587, still(e4(52.42)));
  for (let minute = 588; minute < 960; minute++) day.bars(minute, null);
  expect(of(day.sees(closed()), 'setup_resolved')).toMatchObject([{ outcome: 'time', r: expect.closeTo(0.5, 9) }]);
});

test('bars after the regular session change nothing', () => {
  const day = new Day();
  day.asks();
  day.bars(586, fills);
  expect(day.sees({ kind: 'bars_closed', frame: frame(961, [wins], false) })).toEqual([]);
});

test('more setups than are told are followed all the same', () => {
  const day = new Day();
  day.sees(closed());
  day.sees(opened(11));
  const all = (one: Bar): readonly Bar[] => Array<Bar>(12).fill(one);
  for (let minute = 570; minute < 585; minute++) day.bars(minute, ...all(range));
  day.bars(585, ...all(still(e4(52))));
  expect(
    day.asks(
      '09:46',
      Array.from({ length: 12 }, (_, s) => candidate(s)),
    ).kept,
  ).toHaveLength(10);
  day.bars(586, ...all(fills));
  expect(day.bars(587, ...all(wins)).map(({ symbol }) => symbol)).toEqual(Array.from({ length: 12 }, (_, s) => s));
});

test('the hash of the state knows what is followed, how far it is, and what has ended', () => {
  const steps: ((day: Day) => unknown)[] = [
    (day) => day.asks(),
    (day) => day.bars(586, fills),
    (day) => day.bars(587, bar(52.1, 52.2, 52, 52.2)),
    (day) => day.bars(588, wins),
  ];
  const day = new Day();
  const hashes = [day.hash(), ...steps.map((step) => (step(day), day.hash()))];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('a candlestick for a rise makes a setup a little surer and is drawn', () => {
  // Two five-minute bars: one falls, the next one opens below and closes above its body.
  const tape = [...Array<Bar>(10).fill(bar(51.4, 51.45, 51.35, 51.4)), ...fiveOf(51.5, 51.2), ...fiveOf(51.1, 51.9)];
  const found = (last: Bar): EventOf<'setups_found'> => {
    const day = new Alone(pattern());
    const said: Event[] = [];
    day.sees(opened(1));
    for (const [minute, one] of [...tape.slice(0, -1), last].entries())
      said.push(...day.sees({ kind: 'bars_closed', frame: frame(570 + minute, [one]) }));
    const kept = [{ ...candidate(), close: e4(51.9) }];
    return of(
      day.sees({ kind: 'indicators_agreed', scan: 1, minute: 590, kept, dropped: { symbols: [], reasons: [] } }),
      'setups_found',
    )[0] as EventOf<'setups_found'>;
  };
  const [setup] = found(tape.at(-1) ?? null).kept;
  expect(setup?.drawing.map(({ role }) => role)).toContain('engulfing');
  const [plain] = found(bar(51.74, 51.9, 51.1, 51.15)).kept;
  expect(plain?.drawing.map(({ role }) => role)).not.toContain('engulfing');
  expect((setup?.confidence ?? 0) - (plain?.confidence ?? 0)).toBeCloseTo(0.05, 9);
});

/** Five minutes on a straight way. */
function fiveOf(from: number, to: number): readonly Bar[] {
  const at = (i: number): number => from + ((to - from) * i) / 5;
  return Array.from({ length: 5 }, (_, i) => bar(at(i), Math.max(at(i), at(i + 1)), Math.min(at(i), at(i + 1)), at(i + 1)));
}
