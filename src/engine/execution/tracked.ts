import type { BrokerOrder, BrokerOrderId, ClientOrderId } from '#domain/brokerage/broker-order';
import { isEnded, type OrderStatus } from '#domain/orders/life-cycle';
import type { Order, OrderId } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';

/**
 * Where an order of the house is: it waits to be sent; it was sent and nobody has answered; the broker has it; nobody knows;
 * it is over. An order is over only by what the broker says, or by the proof that the broker never had it.
 */
export type Stage = 'waiting' | 'sent' | 'live' | 'unknown' | 'ended';

/** Something that is done again after growing waits. */
export type Again = { step: number; due: Instant };

/** One order of the house on its way through the broker. */
export type Tracked = {
  readonly order: Order;
  readonly ticker: Ticker;
  /** The entry of the bracket that it left with; itself, for an order that left alone. */
  readonly head: OrderId;
  /** What the broker ends together: the bracket whose leg this order has replaced; its own group, for any other. */
  family: OrderId;
  readonly requestedAt: Instant;
  stage: Stage;
  /** Rises only when the attempt before is proven not to be at the broker. */
  attempt: number;
  clientId: ClientOrderId;
  /** The latest instant at which it can have left. */
  sentAt: Instant;
  endedAt: Instant;
  accepted: boolean;
  /** Told to the house, over all orders of the broker that stood for it. */
  filled: number;
  /** Told before a restart, and not yet put down to one of the broker's orders. */
  credit: number;
  /** It was handed over to be sent; one that is only known from the journal may have been sent before a restart. */
  isHanded: boolean;
  cancelWanted: boolean;
  notBefore: Instant;
  tries: number;
  lookUp: Again | null;
  /** The broker's orders that stand for it, oldest first: an order that is replaced gets another name. */
  readonly links: Link[];
  /** The broker's order that is to make room for this one; null once that is settled. */
  replacing: Link | null;
  /** For an entry: whether its legs have been seen at the broker as they were asked for. */
  verified: boolean;
  nestedLooks: number;
  /** It was proven absent: whatever appears of it now is nobody's wish. */
  givenUp: boolean;
  /** The order of the broker that stands for it under the name of another of ours; null for one that has its own name there. */
  takenOver: BrokerOrderId | null;
  /** What stood for it at the broker stands for another of ours now: it is over. */
  hasPassedOn: boolean;
};

/** A cancel is asked for again only after `due`, and a bounded number of times. */
export type Cancel = { at: Instant; due: Instant; tries: number; unsent: number; asking: boolean };

/** One order at the broker that stands for one of ours. */
export type Link = {
  readonly id: BrokerOrderId;
  owner: Tracked;
  view: BrokerOrder;
  /** Set by the roll alone, which knows what is live by it. */
  readonly status: OrderStatus;
  /** Cumulative shares whose fills have been told. */
  applied: number;
  /** The broker has said a word that we do not know, or one that cannot follow: only a read helps. */
  unclear: boolean;
  read: Again | null;
  reading: boolean;
  cancel: Cancel | null;
  misses: number;
  /** Since when the last price has been beyond its stop; null while it is not. */
  passedSince: Instant | null;
};

export const isLive = (link: Link): boolean => !isEnded(link.status);

/** The broker counts more shares than we know the fills of. */
export const hasGap = (link: Link): boolean => link.view.filled > link.applied;

export const liveLink = ({ links }: Tracked): Link | undefined => links.findLast(isLive);

export const isOpen = ({ stage }: Tracked): boolean => stage !== 'ended';

export const unfilledOf = ({ order, filled }: Tracked): number => Math.max(0, order.shares - filled);

/** An exit of its own that takes whatever the market pays. */
export const isFlatten = ({ order }: Tracked): boolean => order.role === 'exit' && order.type === 'market';
