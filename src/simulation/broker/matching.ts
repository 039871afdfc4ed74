import { endAlone, endGroup } from '#simulation/broker/endings';
import { type Floor, planSoon } from '#simulation/broker/floor';
import { tell } from '#simulation/broker/news';
import { closes, ended, type HeldOrder, isStop, remaining } from '#simulation/broker/order';
import { availableOf } from '#simulation/broker/reservations';
import { fill } from '#simulation/broker/settle';
import { bought, SHARE } from '#simulation/broker/shares-e9';
import type { Quote } from '#simulation/broker/tape';

/** How long the rest of an order waits that got a part first. */
const REST_WAITS = { fromMs: 200, toMs: 3000 };

/** Every working order of a name meets the best prices, the older first. */
export function matchAll(floor: Floor, ticker: string): void {
  for (const { id } of floor.orders.liveIn(ticker)) match(floor, floor.orders.get(id));
}

/** An order meets the best price of the other side. Source: broker-alpaca §20, fills of paper. */
export function match(floor: Floor, order: HeldOrder): void {
  if (ended(order) || !order.working || (isStop(order) && !order.elected)) return;
  const quote = floor.tape.quote(order.ticker);
  // An auction waits for the first price of its session.
  if (quote === null && order.tif === 'opg') return;
  if (!mayTrade(floor, order)) return endAtOnce(floor, order);
  const price = quote === null ? 0 : order.side === 'buy' ? quote.ask : quote.bid;
  if (quote === null || price === 0 || !isWilling(order, price)) return endAtOnce(floor, order);
  const want = order.qty === null ? sharesFor(floor, order, price) : remaining(order);
  const shown = floor.options.habits.depth === 'any_size' ? want : Math.min(want, sizeOf(quote, order));
  if (shown === 0 || want === 0 || (order.tif === 'fok' && shown < want)) return endAtOnce(floor, order);
  const taken = partFirst(floor, order, shown);
  floor.tape.take(order.ticker, order.side, taken);
  const after = fill(floor, order, taken, price);
  if (taken < shown && after.working) planSoon(floor, { kind: 'match', ticker: order.ticker }, floor.chance.between(REST_WAITS));
  endAtOnce(floor, after);
}

/** What an order by money buys, or sells of what is free: it opens nothing in the other direction. */
function sharesFor(floor: Floor, order: HeldOrder, price: number): number {
  const shares = bought(order.notional ?? 0, price);
  return closes(order) ? Math.min(shares, availableOf(floor, order.ticker)) : shares;
}

/** Whether the venue works this order now. */
function mayTrade(floor: Floor, { ticker, extended, tif }: HeldOrder): boolean {
  if (floor.tape.isHalted(ticker)) return false;
  // An order for the close comes to the venue at the close and not before.
  return tif === 'cls' || isOpen(floor, extended);
}

/** Whether anything trades now; the night only for accounts that have not opted out. Source: broker-alpaca §5. */
export function isOpen(floor: Floor, extended: boolean): boolean {
  const phase = floor.sessions.phase(floor.now);
  if (phase === 'core') return true;
  return extended && phase !== 'closed' && !(phase === 'overnight' && floor.settings['disable_overnight_trading'] === true);
}

const isWilling = ({ side, limit }: HeldOrder, price: number): boolean =>
  limit === null || (side === 'buy' ? price <= limit : price >= limit);

const sizeOf = (quote: Quote, { side }: HeldOrder): number => (side === 'buy' ? quote.askSize : quote.bidSize);

function partFirst(floor: Floor, order: HeldOrder, shown: number): number {
  const wholeShares = Math.floor(shown / SHARE);
  if (order.hadPart || order.qty === null || order.tif === 'fok' || wholeShares < 2) return shown;
  if (!floor.faults.order('part_first', order, order.id) && !floor.chance.fills(floor.options.habits.partialShare)) return shown;
  floor.orders.change(order.id, floor.now, { hadPart: true });
  return floor.chance.part(wholeShares - 1) * SHARE;
}

/** Immediate or cancel, fill or kill, an auction: what has not filled at once never will. */
function endAtOnce(floor: Floor, order: HeldOrder): void {
  const once = order.tif !== 'day' && order.tif !== 'gtc';
  if (once && order.working && !ended(order)) endGroup(floor, order, 'canceled');
}

/** A print elects the stops that it reaches, if it lies within the best prices and in core hours. Source: broker-alpaca §7. */
export function elect(floor: Floor, ticker: string, printed: number): void {
  const quote = floor.tape.quote(ticker);
  if (quote === null || floor.sessions.phase(floor.now) !== 'core' || floor.tape.isHalted(ticker)) return;
  if (printed < quote.bid || (quote.ask > 0 && printed > quote.ask)) return;
  for (const { id } of floor.orders.liveIn(ticker)) {
    const order = floor.orders.get(id);
    if (ended(order) || !order.working || order.elected || !isStop(order)) continue;
    const trailed = trail(floor, order, printed);
    if (isReached(trailed, printed)) trigger(floor, trailed);
  }
}

const isReached = ({ side, stop }: HeldOrder, printed: number): boolean =>
  stop !== null && (side === 'sell' ? printed <= stop : printed >= stop);

/** A trailing stop follows its best price. */
function trail(floor: Floor, order: HeldOrder, printed: number): HeldOrder {
  if (order.type !== 'trailing_stop') return order;
  const better = order.mark === null || (order.side === 'sell' ? printed > order.mark : printed < order.mark);
  if (!better) return order;
  return floor.orders.change(order.id, floor.now, { mark: printed, stop: trailedStop(order, printed) });
}

/** The stop of a trailing order at a best price. */
export function trailedStop(
  { side, trailPrice, trailPercent }: Pick<HeldOrder, 'side' | 'trailPrice' | 'trailPercent'>,
  mark: number,
): number {
  const distance = trailPrice ?? Math.floor((mark * (trailPercent ?? 0)) / 10_000);
  return side === 'sell' ? mark - distance : mark + distance;
}

function trigger(floor: Floor, stop: HeldOrder): void {
  const siblings = floor.orders.family(stop).filter(({ id, role }) => stop.parent !== null && id !== stop.id && role === 'target');
  // Both are at the venue in a fast market: then the target is told of the stop when it has filled, not before.
  const together = floor.faults.expects('both_legs_fill', stop);
  // Then both may take the same shares.
  if (together) floor.disturbed.add(stop.ticker);
  else for (const target of siblings) if (!ended(target)) endAlone(floor, target, 'canceled');
  const elected = floor.orders.change(stop.id, floor.now, { elected: true, ...(stop.status === 'held' ? { status: 'new' } : {}) });
  if (stop.parent !== null && floor.faults.order('stop_by_replacement', stop, stop.id)) return match(floor, succeed(floor, elected));
  match(floor, elected);
}

/** A triggered leg goes on under another id. Source: broker-alpaca §9.1. */
function succeed(floor: Floor, stop: HeldOrder): HeldOrder {
  const id = floor.chance.uuid();
  const successor: HeldOrder = {
    ...stop,
    id,
    clientId: floor.chance.uuid(),
    sequence: floor.orders.nextSequence,
    type: stop.limit === null ? 'market' : 'limit',
    stop: null,
    status: 'new',
    replaces: stop.id,
    createdAt: floor.now,
    updatedAt: floor.now,
  };
  floor.orders.add(successor);
  inherit(floor, stop, id);
  const old = floor.orders.change(stop.id, floor.now, { status: 'replaced', working: false, replacedBy: id, replacedAt: floor.now });
  tell(floor, 'replaced', old);
  tell(floor, 'new', successor);
  return successor;
}

/** The group knows the new order in the place of the old one. */
export function inherit(floor: Floor, old: HeldOrder, by: string): void {
  if (old.parent !== null) {
    const parent = floor.orders.get(old.parent);
    floor.orders.change(parent.id, floor.now, { legs: parent.legs.map((leg) => (leg === old.id ? by : leg)) });
  }
  for (const leg of old.legs) floor.orders.change(leg, floor.now, { parent: by });
}
