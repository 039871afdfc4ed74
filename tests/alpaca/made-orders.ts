import type { BrokerOrderId, ClientOrderId } from '#domain/brokerage/broker-order';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { ticker } from '#domain/values/symbol';
import type { Ask } from '#engine/ports/brokerage';

type Fields = Readonly<Record<string, unknown>>;

export const ORDER = '61e69015-8549-4bfd-b9c3-01e75843f47d';
export const CLIENT = 'cat1-p-k3v9x2-2026-11-30-1204-entry-1';

/** A plain limit order as Alpaca sends it, with all the fields that were seen in October 2026. */
export const madeOrder = (changed: Fields = {}): Fields => ({
  id: ORDER,
  client_order_id: CLIENT,
  created_at: '2026-11-30T14:35:00.123456789Z',
  updated_at: '2026-11-30T09:35:00.999999-05:00',
  submitted_at: '2026-11-30T14:35:00.1Z',
  filled_at: null,
  expired_at: null,
  expires_at: '2027-02-28T21:15:00Z',
  canceled_at: null,
  failed_at: null,
  replaced_at: null,
  replaced_by: null,
  replaces: null,
  asset_id: 'b0b6dd9d-8b9b-48a9-ba46-b9d54906e415',
  symbol: 'BRK.B',
  asset_class: 'us_equity',
  notional: null,
  qty: '100',
  filled_qty: '0',
  filled_avg_price: null,
  order_class: '',
  order_type: 'limit',
  type: 'limit',
  side: 'buy',
  position_intent: 'buy_to_open',
  time_in_force: 'gtc',
  limit_price: '12.34',
  stop_price: null,
  trail_price: null,
  trail_percent: null,
  hwm: null,
  status: 'new',
  extended_hours: false,
  legs: null,
  source: null,
  subtag: null,
  ...changed,
});

/** The bracket that `bracketAsk` asks for. */
export const madeBracket = (changed: Fields = {}): Fields =>
  madeOrder({
    order_class: 'bracket',
    legs: [
      madeLeg({ id: 'leg-target', type: 'limit', order_type: 'limit', limit_price: '13.5', status: 'held' }),
      madeLeg({ id: 'leg-stop', type: 'stop', order_type: 'stop', limit_price: null, stop_price: '11.9', status: 'held' }),
    ],
    ...changed,
  });

const madeLeg = (changed: Fields): Fields =>
  madeOrder({ client_order_id: `made-by-the-broker-${String(changed['id'])}`, side: 'sell', order_class: 'bracket', ...changed });

export const bracketAsk = {
  kind: 'submit_bracket',
  clientId: CLIENT as ClientOrderId,
  ticker: ticker('BRK.B'),
  side: 'buy',
  shares: quantity(100),
  limit: price(123_400),
  stop: price(119_000),
  target: price(135_000),
} as const satisfies Ask;

export const exitAsk = {
  kind: 'submit_exit',
  clientId: CLIENT as ClientOrderId,
  ticker: ticker('BRK.B'),
  side: 'sell',
  shares: quantity(100),
  limit: null,
  stop: null,
} as const satisfies Ask;

export const cancelAsk = { kind: 'cancel_order', order: ORDER as BrokerOrderId } as const satisfies Ask;

export const replaceAsk = {
  kind: 'replace_order',
  order: ORDER as BrokerOrderId,
  clientId: 'cat1-p-k3v9x2-2026-11-30-1204-stop-2' as ClientOrderId,
  shares: null,
  limit: null,
  stop: price(120_000),
} as const satisfies Ask;

export const madeExecution = (changed: Fields = {}): Fields => ({
  id: '20261130093500123::9be2e11d-5ed4-4d13-9d4b-1c2d3e4f5a6b',
  activity_type: 'FILL',
  order_id: ORDER,
  order_status: 'partially_filled',
  symbol: 'BRK.B',
  side: 'buy',
  type: 'partial_fill',
  qty: '40',
  cum_qty: '60',
  leaves_qty: '40',
  price: '12.3399',
  transaction_time: '2026-11-30T14:35:01.5Z',
  ...changed,
});

export const madePosition = (changed: Fields = {}): Fields => ({
  symbol: 'BRK.B',
  qty: '106',
  qty_available: '6',
  side: 'long',
  avg_entry_price: '86.878125',
  current_price: '87.1',
  ...changed,
});

export const madeAccount = (changed: Fields = {}): Fields => ({
  id: 'e6fe16f3-64a4-4921-8928-cadf02f92f98',
  account_number: 'PA1234567890',
  status: 'ACTIVE',
  currency: 'USD',
  cash: '25000.12',
  equity: '31000.5',
  buying_power: '100000',
  multiplier: '4',
  trading_blocked: false,
  account_blocked: false,
  trade_suspended_by_user: false,
  user_configurations: null,
  ...changed,
});
