import type { CashCause } from '#domain/events/account';
import type { OrderStatus } from '#domain/orders/life-cycle';
import type { Side } from '#domain/orders/order';
import type { Branded } from '#domain/values/branded';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';

/** The broker's own name of an order; a replaced order gets a new one. */
export type BrokerOrderId = Branded<string, 'broker_order_id'>;

/** Our name of an order at the broker, unique for ever; a leg of a bracket has one that the broker made up. */
export type ClientOrderId = Branded<string, 'client_order_id'>;

/** `unknown` where the broker says a word that we do not know: then nothing may be assumed of the order. */
export type OrderShape = 'simple' | 'bracket' | 'oco' | 'oto' | 'unknown';
export type BrokerOrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop' | 'unknown';

/** How long an order lasts: till it is cancelled, or till the end of this session at the latest; `unknown` where the broker does not say. */
export type TimeInForce = 'gtc' | 'day' | 'unknown';

/** One order as the broker has it. Quantities are shares, cumulative for this order alone. */
export type BrokerOrder = {
  readonly id: BrokerOrderId;
  readonly clientId: ClientOrderId;
  readonly ticker: Ticker;
  readonly side: Side;
  readonly shape: OrderShape;
  readonly type: BrokerOrderType;
  readonly timeInForce: TimeInForce;
  readonly shares: number;
  readonly filled: number;
  /** The mean price of what has filled in 1e-4, perhaps with a fraction; null before. */
  readonly meanPrice: number | null;
  readonly limit: Price | null;
  readonly stop: Price | null;
  /** 'unknown' is a word that is no status: what the order does is not known. */
  readonly status: OrderStatus | 'unknown';
  readonly replacedBy: BrokerOrderId | null;
  readonly replaces: BrokerOrderId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Null where the answer does not tell of legs; none is an empty list. */
  readonly legs: readonly BrokerOrder[] | null;
};

/** One execution. `cumulative` is what the order has filled with it. */
export type Execution = {
  /** The broker's name of it where there is one. */
  readonly id: string | null;
  readonly order: BrokerOrderId;
  readonly ticker: Ticker;
  readonly side: Side;
  readonly shares: number;
  readonly cumulative: number;
  readonly price: Price;
  readonly at: Instant;
  /** The name of an earlier execution that this one takes back; null for one that trades. */
  readonly busts: string | null;
  /** The name of an earlier execution in whose place this one stands; null for one that stands for itself. */
  readonly corrects: string | null;
};

/** A row of the account's activities by which money came or went without a trade. */
export type CashActivity = {
  readonly id: string;
  readonly cause: CashCause;
  readonly ticker: Ticker | null;
  readonly amount: Cash;
  /** When it was booked; the end of its day where the broker tells only that. */
  readonly at: Instant;
  /** The broker's own word for what it is. */
  readonly said: string;
};

/** Shares are negative for a short, perhaps with a fraction where somebody else has traded. */
export type BrokerPosition = {
  readonly ticker: Ticker;
  readonly shares: number;
  /** What no working order reserves. */
  readonly available: number;
  /** 1e-4, perhaps with a fraction. */
  readonly meanCost: number;
  readonly price: Price | null;
};

export type BrokerAccount = {
  /** The account's name: another one is another account. */
  readonly id: string;
  readonly cash: Cash;
  readonly equity: Cash;
  /** Why it takes no orders; null when it does. */
  readonly blocked: string | null;
  /** Whether it takes no orders because it was told so. */
  readonly suspended: boolean;
};

export type BrokerClock = { readonly now: Instant; readonly isOpen: boolean; readonly nextOpen: Instant; readonly nextClose: Instant };
