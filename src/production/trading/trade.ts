import type { WayOut } from '#domain/exits/close-ladder';
import type { Holding } from '#domain/exits/holding';
import type { OrderId, OrderReason, OrderRole } from '#domain/orders/order';
import { averageCost, type Position } from '#domain/portfolio/book';
import type { BracketIds, SizedIntent } from '#domain/risk/approval';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';

/** An order that has left: how much of it has filled, and whether the broker has confirmed it. */
export type SentOrder = {
  readonly role: OrderRole;
  readonly reason: OrderReason;
  readonly shares: number;
  filled: number;
  accepted: boolean;
};

/** What a trade must know of its intent; of shares that came without one, what is assumed for them. */
export type TradeTerms = Pick<SizedIntent, 'symbol' | 'limit' | 'stop' | 'target' | 'atr' | 'shares'>;

/** One approved intent on its way from entry to flat, and which of its orders the broker holds. */
export type Trade = {
  readonly intent: number;
  /** What its orders are named by: several positions can be adopted in one step, and no two orders may share a name. */
  readonly name: string;
  /** As it was approved: its stop is the first one, by which R is measured. */
  readonly order: TradeTerms;
  readonly ids: BracketIds;
  readonly since: Instant;
  /** Every order that was ever sent: a fill can cross a cancel. */
  readonly sent: Map<OrderId, SentOrder>;
  /** Those that can still fill and that we want to. */
  readonly working: Set<OrderId>;
  /** Where the stop stands now. */
  stop: Price;
  /** The highest close since the entry, 0 before the first. */
  highestClose: number;
  leaving: WayOut;
  leavingBecause: OrderReason;
  /** The way out is wanted and not sent: the name does not trade. */
  waiting: boolean;
  /** The name trades again, and no bar has told yet at what price. */
  returned: boolean;
  /** Its shares came without an intent of ours. */
  isAdopted: boolean;
  /** Stops that the broker has refused or ended since one was accepted. */
  lostStops: number;
  timeStop: 'ahead' | 'near' | 'kept' | 'over';
  exits: number;
  /** Shares of the entry that have not filled. */
  entryLeft: number;
  /** The entry has filled or the broker has said that it ended: until then a fill can cross the cancel that we asked for. */
  entryOver: boolean;
  /** The reason of the order that filled last: what closed the position. */
  lastReason: OrderReason;
};

export const newTrade = (
  order: TradeTerms,
  {
    intent,
    name = String(intent),
    date,
    at,
    reason,
  }: { intent: number; name?: string; date: SessionDate; at: Instant; reason: OrderReason },
): Trade => ({
  intent,
  name,
  order,
  ids: bracketIds(date, name),
  since: at,
  sent: new Map(),
  working: new Set(),
  stop: order.stop,
  highestClose: 0,
  leaving: 'no',
  leavingBecause: 'flat_by_close',
  waiting: false,
  returned: false,
  isAdopted: false,
  lostStops: 0,
  timeStop: 'ahead',
  exits: 0,
  entryLeft: order.shares,
  entryOver: false,
  lastReason: reason,
});

/** Same journal, same id: after a crash the replay names the same order and the broker knows its twin. */
const bracketIds = (date: SessionDate, name: string): BracketIds => ({
  entry: `${date}-${name}-entry` as OrderId,
  stop: `${date}-${name}-stop` as OrderId,
  target: `${date}-${name}-target` as OrderId,
});

export const exitId = (date: SessionDate, name: string, count: number): OrderId => `${date}-${name}-exit-${count}` as OrderId;

/** One R: what a share has at risk from the entry's limit to its first stop. It does not change when the stop moves. */
export const riskPerShare = ({ order }: Trade): number => order.limit - order.stop;

/** The trade as the exit rules see it. */
export const holdingOf = (trade: Trade, position: Position): Holding => ({
  averageCost: averageCost(position),
  riskPerShare: riskPerShare(trade),
  atr: trade.order.atr,
  stop: trade.stop,
  mark: position.mark,
  highestClose: trade.highestClose,
});

export const workingStops = ({ working, sent }: Trade): readonly OrderId[] => [...working].filter((id) => sent.get(id)?.role === 'stop');

/** Whether everything is to go at the market and nothing holds that up. */
export const isSelling = ({ leaving, waiting }: Trade): boolean => leaving === 'market' && !waiting;

export function hashTrade(trade: Trade, sink: StateSink): void {
  const { intent, sent, working, leaving, leavingBecause, waiting, returned, timeStop } = trade;
  const { exits, entryLeft, entryOver, stop, highestClose, lastReason } = trade;
  const orders = [...sent].map(([id, { filled, accepted }]) => `${id} ${filled} ${accepted} ${working.has(id)}`);
  sink.text(`${intent} ${leaving} ${leavingBecause} ${waiting} ${returned} ${timeStop} ${orders.join(' ')}`);
  if (trade.lostStops > 0 || trade.isAdopted) sink.text(`${trade.lostStops} ${trade.isAdopted}`);
  sink.text(`${exits} ${entryLeft} ${entryOver} ${stop} ${highestClose} ${lastReason}`);
}
