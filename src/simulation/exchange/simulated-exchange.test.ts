import { expect, test } from 'vitest';
import type { AccountEvent } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import type { Order, OrderId, Side } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import { cash } from '#domain/values/cash';
import { formatE4 } from '#domain/values/decimal';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';

const open = instant(1_520_861_400_000);
const minutes = 5;
const session = { date: '2018-03-12' as SessionDate, open, close: instant(open + minutes * MINUTE_MS), symbols: 2 };

const dollars = (amount: number) => price(Math.round(amount * 10_000));
const priced = (amount: number | undefined) => (amount === undefined ? null : dollars(amount));
const approved = (orders: readonly Order[]): readonly Approved<Order>[] => orders as never;

type Draft = Pick<Order, 'role' | 'type' | 'side'> & { shares?: number; limit?: number; stop?: number; parent?: string; symbol?: number };

function order(id: string, { role, type, side, shares = 100, limit, stop, parent, symbol = 0 }: Draft): Order {
  return {
    id: id as OrderId,
    role,
    type,
    side,
    symbol: symbolIndex(symbol),
    shares: quantity(shares),
    limit: priced(limit),
    stop: priced(stop),
    parent: (parent ?? null) as OrderId | null,
    intent: 1,
    reason: 'bull_flag',
  };
}

type BracketDraft = { side?: Side; shares?: number; limit: number; stop: number; target: number; name?: string; symbol?: number };

function bracket({ side = 'buy', shares = 100, limit, stop, target, name = '', symbol = 0 }: BracketDraft) {
  const parent = `${name}entry`;
  const back: Side = side === 'buy' ? 'sell' : 'buy';
  return approved([
    order(parent, { role: 'entry', type: 'limit', side, shares, limit, symbol }),
    order(`${name}stop`, { role: 'stop', type: 'stop', side: back, shares, stop, parent, symbol }),
    order(`${name}target`, { role: 'target', type: 'limit', side: back, shares, limit: target, parent, symbol }),
  ]);
}
const exit = (draft: Omit<Draft, 'role' | 'side'> & { side?: Side }, id = 'exit') =>
  approved([order(id, { role: 'exit', side: 'sell', ...draft })]);

type Bar = readonly [open: number, high: number, low: number, close: number, volume: number];

function frame(minute: number, [o, h, l, c, v]: Bar, regular = true): Frame {
  const column = (value: number) => Int32Array.of(Math.round(value * 10_000));
  const start = instant(open + minute * MINUTE_MS);
  const prices = { open: column(o), high: column(h), low: column(l), close: column(c) };
  return { minute: 570 + minute, start, present: 1, regular, width: 1, ...prices, volume: Int32Array.of(v) };
}

const noBar: Bar = [0, 0, 0, 0, -1];
const exchange = (capital = 100_000) => new SimulatedExchange({ capital: cash(capital * 10_000), feesOf: () => () => cash(0) });

function say(event: AccountEvent): string {
  if (event.kind === 'order_accepted') return `${event.order} accepted`;
  if (event.kind === 'order_rejected') return `${event.order} rejected: ${event.reason}`;
  if (event.kind === 'order_cancelled') return `${event.order} cancelled with ${event.unfilled} left`;
  if (event.kind === 'account_reported') return `cash ${formatE4(event.cash)}, equity ${formatE4(event.equity)}`;
  if (event.kind !== 'order_filled') return event.kind;
  const { order: id, side, shares, price: at, bar, flags } = event;
  const minute = (bar - open) / MINUTE_MS;
  return [`${minute}: ${id} ${side}s ${shares} at ${formatE4(at).slice(0, -2)}`, ...flags].join(' ');
}

type Step = { submit: readonly Approved<Order>[] } | { cancel: string } | { bar: Bar } | 'close';

function play(steps: readonly Step[], on = exchange()): readonly string[] {
  on.openSession(session);
  let minute = 0;
  for (const step of steps) {
    if (step === 'close') on.closeSession();
    else if ('submit' in step) on.submit(step.submit);
    else if ('cancel' in step) on.cancel(step.cancel as OrderId);
    else on.advance(frame(minute++, step.bar));
  }
  return on
    .takeNews()
    .map(say)
    .filter((line) => !line.endsWith('accepted') && !line.startsWith('cash'));
}

const long = { submit: bracket({ limit: 10, stop: 9.5, target: 11 }) };
const short = { submit: bracket({ side: 'sell', limit: 10, stop: 10.5, target: 9 }) };
const entersLong = { bar: [9.9, 9.95, 9.85, 9.9, 10_000] } as const;
const entersShort = { bar: [10.1, 10.15, 10.05, 10.1, 10_000] } as const;
const entered = '0: entry buys 100 at 9.91';
const shorted = '0: entry sells 100 at 10.09';
const at = (...bar: Bar) => ({ bar });

const older = bracket({ limit: 10, stop: 9.5, target: 11, shares: 200, name: 'older ' });
const younger = bracket({ limit: 10, stop: 9.5, target: 11, shares: 12, name: 'younger ' });
const thinBar = at(9.9, 9.95, 9.85, 9.9, 120);
const twoBrackets = ['0: older entry buys 200 at 9.91', '2: younger entry buys 12 at 9.91'];

const rows: readonly [why: string, steps: readonly Step[], news: readonly string[]][] = [
  ['a limit buy above the open pays the open and half the spread', [long, entersLong], [entered]],
  [
    'the cost of crossing is 2 bp where that is more than a cent',
    [{ submit: bracket({ limit: 210, stop: 190, target: 250 }) }, at(200.005, 201, 200, 200, 9_000)],
    ['0: entry buys 100 at 200.05'],
  ],
  ['a limit buy never pays more than its limit', [long, at(9.995, 10.2, 9.99, 10, 10_000)], ['0: entry buys 100 at 10.00']],
  ['a limit buy that the bar trades through fills at its limit', [long, at(10.1, 10.2, 9.99, 10, 10_000)], ['0: entry buys 100 at 10.00']],
  ['a limit buy that is only touched does not fill', [long, at(10.1, 10.2, 10, 10, 10_000)], []],
  ['a limit sell mirrors the limit buy', [short, entersShort], [shorted]],
  ['a limit sell that is only touched does not fill', [short, at(9.9, 10, 9.8, 10, 10_000)], []],
  [
    'a resting limit that the open passes fills at the open',
    [long, at(10.1, 10.2, 10.05, 10.1, 10_000), at(9.8, 9.9, 9.7, 9.8, 10_000)],
    ['1: entry buys 100 at 9.81 gap'],
  ],
  [
    'an open a tick better is no gap',
    [long, at(10.1, 10.2, 10.05, 10.1, 10_000), at(9.99, 10, 9.9, 9.9, 10_000)],
    ['1: entry buys 100 at 10.00'],
  ],
  ['no bar, no fill', [long, at(...noBar), at(9.9, 9.9, 9.9, 9.9, 0)], []],
  [
    'limit orders take a tenth of the volume, in whole shares',
    [long, at(9.9, 9.95, 9.85, 9.9, 499), at(9.9, 9.95, 9.85, 9.9, 9), at(9.9, 9.95, 9.85, 9.9, 2_000)],
    ['0: entry buys 49 at 9.91', '2: entry buys 51 at 9.91 gap'],
  ],
  [
    'a stop fills beyond its price, and by a tenth of the way to the low',
    [long, entersLong, at(9.8, 9.8, 9.4, 9.6, 10_000)],
    [entered, '1: stop sells 100 at 9.48', 'target cancelled with 100 left'],
  ],
  [
    'a touched stop is triggered',
    [long, entersLong, at(9.8, 9.8, 9.5, 9.6, 10_000)],
    [entered, '1: stop sells 100 at 9.49', 'target cancelled with 100 left'],
  ],
  [
    'a bar that opens beyond the stop fills at the open',
    [long, entersLong, at(9.3, 9.4, 9.2, 9.3, 10_000)],
    [entered, '1: stop sells 100 at 9.29 gap', 'target cancelled with 100 left'],
  ],
  [
    'the stop of a short buys above',
    [short, entersShort, at(10.2, 10.6, 10.2, 10.3, 10_000)],
    [shorted, '1: stop buys 100 at 10.52', 'target cancelled with 100 left'],
  ],
  [
    'the stop of a short gaps up',
    [short, entersShort, at(10.8, 10.9, 10.7, 10.8, 10_000)],
    [shorted, '1: stop buys 100 at 10.81 gap', 'target cancelled with 100 left'],
  ],
  [
    'a triggered stop goes on as a market order',
    [long, entersLong, at(9.6, 9.6, 9.45, 9.6, 160), at(9.7, 9.8, 9.6, 9.7, 10_000)],
    [entered, '1: stop sells 40 at 9.48', '2: stop sells 60 at 9.69', 'target cancelled with 100 left'],
  ],
  [
    'a target that the bar trades through fills at its limit',
    [long, entersLong, at(10.5, 11.01, 10.4, 11, 10_000)],
    [entered, '1: target sells 100 at 11.00', 'stop cancelled with 100 left'],
  ],
  [
    'a target that the open passes fills at the open',
    [long, entersLong, at(11.5, 11.6, 11.4, 11.5, 10_000)],
    [entered, '1: target sells 100 at 11.49 gap', 'stop cancelled with 100 left'],
  ],
  [
    'stop and target in one bar: the stop came first',
    [long, entersLong, at(10, 11.2, 9.4, 10, 10_000)],
    [entered, '1: stop sells 100 at 9.48 stop_first', 'target cancelled with 100 left'],
  ],
  [
    'entry and stop in one bar: the stop came after',
    [long, at(10.1, 10.2, 9.45, 9.6, 10_000)],
    ['0: entry buys 100 at 10.00', '0: stop sells 100 at 9.48 same_bar', 'target cancelled with 100 left'],
  ],
  [
    'entry and target in one bar: the target waits',
    [long, at(9.9, 11.2, 9.8, 11.1, 10_000), at(11.1, 11.2, 11, 11.1, 10_000)],
    [entered, '1: target sells 100 at 11.09 gap', 'stop cancelled with 100 left'],
  ],
  [
    'a leg that starts to fill ends the entry and halves the other leg',
    [long, at(9.9, 9.95, 9.85, 9.9, 500), at(10.9, 11.1, 10.8, 11, 200), at(9.4, 9.5, 9.3, 9.4, 10_000)],
    [
      '0: entry buys 50 at 9.91',
      '1: target sells 20 at 11.00',
      'entry cancelled with 50 left',
      '2: stop sells 30 at 9.39 gap',
      'stop cancelled with 70 left',
      'target cancelled with 80 left',
    ],
  ],
  [
    'an entry cancelled before it filled takes its legs along',
    [long, { cancel: 'entry' }, entersLong],
    ['entry cancelled with 100 left', 'stop cancelled with 100 left', 'target cancelled with 100 left'],
  ],
  [
    'an entry cancelled in part leaves its legs for what it filled',
    [long, at(9.9, 9.95, 9.85, 9.9, 500), { cancel: 'entry' }, at(9.4, 9.5, 9.3, 9.4, 10_000)],
    [
      '0: entry buys 50 at 9.91',
      'entry cancelled with 50 left',
      '1: stop sells 50 at 9.39 gap',
      'stop cancelled with 50 left',
      'target cancelled with 100 left',
    ],
  ],
  [
    'a cancelled leg does not fill, the other still does',
    [long, entersLong, { cancel: 'target' }, at(11.5, 11.6, 11.4, 11.5, 10_000), at(9.4, 9.5, 9.3, 9.4, 10_000)],
    [entered, 'target cancelled with 100 left', '2: stop sells 100 at 9.39 gap'],
  ],
  [
    'a market exit fills at the next open less the cost, up to a quarter of the volume',
    [long, entersLong, { submit: exit({ type: 'market' }) }, at(10, 10.1, 9.9, 10, 200), at(10, 10.1, 9.9, 10, 200)],
    [entered, '1: exit sells 50 at 9.99', '2: exit sells 50 at 9.99', 'stop cancelled with 100 left', 'target cancelled with 100 left'],
  ],
  [
    'a limit exit and a target never sell more than is held',
    [
      long,
      entersLong,
      { submit: exit({ type: 'limit', limit: 10.2 }) },
      at(11.2, 11.3, 11.1, 11.2, 600),
      at(11.2, 11.3, 11.1, 11.2, 2_000),
    ],
    [
      entered,
      '1: exit sells 60 at 11.19',
      '2: exit sells 40 at 11.19 gap',
      'stop cancelled with 100 left',
      'target cancelled with 100 left',
    ],
  ],
  [
    'stop before exit before target where they share a bar',
    [
      long,
      entersLong,
      { submit: exit({ type: 'limit', limit: 9.6, shares: 80 }) },
      at(9.7, 9.75, 9.4, 9.6, 200),
      at(9.7, 9.75, 9.65, 9.7, 10_000),
    ],
    [entered, '1: stop sells 50 at 9.48', '2: stop sells 50 at 9.69', 'target cancelled with 100 left', 'exit cancelled with 80 left'],
  ],
  [
    'an exit cannot take more than the position',
    [long, entersLong, { submit: exit({ type: 'market', shares: 500 }) }, at(10, 10.1, 9.9, 10, 10_000)],
    [
      entered,
      '1: exit sells 100 at 9.99',
      'stop cancelled with 100 left',
      'target cancelled with 100 left',
      'exit cancelled with 400 left',
    ],
  ],
  ['an exit without a position ends at once', [{ submit: exit({ type: 'market' }) }], ['exit cancelled with 100 left']],
  [
    'an exit in the direction of the position ends at once',
    [long, entersLong, { submit: exit({ type: 'market', side: 'buy' }) }],
    [entered, 'exit cancelled with 100 left'],
  ],
  ['an order meets no bar that began before it', [at(9.9, 9.95, 9.85, 9.9, 10_000), long, at(10.5, 10.6, 10.4, 10.5, 10_000)], []],
  [
    'what is left goes at the last close, in the name of the exit',
    [
      long,
      entersLong,
      at(10, 10, 10, 10, 9_000),
      at(10, 10, 10, 10, 9_000),
      { submit: exit({ type: 'limit', limit: 12 }) },
      at(10, 10, 10, 10, 9_000),
      at(10, 10.1, 9.9, 10.05, 9_000),
      'close',
    ],
    [entered, '4: exit sells 100 at 10.05 at_close', 'stop cancelled with 100 left', 'target cancelled with 100 left'],
  ],
  [
    'without an exit it goes in the name of the stop',
    [long, entersLong, at(...noBar), at(...noBar), at(...noBar), at(10, 10, 10, 10.02, 9_000), 'close'],
    [entered, '4: stop sells 100 at 10.02 at_close', 'target cancelled with 100 left'],
  ],
  [
    'a name without a last bar goes at its last close, in the name of an order older than that bar',
    [
      long,
      entersLong,
      at(10, 10, 10, 10.03, 9_000),
      at(...noBar),
      { submit: exit({ type: 'market' }) },
      at(...noBar),
      at(...noBar),
      'close',
    ],
    [entered, '1: stop sells 100 at 10.03 no_market', 'target cancelled with 100 left', 'exit cancelled with 100 left'],
  ],
  [
    'a thin last bar takes what it traded, earlier bars take the rest at their own closes',
    [long, entersLong, at(10, 10, 10, 10.01, 30), at(...noBar), at(10, 10, 10, 10.02, 20), at(10, 10, 10, 10.03, 10), 'close'],
    [
      entered,
      '4: stop sells 10 at 10.03 at_close',
      '3: stop sells 20 at 10.02 no_market',
      '1: stop sells 30 at 10.01 no_market',
      '0: stop sells 40 at 9.90 no_market',
      'target cancelled with 100 left',
    ],
  ],
  [
    'the shares that we had of a bar are not there again at the close',
    [long, entersLong, at(...noBar), at(...noBar), { submit: exit({ type: 'market' }) }, at(...noBar), at(10, 10, 10, 10, 100), 'close'],
    [
      entered,
      '4: exit sells 25 at 9.99',
      '4: exit sells 75 at 10.00 at_close',
      'stop cancelled with 100 left',
      'target cancelled with 100 left',
    ],
  ],
  [
    'a stop that was cancelled still names the last fill when nothing else is old enough',
    [long, entersLong, { cancel: 'stop' }, { cancel: 'target' }, 'close'],
    [entered, 'stop cancelled with 100 left', 'target cancelled with 100 left', '0: stop sells 100 at 9.90 no_market'],
  ],
  [
    'at the close the younger of two brackets takes the newer bar',
    [{ submit: older }, entersLong, at(...noBar), { submit: younger }, thinBar, 'close'],
    [
      ...twoBrackets,
      '2: younger stop sells 12 at 9.90 no_market',
      'younger target cancelled with 12 left',
      '2: older stop sells 96 at 9.90 no_market',
      '0: older stop sells 104 at 9.90 no_market',
      'older target cancelled with 200 left',
    ],
  ],
  [
    'an exit at the close serves the younger bracket first',
    [
      { submit: older },
      entersLong,
      at(...noBar),
      { submit: younger },
      { submit: exit({ type: 'limit', limit: 12, shares: 200 }) },
      thinBar,
      'close',
    ],
    [
      ...twoBrackets,
      '2: exit sells 108 at 9.90 no_market',
      'younger stop cancelled with 12 left',
      'younger target cancelled with 12 left',
      '0: older stop sells 104 at 9.90 no_market',
      'older stop cancelled with 96 left',
      'older target cancelled with 200 left',
      'exit cancelled with 92 left',
    ],
  ],
  [
    'a leg cancelled before the entry leaves the other leg',
    [long, { cancel: 'target' }, entersLong, at(9.3, 9.4, 9.2, 9.3, 10_000)],
    ['target cancelled with 100 left', entered, '1: stop sells 100 at 9.29 gap'],
  ],
  [
    'an entry that never filled ends with the session',
    [long, 'close'],
    ['entry cancelled with 100 left', 'stop cancelled with 100 left', 'target cancelled with 100 left'],
  ],
];
for (const [why, steps, news] of rows) test(`fills: ${why}`, () => expect(play(steps)).toEqual(news));

const rejections: readonly [why: string, steps: readonly Step[], capital: number, reason: string | null][] = [
  ['an entry that the cash just pays is accepted', [long], 1_000, null],
  ['an entry above the cash is not', [long], 999, 'buying_power'],
  [
    'what another entry may still cost cannot be spent twice',
    [{ submit: bracket({ limit: 10, stop: 9, target: 12, name: 'first ' }) }, long],
    1_999,
    'buying_power',
  ],
  [
    'a cancelled entry gives its claim back',
    [{ submit: bracket({ limit: 10, stop: 9, target: 12, name: 'first ' }) }, { cancel: 'first entry' }, long],
    1_000,
    null,
  ],
  [
    'a position has cost its cash',
    [long, entersLong, { submit: bracket({ limit: 10, stop: 9, target: 12, name: 'second ' }) }],
    1_900,
    'buying_power',
  ],
  [
    'the proceeds of a short buy nothing',
    [short, entersShort, { submit: bracket({ limit: 10, stop: 9, target: 12, name: 'second ', symbol: 1 }) }],
    1_500,
    'buying_power',
  ],
  [
    'a symbol is not held in both directions',
    [long, entersLong, { submit: bracket({ side: 'sell', limit: 10, stop: 11, target: 9, name: 'other ' }) }],
    100_000,
    'buying_power',
  ],
  ['an id is used once', [long, long], 100_000, 'duplicate_order'],
  [
    'an id is used once within a group',
    [
      {
        submit: [
          ...long.submit.slice(0, 2),
          ...approved([order('stop', { role: 'target', type: 'limit', side: 'sell', limit: 11, parent: 'entry' })]),
        ],
      },
    ],
    100_000,
    'duplicate_order',
  ],
  ['an id stays used after the order ended', [long, { cancel: 'entry' }, long], 100_000, 'duplicate_order'],
  [
    'a symbol without a column is not known',
    [{ submit: bracket({ limit: 10, stop: 9, target: 12, symbol: 2 }) }],
    100_000,
    'unknown_symbol',
  ],
  [
    'after the last minute the session takes no order',
    [at(...noBar), at(...noBar), at(...noBar), at(...noBar), at(...noBar), long],
    100_000,
    'session_closed',
  ],
  ['a closed session takes no order', ['close', long], 100_000, 'session_closed'],
];
for (const [why, steps, capital, reason] of rejections) {
  test(`answers: ${why}`, () => {
    const news = play(steps, exchange(capital)).filter((line) => line.includes('rejected'));
    const ids = steps.flatMap((step) => (typeof step === 'object' && 'submit' in step ? [step.submit] : [])).at(-1) ?? [];
    expect(news).toEqual(reason === null ? [] : ids.map(({ id }) => `${id} rejected: ${reason}`));
  });
}

test('orders of a group are accepted in its order, before anything else is said of them', () => {
  const on = exchange();
  on.openSession(session);
  on.submit(long.submit);
  expect(on.takeNews().map(say)).toEqual(['entry accepted', 'stop accepted', 'target accepted']);
  expect(on.takeNews()).toEqual([]);
});

const reports: readonly [why: string, steps: readonly Step[], said: readonly string[]][] = [
  ['nothing while nothing is held', [long, at(10.2, 10.3, 10.1, 10.2, 10_000), at(10.2, 10.3, 10.1, 10.2, 10_000)], []],
  ['what is bought just now counts at its price', [long, entersLong], ['cash 99009.0000, equity 100000.0000']],
  [
    'later at the close of the minute before: the one of this minute has not been told yet',
    [long, entersLong, at(10.2, 10.3, 10.1, 10.2, 10_000), at(...noBar)],
    ['cash 99009.0000, equity 100000.0000', 'cash 99009.0000, equity 99999.0000', 'cash 99009.0000, equity 100029.0000'],
  ],
  [
    'the minute that ends the position, and no more',
    [long, entersLong, at(9.4, 9.4, 9.3, 9.35, 10_000), at(9.4, 9.4, 9.3, 9.35, 10_000)],
    ['cash 99009.0000, equity 100000.0000', 'cash 99948.0000, equity 99948.0000'],
  ],
];
for (const [why, steps, said] of reports) {
  test(`the account is reported: ${why}`, () => {
    const on = exchange();
    on.openSession(session);
    let minute = 0;
    for (const step of steps) {
      if (typeof step === 'object' && 'submit' in step) on.submit(step.submit);
      if (typeof step === 'object' && 'bar' in step) on.advance(frame(minute++, step.bar));
    }
    const lines = on.takeNews().map(say);
    expect(lines.filter((line) => line.startsWith('cash'))).toEqual(said);
  });
}

test('no account is reported of a minute outside of the regular session', () => {
  const on = exchange();
  play([long, entersLong], on);
  on.advance(frame(1, entersLong.bar, false));
  expect(on.takeNews()).toEqual([]);
});

test('an order that is sent between two frames meets no bar that began before it', () => {
  const on = exchange();
  on.openSession(session);
  on.timeIs(instant(open + 30_000));
  on.submit(long.submit);
  on.advance(frame(0, entersLong.bar));
  expect(on.position(symbolIndex(0))).toBe(0);
  on.advance(frame(1, entersLong.bar));
  expect(on.position(symbolIndex(0))).toBe(100);
});

test('the time does not run back', () => {
  const on = exchange();
  on.openSession(session);
  on.advance(frame(0, entersLong.bar));
  on.timeIs(open);
  on.submit(long.submit);
  on.advance(frame(0, entersLong.bar));
  expect(on.position(symbolIndex(0))).toBe(0);
});

test('a suspended account takes no order that opens anything; exits, stops and cancels pass, until it is resumed', () => {
  const on = exchange();
  play([long, entersLong], on);
  const heard = (): readonly string[] =>
    on
      .takeNews()
      .map(say)
      .filter((line) => !line.startsWith('cash'));
  on.suspend();
  on.submit(younger);
  expect(heard()).toEqual(['entry', 'stop', 'target'].map((leg) => `younger ${leg} rejected: suspended`));
  on.submit(approved([order('moved', { role: 'stop', type: 'stop', side: 'sell', stop: 9.6, parent: 'entry' })]));
  on.cancel('stop' as OrderId);
  expect(heard()).toEqual(['moved accepted', 'stop cancelled with 100 left']);
  on.submit(exit({ type: 'market' }));
  on.advance(frame(1, [9.9, 9.95, 9.85, 9.9, 10_000]));
  expect(on.position(symbolIndex(0))).toBe(0);
  on.takeNews();
  on.resume();
  on.submit(bracket({ limit: 10, stop: 9.5, target: 11, name: 'later ' }));
  expect(heard()).toEqual(['later entry accepted', 'later stop accepted', 'later target accepted']);
});

test('a stop that takes the place of the bracket’s own covers what is held beside the target, and ends with it', () => {
  const moved = { submit: approved([order('moved', { role: 'stop', type: 'stop', side: 'sell', stop: 9.8, parent: 'entry' })]) };
  const filled = play([long, entersLong, { cancel: 'stop' }, moved, at(9.9, 9.95, 9.7, 9.75, 10_000)]);
  expect(filled.slice(1)).toEqual(['stop cancelled with 100 left', '1: moved sells 100 at 9.78', 'target cancelled with 100 left']);
  const both = play([long, entersLong, { cancel: 'stop' }, moved, at(9.9, 11.5, 9.7, 9.75, 10_000)]);
  expect(both[2]).toBe('1: moved sells 100 at 9.78 stop_first');
  const gained = play([long, entersLong, { cancel: 'stop' }, moved, at(11.2, 11.3, 11.1, 11.2, 10_000)]);
  expect(gained.slice(1)).toEqual(['stop cancelled with 100 left', '1: target sells 100 at 11.19 gap', 'moved cancelled with 100 left']);
});

test('a bar outside of the regular session fills nothing', () => {
  const on = exchange();
  on.openSession(session);
  on.submit(long.submit);
  on.advance(frame(0, entersLong.bar, false));
  expect(on.position(symbolIndex(0))).toBe(0);
});

test('an order sent before the open does not meet a bar before it', () => {
  const on = exchange();
  on.openSession(session);
  on.submit(long.submit);
  on.advance(frame(-1, entersLong.bar));
  expect(on.position(symbolIndex(0))).toBe(0);
});

test('fees are charged to the fill that causes them and leave the cash', () => {
  const on = new SimulatedExchange({ capital: cash(1_000_000_000), feesOf: usFeesOf });
  play([long, entersLong], on);
  expect(on.cash).toBe(1_000_000_000 - 100 * 99_100);
  on.submit(exit({ type: 'market' }));
  on.advance(frame(1, [10, 10.1, 9.9, 10, 10_000]));
  const fees = on.takeNews().map((event) => (event.kind === 'order_filled' ? event.fees : 0));
  expect(Math.max(...fees)).toBeGreaterThan(0);
  expect(on.cash).toBe(1_000_000_000 + 100 * 800 - Math.max(...fees));
});

test('a session opens only after the last one has closed', () => {
  const on = exchange();
  on.openSession(session);
  expect(() => on.openSession(session)).toThrow('after the last one');
});

const misshapen: readonly [why: string, orders: readonly Approved<Order>[]][] = [
  ['an entry without a stop', long.submit.slice(0, 1)],
  [
    'a stop for fewer shares than its entry',
    [
      ...long.submit.slice(0, 1),
      ...approved([order('s', { role: 'stop', type: 'stop', side: 'sell', shares: 50, stop: 9, parent: 'entry' })]),
    ],
  ],
  ['a leg of another entry', [...long.submit.slice(0, 1), ...bracket({ limit: 10, stop: 9, target: 12, name: 'x ' }).slice(1)]],
  ['a limit order without a limit', exit({ type: 'limit' })],
  ['nothing', []],
];
for (const [why, orders] of misshapen) {
  test(`a group of another shape is a bug: ${why}`, () => {
    const on = exchange();
    on.openSession(session);
    expect(() => on.submit(orders)).toThrow('assertion failed');
  });
}
