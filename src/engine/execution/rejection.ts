import type { OrderRejection } from '#domain/events/account';
import type { BrokerRefusal } from '#engine/ports/brokerage';

/** The house's word for what the broker refuses. */
export const rejectionOf: Readonly<Record<BrokerRefusal['reason'], OrderRejection>> = {
  buying_power: 'buying_power',
  shares_reserved: 'shares_reserved',
  wash_trade: 'wash_trade',
  not_tradable: 'not_tradable',
  not_an_entry: 'other',
  bad_price: 'bad_price',
  not_cancelable: 'other',
  not_replaceable: 'other',
  unchanged: 'other',
  duplicate_client_id: 'duplicate_order',
  account_blocked: 'account_blocked',
  not_authorized: 'not_authorized',
  other: 'other',
};
