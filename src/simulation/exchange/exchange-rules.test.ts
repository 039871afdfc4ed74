import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountEvent } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import { type Order, type OrderId, opposite, type Side } from '#domain/orders/order';
import { type Book, equity, evolveBook, openBook } from '#domain/portfolio/book';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';

const WIDTH = 2;
const MINUTES = 12;
const DAY = 86_400_000;
const capital = 2_000_000_000;

type Bar = { open: number; high: number; low: number; close: number; volume: number };
type Act =
  | { kind: 'enter'; symbol: number; side: Side; shares: number; limit: number; stop: number; target: number; again: boolean }
  | { kind: 'leave'; symbol: number; side: Side; shares: number; type: Order['type']; at: number }
  | { kind: 'cancel'; pick: number };
type Minute = { bars: Bar[]; acts: Act[] };

const side = fc.constantFrom<Side>('buy', 'buy', 'buy', 'sell');
/** Around ten dollars, off the cent grid now and then. */
const level = fc.integer({ min: 97_000, max: 103_000 }).map((e4) => (e4 % 3 === 0 ? e4 : e4 - (e4 % 100)));
const volume = fc.oneof(fc.constantFrom(-1, 0, 3), fc.integer({ min: 1, max: 3_000 }));
const bar: fc.Arbitrary<Bar> = fc.tuple(level, level, level, level, volume).map(([open, close, a, b, traded]) => ({
  open,
  close,
  high: Math.max(open, close, a, b),
  low: Math.min(open, close, a, b),
  volume: traded,
}));
const symbol = fc.integer({ min: 0, max: WIDTH - 1 });
const shares = fc.integer({ min: 1, max: 900 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({
      symbol,
      side,
      shares,
      limit: level,
      down: fc.integer({ min: 1, max: 30 }),
      up: fc.integer({ min: 1, max: 30 }),
      again: fc.boolean(),
    })
    .map(({ down, up, side: way, limit, ...rest }) => {
      const sign = way === 'buy' ? 1 : -1;
      return { kind: 'enter' as const, side: way, limit, stop: limit - sign * down * 100, target: limit + sign * up * 100, ...rest };
    }),
  fc.record({
    kind: fc.constant('leave' as const),
    symbol,
    side: side.map(opposite),
    shares,
    type: fc.constantFrom<Order['type']>('limit', 'market', 'stop'),
    at: level,
  }),
  fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat() }),
);
const minute: fc.Arbitrary<Minute> = fc.record({
  bars: fc.array(bar, { minLength: WIDTH, maxLength: WIDTH }),
  acts: fc.array(act, { maxLength: 3 }),
});
const days = fc.array(fc.array(minute, { minLength: MINUTES, maxLength: MINUTES }), { minLength: 1, maxLength: 2 });

type Told = { readonly event: AccountEvent; readonly day: number };
type Sent = { readonly order: Order; readonly at: number };
type Played = {
  readonly told: readonly Told[];
  readonly sent: ReadonlyMap<OrderId, Sent>;
  readonly exchange: SimulatedExchange;
  readonly flat: boolean;
  readonly reports: readonly Reported[];
};
/** What the exchange says of the account after a minute, null for nothing, and what the house's own book says then. */
type Reported = { readonly said: string | null; readonly ours: string; readonly idle: boolean };

const startOf = (day: number, at: number): number => 1_520_861_400_000 + day * DAY + at * MINUTE_MS;

function frameOf(day: number, at: number, bars: readonly Bar[]): Frame {
  const column = (field: keyof Bar) => Int32Array.from(bars, (cell) => cell[field]);
  const prices = { open: column('open'), high: column('high'), low: column('low'), close: column('close') };
  return {
    minute: 570 + at,
    start: instant(startOf(day, at)),
    present: WIDTH,
    regular: true,
    width: WIDTH,
    ...prices,
    volume: column('volume'),
  };
}

function groupOf(move: Exclude<Act, { kind: 'cancel' }>, name: string): Order[] {
  const base = { symbol: symbolIndex(move.symbol), shares: quantity(move.shares), intent: 1, reason: 'bull_flag' as const };
  const id = (part: string) => `${name}-${part}` as OrderId;
  if (move.kind === 'leave') {
    const { type, at } = move;
    const prices = { limit: type === 'limit' ? price(at) : null, stop: type === 'stop' ? price(at) : null };
    return [{ ...base, ...prices, id: id('exit'), role: 'exit', type, side: move.side, parent: null }];
  }
  const leg = { ...base, side: opposite(move.side), parent: id('entry') };
  return [
    { ...base, id: id('entry'), role: 'entry', type: 'limit', side: move.side, limit: price(move.limit), stop: null, parent: null },
    { ...leg, id: id('stop'), role: 'stop', type: 'stop', limit: null, stop: price(move.stop) },
    { ...leg, id: id('target'), role: 'target', type: 'limit', limit: price(move.target), stop: null },
  ];
}

function reported(news: readonly AccountEvent[], book: Book): Reported {
  const said = news.flatMap((event) => (event.kind === 'account_reported' ? [`${event.cash} ${event.equity}`] : []));
  const idle = book.positions.length === 0 && news.every(({ kind }) => kind !== 'order_filled');
  return { said: said.length === 0 ? null : said.join(' and '), ours: `${book.cash} ${equity(book)}`, idle };
}

function play(input: readonly (readonly Minute[])[]): Played {
  const exchange = new SimulatedExchange({ capital: cash(capital), feesOf: usFeesOf });
  const told: Told[] = [];
  const sent = new Map<OrderId, Sent>();
  const reports: Reported[] = [];
  let book = openBook(cash(capital));
  let flat = true;
  input.forEach((minutes, day) => {
    const take = (): readonly AccountEvent[] => {
      const news = exchange.takeNews();
      for (const event of news) book = evolveBook(book, event);
      told.push(...news.map((event) => ({ event, day })));
      return news;
    };
    const [open, close] = [instant(startOf(day, 0)), instant(startOf(day, MINUTES))];
    exchange.openSession({ date: `2018-03-1${day + 2}` as SessionDate, open, close, symbols: WIDTH });
    minutes.forEach(({ bars, acts }, at) => {
      acts.forEach((move, index) => {
        if (move.kind === 'cancel') {
          exchange.cancel([...sent.keys()][move.pick % Math.max(1, sent.size)] ?? ('none' as OrderId));
          return;
        }
        const name = `${day}-${at}-${index}`;
        const orders = groupOf(move, name);
        for (const order of orders) sent.set(order.id, { order, at: startOf(day, at) });
        exchange.submit(orders as never);
        if (move.kind === 'enter' && move.again) exchange.submit(orders as never);
      });
      take();
      const frame = frameOf(day, at, bars);
      exchange.advance(frame);
      reports.push(reported(take(), book));
      book = evolveBook(book, { kind: 'bars_closed', frame });
    });
    exchange.closeSession();
    take();
    flat &&= exchange.openOrders === 0 && [...Array(WIDTH).keys()].every((column) => exchange.position(symbolIndex(column)) === 0);
  });
  return { told, sent, exchange, flat, reports };
}

type Fill = Extract<AccountEvent, { kind: 'order_filled' }>;
type FillSeen = { readonly fill: Fill; readonly bar: Bar; readonly order: Order; readonly sentAt: number; readonly atEnd: boolean };

function fillsOf(input: readonly (readonly Minute[])[], { told, sent }: Played): FillSeen[] {
  return told.flatMap(({ event, day }) => {
    if (event.kind !== 'order_filled') return [];
    const met = input[day]?.[(event.bar - startOf(day, 0)) / MINUTE_MS]?.bars[event.symbol];
    const known = sent.get(event.order);
    if (met === undefined || known === undefined) throw new Error('a fill names a bar of its day and an order that was sent');
    const atEnd = event.flags.includes('at_close') || event.flags.includes('no_market');
    return [{ fill: event, bar: met, order: known.order, sentAt: known.at, atEnd }];
  });
}

const signed = ({ side: way, shares: count }: Fill): number => (way === 'buy' ? count : -count);
const grouped = (fills: readonly FillSeen[], key: (seen: FillSeen) => string): FillSeen[][] => {
  const groups = new Map<string, FillSeen[]>();
  for (const seen of fills) groups.set(key(seen), [...(groups.get(key(seen)) ?? []), seen]);
  return [...groups.values()];
};
const sharesIn = (fills: readonly FillSeen[]): number => fills.reduce((sum, { fill }) => sum + fill.shares, 0);

const always = (rule: string, holds: (fills: FillSeen[], played: Played) => void) =>
  test(`over any bars and orders, ${rule}`, () => {
    fc.assert(
      fc.property(days, (input) => {
        const played = play(input);
        holds(fillsOf(input, played), played);
      }),
      { numRuns: 150, seed: 20_180_312 },
    );
  });

always('no order fills in a bar that began before it was sent', (fills) => {
  for (const { fill, sentAt } of fills) expect(fill.bar).toBeGreaterThanOrEqual(sentAt);
});

always('a price lies within reach of its bar, and a limit is kept', (fills) => {
  for (const { fill, bar: met, order, atEnd } of fills) {
    const reach = Math.max(200, met.close * 0.001);
    expect(fill.price).toBeGreaterThanOrEqual(met.low - reach);
    expect(fill.price).toBeLessThanOrEqual(met.high + reach);
    if (atEnd) expect(fill.price).toBe(met.close);
    else if (order.limit !== null) expect((order.limit - fill.price) * (fill.side === 'buy' ? 1 : -1)).toBeGreaterThanOrEqual(0);
  }
});

always('a bar gives no more than it traded, and while the session runs only its share', (fills) => {
  for (const inBar of grouped(fills, ({ fill }) => `${fill.symbol} ${fill.bar}`)) {
    const traded = inBar[0]?.bar.volume ?? 0;
    const running = inBar.filter(({ atEnd }) => !atEnd);
    expect(sharesIn(inBar)).toBeLessThanOrEqual(traded);
    expect(sharesIn(running)).toBeLessThanOrEqual(traded * 0.25);
    expect(sharesIn(running.filter(({ order }) => order.type === 'limit'))).toBeLessThanOrEqual(traded * 0.1);
  }
});

always('a position never passes through zero: only entries add, and nothing else takes more than is held', (fills) => {
  for (const ofSymbol of grouped(fills, ({ fill }) => `${fill.symbol}`)) {
    let held = 0;
    for (const { fill, order } of ofSymbol) {
      const after = held + signed(fill);
      expect(order.role === 'entry' ? Math.abs(after) > Math.abs(held) : Math.abs(after) < Math.abs(held)).toBe(true);
      expect(held * after).toBeGreaterThanOrEqual(0);
      held = after;
    }
  }
});

always('the legs of a bracket give back at most what its entry took, and the entry takes nothing after them', (fills) => {
  for (const ofBracket of grouped(fills, ({ order }) => order.parent ?? order.id)) {
    let taken = 0;
    let given = 0;
    for (const { fill, order } of ofBracket) {
      if (order.role === 'entry') expect(given).toBe(0);
      if (order.role === 'entry') taken += fill.shares;
      else if (order.parent !== null) given += fill.shares;
      expect(given).toBeLessThanOrEqual(taken);
    }
  }
});

always('a target never fills in a bar in which its entry filled before it', (fills) => {
  const entered = new Set<string>();
  for (const { fill, order, atEnd } of fills) {
    if (order.role === 'entry') entered.add(`${order.id} ${fill.bar}`);
    if (order.role === 'target' && !atEnd) expect(entered.has(`${order.parent} ${fill.bar}`)).toBe(false);
  }
});

always('the cash is the start less what was paid, plus what was taken, less the fees', (fills, { exchange }) => {
  const flow = fills.reduce((sum, { fill }) => sum - signed(fill) * fill.price - fill.fees, 0);
  expect(exchange.cash).toBe(capital + flow);
});

always(
  'the account that is reported is that of the house to the last 1e-4, and none is reported when there is nothing to say',
  (_, { reports }) => {
    for (const { said, ours, idle } of reports) expect(said).toBe(idle ? null : ours);
  },
);

always('each session ends flat and with nothing at work', (_, { flat, exchange }) => {
  expect(flat).toBe(true);
  expect(exchange.buyingPower).toBe(exchange.cash);
});

always('each accepted order ends once: filled in full, or cancelled with what is left', (fills, { told, sent }) => {
  const accepted = told.flatMap(({ event }) => (event.kind === 'order_accepted' ? [event.order] : []));
  const ends = new Map<OrderId, number[]>();
  for (const { event } of told)
    if (event.kind === 'order_cancelled') ends.set(event.order, [...(ends.get(event.order) ?? []), event.unfilled]);
  expect(new Set(accepted).size).toBe(accepted.length);
  for (const id of accepted) {
    const filled = sharesIn(fills.filter(({ fill }) => fill.order === id));
    const left = (sent.get(id)?.order.shares ?? 0) - filled;
    const crossed = fills.some(({ fill, order, atEnd }) => fill.order === id && atEnd && order.role === 'stop');
    if (!crossed) expect(ends.get(id) ?? []).toEqual(left > 0 ? [left] : []);
    expect((ends.get(id) ?? []).length).toBeLessThanOrEqual(1);
  }
});

test('the same bars and orders give the same news twice', () => {
  const once = (input: readonly (readonly Minute[])[]) => JSON.stringify(play(input).told);
  fc.assert(
    fc.property(days, (input) => {
      const first = once(input);
      return once(input) === first;
    }),
    { numRuns: 100, seed: 20_180_312 },
  );
});

test('the random days meet each kind of fill', () => {
  const met = new Set<string>();
  for (const input of fc.sample(days, { numRuns: 500, seed: 20_180_312 })) {
    for (const { fill, order } of fillsOf(input, play(input)))
      for (const flag of ['plain', ...fill.flags]) met.add(`${order.role} ${flag}`);
  }
  for (const kind of [
    'entry plain',
    'entry gap',
    'stop gap',
    'stop stop_first',
    'stop same_bar',
    'stop at_close',
    'stop no_market',
    'target plain',
    'exit plain',
    'exit gap',
    'exit at_close',
  ]) {
    expect(met).toContain(kind);
  }
});
