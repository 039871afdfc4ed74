import { expect, test } from 'vitest';
import { SessionBars } from '#domain/patterns/session-bars';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame, still, walk } from '#tests/bar-columns';
import { fivesOf } from '#tests/charts/chart-view';

const OPEN = 570;
const known = { close: 1, atr: 2, vwap: 3, volumeRatio: 4 };
type Minute = readonly Bar[] | 'never came';

function after(minutes: readonly Minute[], { names = 1, bars = fresh(names), day = OPEN } = {}): SessionBars {
  bars.startSession(day);
  for (const [i, one] of minutes.entries()) if (one !== 'never came') bars.update(frame(day + i, one));
  return bars;
}

function fresh(names: number): SessionBars & { readonly table: SymbolColumns } {
  const table = new SymbolColumns();
  const bars = new SessionBars(table);
  table.ensure(names);
  return Object.assign(bars, { table });
}

const view = (bars: SessionBars, now: number, symbol = 0): SymbolView => bars.viewOf(symbol, now, known);

test('F5: minutes and five-minute bars of one name, as far as they have closed; minutes without a trade are left out', () => {
  const tape = walk(3, 63, 0.2);
  const all = after(
    tape.map((one) => [null, one]),
    { names: 2 },
  );
  const minutes = tape.flatMap((one, i) =>
    one === null ? [] : [{ minute: OPEN + i, open: one[0], high: one[1], low: one[2], close: one[3], volume: one[4] }],
  );
  for (const now of [570, 571, 574, 575, 599, 600, 633]) {
    const past = minutes.filter(({ minute }) => minute < now);
    expect(view(all, now, 1)).toEqual({
      ...known,
      now,
      openMinute: OPEN,
      minutes: past,
      fives: fivesOf(past, now),
      previousClose: 0,
      premarketHigh: 0,
      premarketLow: 0,
    });
    expect(view(all, now, 0).minutes).toEqual([]);
  }
});

test('where minutes never came, nothing stands there that came a day before', () => {
  const bars = after(Array<Minute>(20).fill([still(100)]));
  bars.endSession();
  after([[still(200)], ...Array<Minute>(10).fill('never came'), [still(210)]], { bars: bars as ReturnType<typeof fresh> });
  expect(view(bars, 600).minutes.map(({ minute, close }) => [minute, close])).toEqual([
    [570, 200],
    [581, 210],
  ]);
  expect(view(bars, 600).previousClose).toBe(100);
});

test('F6: a lost feed at the end leaves what came; what comes late or again changes nothing', () => {
  const bars = after([[still(100)], [still(101)]]);
  bars.update(frame(OPEN, [still(999)]));
  bars.update(frame(OPEN + 400, [still(999)]));
  expect(view(bars, 900).minutes.map(({ close }) => close)).toEqual([100, 101]);
});

test('the last close of an earlier session is known from the next one on, also when the name rested for a day', () => {
  const bars = after(
    [
      [still(100), still(50)],
      [still(101), null],
    ],
    { names: 2 },
  );
  expect(view(bars, 600).previousClose).toBe(0);
  bars.endSession();
  after([[still(120), null]], { bars: bars as ReturnType<typeof fresh> });
  expect([view(bars, 600, 0).previousClose, view(bars, 600, 1).previousClose]).toEqual([101, 50]);
  bars.endSession();
  after([], { bars: bars as ReturnType<typeof fresh> });
  expect([view(bars, 600, 0).previousClose, view(bars, 600, 1).previousClose]).toEqual([120, 50]);
});

test('the range before the open is of this day; bars after the close belong to nothing', () => {
  const bars = fresh(1);
  bars.startSession(OPEN);
  bars.update(frame(500, [[100, 130, 90, 110, 5]], false));
  bars.update(frame(501, [[110, 120, 95, 110, 5]], false));
  bars.update(frame(OPEN, [still(111)]));
  bars.update(frame(960, [[1000, 1000, 1, 1000, 5]], false));
  expect(view(bars, 600)).toMatchObject({ premarketHigh: 130, premarketLow: 90 });
  expect(view(bars, 600).minutes).toHaveLength(1);
  bars.startSession(OPEN);
  expect(view(bars, 600)).toMatchObject({ premarketHigh: 0, premarketLow: 0 });
});

test('a split forgets a name, today and before', () => {
  const bars = after(Array<Minute>(10).fill([still(100), still(50)]), { names: 2 }) as ReturnType<typeof fresh>;
  bars.endSession();
  after(Array<Minute>(10).fill([still(100), still(50)]), { bars });
  bars.forget(0);
  expect(view(bars, 580, 0)).toMatchObject({ minutes: [], fives: [], previousClose: 0 });
  expect(view(bars, 580, 1).minutes).toHaveLength(10);
});

test('more names may come from one session to the next', () => {
  const bars = after([[still(100)]]) as ReturnType<typeof fresh>;
  bars.endSession();
  bars.table.ensure(100);
  after([Array<Bar>(100).fill(still(7))], { bars });
  expect([view(bars, 571, 99).minutes.length, view(bars, 571, 0).previousClose]).toEqual([1, 100]);
});
