import { type Instant, instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { ActivityLog } from '#simulation/broker/activity-log';
import { Agenda } from '#simulation/broker/agenda';
import { Chance } from '#simulation/broker/chance';
import type { FaultPlan } from '#simulation/broker/fault-plan';
import { Holdings } from '#simulation/broker/holdings';
import type { JsonObject } from '#simulation/broker/json';
import type { AssetFacts, BrokerOptions } from '#simulation/broker/options';
import type { HeldOrder } from '#simulation/broker/order';
import { OrderShelf } from '#simulation/broker/order-shelf';
import { Sessions } from '#simulation/broker/sessions';
import type { StreamHub } from '#simulation/broker/stream-hub';
import { Tape } from '#simulation/broker/tape';

/** What will happen to an order, or in a name, by itself. */
export type Task =
  /** It reaches the venue. */
  | { readonly kind: 'activate'; readonly order: string }
  | { readonly kind: 'cancel'; readonly order: string }
  | { readonly kind: 'replace'; readonly old: string; readonly by: string; readonly filledBefore: number }
  | { readonly kind: 'reject'; readonly order: string }
  /** The rest of an order that got a part first may fill. */
  | { readonly kind: 'match'; readonly ticker: string }
  /** It fills although nothing asks for it: the other leg of a group, or against a cancel. */
  | { readonly kind: 'fill_anyway'; readonly order: string }
  /** A session begins or ends. */
  | { readonly kind: 'boundary' };

export type Asset = AssetFacts & { readonly id: string };

/** What a person or the broker itself has set on the account. */
export type Restrictions = {
  readonly status: string;
  readonly tradingBlocked: boolean;
  readonly accountBlocked: boolean;
  readonly suspendTrade: boolean;
  readonly closingOnly: boolean;
};

const unrestricted: Restrictions = {
  status: 'ACTIVE',
  tradingBlocked: false,
  accountBlocked: false,
  suspendTrade: false,
  closingOnly: false,
};

/** A split that was announced or has happened: `to` new shares for `from` old ones. */
export type Split = {
  readonly id: string;
  readonly ticker: string;
  readonly date: SessionDate;
  readonly from: number;
  readonly to: number;
};

/** The configuration of an account that nobody has configured. */
const usualSettings: JsonObject = {
  no_shorting: false,
  fractional_trading: true,
  disable_overnight_trading: false,
  max_margin_multiplier: '4',
  trade_confirm_email: 'all',
  ptp_no_exception_entry: false,
};

/** All that the parts of the broker share. Whoever holds it may change it; the functions beside it say how. */
export type Floor = {
  readonly options: BrokerOptions;
  readonly chance: Chance;
  readonly sessions: Sessions;
  readonly tape: Tape;
  readonly streams: StreamHub;
  readonly faults: FaultPlan;
  readonly assets: Map<string, Asset>;
  readonly agenda: Agenda<Task>;
  now: Instant;
  /** Of the account that is open now. */
  accountId: string;
  openedAt: Instant;
  orders: OrderShelf;
  holdings: Holdings;
  activities: ActivityLog;
  restrictions: Restrictions;
  /** What the customer has set, and nothing here is decided by. */
  settings: JsonObject;
  /** Equity (1e-4) at the last close, and at all closes so far. */
  lastEquity: number;
  closes: { readonly at: Instant; readonly equity: number }[];
  splits: Split[];
  /** Names in which shares have come or gone other than by orders: what is reserved there need not be held. */
  disturbed: Set<string>;
};

export function floorOf(options: BrokerOptions, parts: Pick<Floor, 'streams' | 'faults'>): Floor {
  const chance = new Chance(options.seed);
  return {
    options,
    chance,
    ...parts,
    sessions: new Sessions(options.calendar),
    tape: new Tape(),
    assets: new Map(options.assets.map((facts) => [facts.ticker, { ...facts, id: chance.uuid() }])),
    agenda: new Agenda<Task>(),
    now: options.now,
    ...openedAccount(options.accountId, options.cash, options.now),
  };
}

/** An account of which nothing has happened yet. */
export const openedAccount = (accountId: string, cash: number, at: Instant) => ({
  accountId,
  openedAt: at,
  orders: new OrderShelf(),
  holdings: new Holdings(cash, at),
  activities: new ActivityLog(),
  restrictions: unrestricted,
  settings: usualSettings,
  lastEquity: cash,
  closes: [{ at, equity: cash }],
  splits: new Array<Split>(),
  disturbed: new Set<string>(),
});

/** Plans it after one of the broker's delays. */
export const planSoon = (floor: Floor, task: Task, delayMs = floor.chance.delay(floor.options.delays, 'state')): void =>
  floor.agenda.plan(instant(floor.now + delayMs), task);

export const assetIdOf = (floor: Floor, { ticker }: HeldOrder): string => floor.assets.get(ticker)?.id ?? '';
