import { type Calendar, usCalendar } from '#domain/market/calendar';
import type { Instant } from '#domain/values/instant';
import type { FaultRule } from '#simulation/broker/fault-rule';

/** What the broker knows of a listing. */
export type AssetFacts = {
  readonly ticker: string;
  readonly name: string;
  readonly exchange: string;
  readonly active: boolean;
  readonly tradable: boolean;
  readonly marginable: boolean;
  readonly shortable: boolean;
  readonly easyToBorrow: boolean;
  readonly fractionable: boolean;
};

/** A listing as most are: traded, lent and split into fractions. */
export const commonAsset = (ticker: string, facts: Partial<AssetFacts> = {}): AssetFacts => ({
  ticker,
  name: `${ticker} Inc. Common Stock`,
  exchange: 'NASDAQ',
  active: true,
  tradable: true,
  marginable: true,
  shortable: true,
  easyToBorrow: true,
  fractionable: true,
  ...facts,
});

/** Milliseconds, both ends included; each value is as likely as the other. */
export type Delay = { readonly fromMs: number; readonly toMs: number };

/** How late each view of one truth is. Each is drawn on its own, so their order is left to chance. Source: broker-alpaca §21.4. */
export type Delays = {
  readonly response: Delay;
  /** Until the venue has an order, or a cancel or a replacement has its effect. */
  readonly state: Delay;
  readonly event: Delay;
  readonly positions: Delay;
  readonly activities: Delay;
};

const upTo = (toMs: number): Delay => ({ fromMs: 0, toMs });

const usualDelays: Delays = { response: upTo(80), state: upTo(120), event: upTo(150), positions: upTo(400), activities: upTo(400) };

/** Everything is true everywhere at once. */
export const noDelays: Delays = { response: upTo(0), state: upTo(0), event: upTo(0), positions: upTo(0), activities: upTo(0) };

export type Keys = { readonly keyId: string; readonly secret: string };

/** Where the broker's conduct is unknown, contradictory or only reported, it does the one or the other. */
export type Habits = {
  /** Which fields an account has: those for pattern day traders went on 2026-07-06. */
  readonly profile: 'current' | 'pre-2026-07';
  /** How many of the orders that could fill at once get a part first. Paper: about a tenth. */
  readonly partialShare: number;
  /** Whether a fill takes no more than is shown. Paper: any size. */
  readonly depth: 'any_size' | 'displayed';
  /** What a stop leg says of itself once it is in force. */
  readonly activeStop: 'held' | 'new';
  /** Whether a suspended account takes orders that close. */
  readonly suspension: 'all_orders' | 'openings';
  /** Whether a bracket may add to a position, or stand beside another order of its name. */
  readonly bracketTopUp: 'accepted' | 'refused';
  /** Whether the number of a replacement is its own, or counts what the old order has filled. */
  readonly replacedQty: 'own' | 'total';
  /** How many cancels are seen as `pending_cancel` before they have their effect. */
  readonly pendingCancelShare: number;
  /** How many news that are no execution have an `execution_id`. */
  readonly namedNewsShare: number;
  /** A second connection with the same key: both live, or its handshake gets a 429 until so long after the first has gone. */
  readonly connections: { readonly kind: 'many' } | { readonly kind: 'one'; readonly heldMs: number };
};

export type BrokerOptions = {
  readonly seed: number;
  readonly now: Instant;
  /** 1e-4 of a dollar. */
  readonly cash: number;
  readonly assets: readonly AssetFacts[];
  readonly keys: Keys;
  readonly accountId: string;
  readonly calendar: Calendar;
  readonly delays: Delays;
  readonly faults: readonly FaultRule[];
  /** Requests in any 60 seconds. */
  readonly rateLimit: number;
  readonly multiplier: 1 | 2 | 4;
  readonly habits: Habits;
};

export type BrokerSettings = Pick<BrokerOptions, 'seed' | 'now' | 'cash' | 'assets' | 'keys' | 'accountId'> &
  Partial<Omit<BrokerOptions, 'habits'>> & { readonly habits?: Partial<Habits> };

const usualHabits: Habits = {
  profile: 'current',
  partialShare: 0.1,
  depth: 'any_size',
  activeStop: 'held',
  suspension: 'all_orders',
  bracketTopUp: 'accepted',
  replacedQty: 'own',
  pendingCancelShare: 0.3,
  namedNewsShare: 0.5,
  connections: { kind: 'many' },
};

/** A paper account as it is met: margin, small delays, no faults, 200 requests a minute. */
export const settledOptions = ({ habits, ...settings }: BrokerSettings): BrokerOptions => ({
  calendar: usCalendar,
  delays: usualDelays,
  faults: [],
  rateLimit: 200,
  multiplier: 4,
  ...settings,
  habits: { ...usualHabits, ...habits },
});
