import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionMinutes } from '#domain/indicators/session-minutes';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { Timeframe } from '#production/technical/timeframe';
import { WatchedMinutes } from '#production/technical/watched-minutes';
import { type Bar, frame, walk } from '#tests/bar-columns';

const OPEN = 570;
const NAMES = 4;

/** What the indicators of a place say. */
const said = ({ ema9, rsi, macd, atr, adx, keltner, recent }: Timeframe, s: number): readonly number[] => [
  ...[ema9.value, rsi.value, macd.value, macd.signal, atr.value, adx.value, keltner.upper].map(({ values }) => values[s] as number),
  recent.sma(s, 20),
  recent.stochastic(s),
];

function watching(): { readonly minutes: SessionMinutes; readonly watched: WatchedMinutes } {
  const minutes = new SessionMinutes();
  return { minutes, watched: new WatchedMinutes(minutes) };
}

test('whenever a name is asked about, its indicators are those of all its minutes of this session', () => {
  const asks = fc.array(fc.record({ at: fc.nat(119), name: fc.nat(NAMES - 1) }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.nat(100_000), asks, (seed, questions) => {
      const { minutes, watched } = watching();
      const names = Array.from({ length: NAMES }, (_, s) => walk(seed + s, 120, 0.2));
      // A session before, of which nothing may be left.
      minutes.startSession(OPEN);
      for (let m = 0; m < 50; m++) minutes.update(frame(OPEN + m, Array<Bar>(NAMES).fill([9, 9, 9, 9, 9])));
      watched.watch([0, 1, 2, 3]);
      minutes.startSession(OPEN);
      watched.startSession();
      const table = new SymbolColumns();
      const all = new Timeframe(table);
      table.ensure(NAMES);
      for (let m = 0; m < 120; m++) {
        const bars = frame(
          OPEN + m,
          names.map((name): Bar => name[m] ?? null),
        );
        minutes.update(bars);
        all.update(bars);
        for (const { name } of questions.filter(({ at }) => at === m)) {
          watched.watch([name]);
          const one = watched.of(name);
          expect(one === null ? null : said(one.frame, one.place)).toEqual(said(all, name));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('nothing is known of a name that nobody asked about', () => {
  const { minutes, watched } = watching();
  minutes.startSession(OPEN);
  minutes.update(frame(OPEN, [[1, 1, 1, 1, 1]]));
  watched.watch([0]);
  expect([watched.of(0) === null, watched.of(1) === null]).toEqual([false, true]);
});
