import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import type { OrderId, Side } from '#domain/orders/order';
import { averageCost, type Book, equity, evolveBook, hashBook, isLoser, openBook, pnlToday } from '#domain/portfolio/book';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { type Bar, frame, still } from '#tests/bar-columns';
import { opened } from '#tests/one-service';

const fill = (side: Side, shares: number, at: number, fees = 0, symbol = 0): EventOf<'order_filled'> => ({
  kind: 'order_filled',
  order: 'x' as OrderId,
  symbol: symbolIndex(symbol),
  side,
  shares: quantity(shares),
  price: price(at),
  fees: cash(fees),
  bar: instant(0),
  flags: [],
});
const after = (...fills: readonly EventOf<'order_filled'>[]): Book => fills.reduce(evolveBook, openBook(cash(10_000_000)));

test.each<readonly [what: string, fills: readonly EventOf<'order_filled'>[], average: number, loses: boolean]>([
  ['of two purchases, by their shares', [fill('buy', 10, 20_000), fill('buy', 30, 24_000)], 23_000, true],
  ['what was sold since does not change it', [fill('buy', 10, 20_000), fill('sell', 6, 30_000)], 20_000, false],
  ['what is bought again after a sale counts', [fill('buy', 10, 20_000), fill('sell', 5, 21_000), fill('buy', 10, 19_000)], 19_500, false],
  ['worth exactly what it has cost is no loser', [fill('buy', 10, 20_000)], 20_000, false],
  ['a short loses when the price rises', [fill('sell', 10, 20_000), fill('sell', 10, 18_000)], 19_000, true],
])('what a share has cost: %s', (_, fills, average, loses) => {
  const [position] = after(...fills).positions;
  if (position === undefined) throw new Error('something is held');
  expect([averageCost(position), isLoser(position)]).toEqual([average, loses]);
  expect(isLoser({ ...position, mark: average + 1 })).toBe(position.shares < 0);
});

test.each([
  ['a fee', 'fee', -500, 20_000, -500],
  ['another price of what is held', 'correction', -500, 20_050, -500],
  ['what is paid in', 'transfer', 700_000, 20_000, 0],
  ['what is paid out', 'transfer', -700_000, 20_000, 0],
] as const)(
  'D9, D10: %s moves cash, what shares have cost only if it is theirs, and the day only if it is no transfer',
  (_, cause, amount, average, pnl) => {
    const moved = evolveBook(after(fill('buy', 10, 20_000)), {
      kind: 'cash_moved',
      activity: 'a',
      cause,
      symbol: symbolIndex(0),
      amount: cash(amount),
      detail: '',
    });
    const [position] = moved.positions;
    if (position === undefined) throw new Error('something is held');
    expect([moved.cash, averageCost(position), pnlToday(moved)]).toEqual([10_000_000 - 200_000 + amount, average, pnl]);
    const { closed } = evolveBook(moved, fill('sell', 10, 20_000));
    expect(closed?.pnl).toBe(cause === 'correction' ? amount : 0);
  },
);

test('a run begins with its own capital', () => {
  const begun = {
    kind: 'run_started',
    settings: { ...defaultSettings, capital: cash(7) },
    source: 'simulated_market',
    version: 'test',
  } as const;
  expect(evolveBook(after(fill('buy', 1, 20_000)), begun)).toEqual(openBook(cash(7)));
});

type Row = readonly [
  what: string,
  fills: readonly EventOf<'order_filled'>[],
  cash: number,
  shares: number,
  pnl: number | null,
  losses: number,
];

test.each<Row>([
  ['a purchase costs its price and its fee', [fill('buy', 10, 20_000, 7)], 9_799_993, 10, null, 0],
  ['a sale at a profit closes', [fill('buy', 10, 20_000), fill('sell', 10, 21_000, 5)], 10_009_995, 0, 9995, 0],
  ['in parts: only the last part closes', [fill('buy', 10, 20_000), fill('sell', 4, 19_000)], 9_876_000, 6, null, 0],
  ['in parts to the end: a loss', [fill('buy', 10, 20_000), fill('sell', 4, 19_000), fill('sell', 6, 19_500)], 9_993_000, 0, -7000, 1],
  ['fees alone make a loss', [fill('buy', 10, 20_000, 1), fill('sell', 10, 20_000)], 9_999_999, 0, -1, 1],
  [
    'exactly nothing is neither a loss nor a win',
    [fill('buy', 1, 20_000), fill('sell', 1, 19_000), fill('buy', 1, 20_000), fill('sell', 1, 20_000)],
    9_999_000,
    0,
    0,
    1,
  ],
  [
    'a win ends the row of losses',
    [fill('buy', 1, 20_000), fill('sell', 1, 19_000), fill('buy', 1, 20_000), fill('sell', 1, 20_001)],
    9_999_001,
    0,
    1,
    0,
  ],
  ['a short is a position the other way', [fill('sell', 10, 20_000), fill('buy', 10, 19_000)], 10_010_000, 0, 10_000, 0],
])('%s', (_, fills, inCash, shares, pnl, losses) => {
  const book = after(...fills);
  expect(book.cash).toBe(inCash);
  expect(book.positions[0]?.shares ?? 0).toBe(shares);
  expect(book.closed?.pnl ?? null).toBe(pnl);
  expect(book.lossesInARow).toBe(losses);
});

test('a position that was closed is told once', () => {
  const flat = after(fill('buy', 1, 20_000), fill('sell', 1, 21_000));
  expect(flat.closed).not.toBeNull();
  expect(evolveBook(flat, { kind: 'order_accepted', order: 'y' as OrderId }).closed).toBeNull();
});

const bars = (bar: Bar, regular = true): EventOf<'bars_closed'> => ({ kind: 'bars_closed', frame: frame(600, [bar], regular) });
const held = after(fill('buy', 5, 10_000));

test.each<readonly [what: string, event: EventOf<'bars_closed' | 'order_filled'>, mark: number]>([
  ['a regular bar marks', bars(still(11_000)), 11_000],
  ['a minute without a bar leaves the mark', bars(null), 10_000],
  ['a minute that does not know the name yet leaves the mark', { kind: 'bars_closed', frame: frame(600, []) }, 10_000],
  ['what trades after the close marks nothing', bars(still(11_000), false), 10_000],
  ['a fill leaves the mark: a price that somebody got is not what the others would get', fill('buy', 1, 12_000), 10_000],
])('%s', (_, event, mark) => {
  expect(held.positions[0]?.mark).toBe(10_000);
  expect(evolveBook(held, event).positions[0]?.mark).toBe(mark);
});

test("the day's P&L is what equity has gained since the session opened, with open positions at their marks", () => {
  const yesterday = after(fill('buy', 10, 20_000), fill('sell', 10, 30_000));
  const today = [fill('buy', 5, 10_000, 3), bars(still(11_000))].reduce(evolveBook, evolveBook(yesterday, opened(1)));
  expect(pnlToday(today)).toBe(5 * 1000 - 3);
  expect(equity(today)).toBe(10_100_000 + 4997);
});

test.each([
  [4, 400, 2_500, 10_000],
  [0.1, 10, 100_000, 10_000],
  [1.5, 150, 6_667, 10_000],
])('D7: a split of %s for one makes as many shares of what is held, worth the same', (ratio, shares, mark, perOld) => {
  const book = evolveBook(after(fill('buy', 100, perOld)), { kind: 'split_took_effect', symbol: symbolIndex(0), ratio });
  const [position] = book.positions;
  if (position === undefined) throw new Error('something is held');
  expect([position.shares, position.mark, book.cash]).toEqual([shares, mark, 9_000_000]);
  expect(averageCost(position)).toBeCloseTo(perOld / ratio, 6);
});

test.each<readonly [what: string, closes: readonly number[], marks: readonly number[]]>([
  ['a price of a hundredth moves nothing', [10_000, 100, 10_000], [10_000, 10_000, 10_000]],
  ['a price of a hundred times moves nothing', [10_000, 1_000_000, 10_100], [10_000, 10_000, 10_100]],
  ['what the next bar confirms was true', [10_000, 3_000, 3_100], [10_000, 10_000, 3_100]],
  ['a second false price does not confirm the first', [10_000, 100, 1_000_000, 10_000], [10_000, 10_000, 10_000, 10_000]],
  ['a fall of two fifths counts at once', [10_000, 6_000], [10_000, 6_000]],
  ['and one of a hair more only with the next bar', [10_000, 5_999, 5_998], [10_000, 10_000, 5_998]],
])('F3: what is held is worth: %s', (_, closes, marks) => {
  let book = after(fill('buy', 10, 10_000));
  const seen = closes.map((close) => {
    book = evolveBook(book, bars(still(close)));
    return book.positions[0]?.mark;
  });
  expect(seen).toEqual(marks);
});

test('the hash of a book tells what is held and at which mark', () => {
  const textOf = (book: Book): string => {
    const said: string[] = [];
    hashBook(book, { numbers: () => {}, text: (text) => said.push(text) });
    return said.join('\n');
  };
  const books = [held, evolveBook(held, bars(still(11_000))), after(fill('buy', 5, 10_000, 0, 1)), after(fill('buy', 4, 10_000, 10_000))];
  expect(new Set(books.map(textOf)).size).toBe(books.length);
});

test('what is gained is what the fills brought, whatever their order', () => {
  const one = fc.record({
    side: fc.constantFrom<Side>('buy', 'sell'),
    shares: fc.integer({ min: 1, max: 500 }),
    at: fc.integer({ min: 1, max: 5_000_000 }),
    fees: fc.nat(1000),
    symbol: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (fills) => {
      const book = fills
        .map(({ side, shares, at, fees, symbol }) => fill(side, shares, at, fees, symbol))
        .reduce(evolveBook, openBook(cash(0)));
      const flow = fills.reduce((sum, { side, shares, at, fees }) => sum + (side === 'buy' ? -1 : 1) * shares * at - fees, 0);
      expect(book.cash).toBe(flow === 0 ? 0 : flow);
      expect(book.positions.every(({ shares }) => shares !== 0)).toBe(true);
    }),
  );
});
