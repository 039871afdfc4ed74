import { expect, test } from 'vitest';
import type { BrokerOrderId, CashActivity, Execution } from '#domain/brokerage/broker-order';
import type { Adjustment } from '#domain/events/account';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';
import { type OurCash, type OurFill, observationOf, reconcile } from '#main/report/reconciliation';

const at = instant(Date.UTC(2026, 2, 16, 15, 0, 30));
const fill = (side: 'buy' | 'sell', shares: number, dollars: number, adjustment: Adjustment | null = null): OurFill => ({
  at,
  ticker: 'ACME',
  side,
  shares,
  price: dollars * 10_000,
  adjustment,
});
const traded = (id: string, side: 'buy' | 'sell', shares: number, dollars: number, more: Partial<Execution> = {}): Execution => ({
  id,
  order: 'o' as BrokerOrderId,
  ticker: 'ACME' as Ticker,
  side,
  shares,
  cumulative: shares,
  price: price(dollars * 10_000),
  at,
  busts: null,
  corrects: null,
  ...more,
});
const moved = (activity: string, amount: number, cause: OurCash['cause'] = 'fee'): OurCash => ({
  activity,
  cause,
  ticker: 'ACME',
  amount: cash(amount),
  at,
});
const row = (id: string, amount: number): CashActivity => ({ id, cause: 'fee', ticker: null, amount: cash(amount), at, said: 'FEE' });

const rows: readonly [why: string, ours: readonly OurFill[], theirs: readonly Execution[], kinds: readonly string[]][] = [
  ['the same', [fill('buy', 10, 50)], [traded('1', 'buy', 10, 50)], []],
  ['one execution that is told as two', [fill('buy', 10, 50)], [traded('1', 'buy', 4, 50), traded('2', 'buy', 6, 50)], []],
  ['a fill that the journal never heard of', [], [traded('1', 'buy', 10, 50)], ['missing_here']],
  ['a fill that nobody made', [fill('sell', 10, 50)], [], ['missing_there']],
  ['another price', [fill('buy', 10, 50)], [traded('1', 'buy', 10, 51)], ['differs']],
  [
    'a round trip at one price that is missing leaves no shares and no money, and is seen',
    [],
    [traded('1', 'buy', 10, 50), traded('2', 'sell', 10, 50)],
    ['missing_here'],
  ],
  [
    'an execution that was taken back',
    [fill('buy', 10, 50), fill('sell', 10, 50, 'bust')],
    [traded('1', 'buy', 10, 50), traded('2', 'buy', 10, 50, { busts: '1' })],
    [],
  ],
  [
    'one that was taken back, and we do not know',
    [fill('buy', 10, 50)],
    [traded('1', 'buy', 10, 50), traded('2', 'buy', 10, 50, { busts: '1' })],
    ['missing_there'],
  ],
  ['shares that somebody else traded and the book took over', [fill('sell', 5, 50, 'external_trade')], [traded('1', 'sell', 5, 50)], []],
];
for (const [why, ours, theirs, kinds] of rows)
  test(`trades: ${why}`, () => {
    expect(reconcile({ fills: ours, cash: [] }, { executions: theirs, cash: [] }).map(({ kind }) => kind)).toEqual(kinds);
  });

test('a corrected price is money of its trade', () => {
  const executions = [traded('1', 'buy', 10, 50), traded('2', 'buy', 10, 49, { corrects: '1' })];
  const fills = [fill('buy', 10, 50)];
  expect(reconcile({ fills, cash: [moved('2', 100_000, 'correction')] }, { executions, cash: [] })).toEqual([]);
  expect(reconcile({ fills, cash: [] }, { executions, cash: [] })).toMatchObject([
    { kind: 'differs', ours: { money: -5_000_000 }, theirs: { money: -4_900_000 } },
  ]);
});

test('cash is held against the broker row by row, and what differs is told to whoever alerts', () => {
  const differences = reconcile(
    { fills: [], cash: [moved('same', -1), moved('other', -1), moved('ours', -1)] },
    { executions: [], cash: [row('same', -1), row('other', -2), row('theirs', -3)] },
  );
  expect(differences).toMatchObject([
    { kind: 'differs', activity: 'other', ours: -1, theirs: -2 },
    { kind: 'missing_here', activity: 'theirs', ours: null, theirs: -3 },
    { kind: 'missing_there', activity: 'ours', ours: -1, theirs: null },
  ]);
  expect(observationOf(differences)).toEqual({ kind: 'record_differs_from_broker', differences });
  expect(observationOf([])).toBeNull();
});
