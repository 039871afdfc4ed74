import { isReplaceable } from '#domain/orders/life-cycle';
import { fieldIn, textIn } from '#domain/values/json-field';
import { accountFigures } from '#simulation/broker/account-figures';
import { forbidden, refuse, unprocessable } from '#simulation/broker/api-answer';
import { endAlone } from '#simulation/broker/endings';
import { type Floor, planSoon } from '#simulation/broker/floor';
import { inherit, match } from '#simulation/broker/matching';
import { tell } from '#simulation/broker/news';
import { closes, ended, type HeldOrder, remaining, timesInForce } from '#simulation/broker/order';
import { type Checked, checked, decimalIn, priceOf, refused } from '#simulation/broker/order-draft';
import { endOf } from '#simulation/broker/order-making';
import { availableOf, costOf } from '#simulation/broker/reservations';
import { amountText, formatE9, parseE9, SHARE } from '#simulation/broker/shares-e9';

/** What a replacement asks for; what is null stays. */
type Patch = {
  readonly qty: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trail: number | null;
  readonly tif: HeldOrder['tif'] | null;
  readonly clientId: string | null;
};

/** Asks for a new order in the place of an old one. The answer is the new order; neither has happened yet. Source: broker-alpaca §10. */
export function requestReplace(floor: Floor, order: HeldOrder, body: unknown): Checked<HeldOrder> {
  const read = readPatch(order, body);
  if (!read.ok) return read;
  const patch = read.value;
  if (ended(order)) return refused(unprocessable(`order is already in "${order.status}" state`));
  if (!isReplaceable(order.status) || order.cancelling) return refused(unprocessable(`cannot replace order in ${order.status} status`));
  if (order.notional !== null) return refused(unprocessable('notional orders cannot be replaced'));
  if (patch.clientId !== null && floor.orders.findByClient(patch.clientId) !== null)
    return refused(refuse(422, 40010001, 'client_order_id must be unique'));
  const made = replacement(floor, order, patch);
  if ((made.qty ?? 0) <= 0) return refused(unprocessable('qty must be above what has filled'));
  if (isUnchanged(order, made)) return refused(unprocessable('order parameters are not changed'));
  const fault = roomFault(floor, order, made);
  if (fault !== null) return refused(fault);
  floor.orders.add(made);
  tell(floor, 'pending_new', made);
  tell(floor, 'pending_replace', floor.orders.change(order.id, floor.now, { status: 'pending_replace' }));
  if (!floor.faults.order('replace_stuck', order, order.id))
    planSoon(floor, { kind: 'replace', old: order.id, by: made.id, filledBefore: order.filled });
  return checked(made);
}

function readPatch(order: HeldOrder, body: unknown): Checked<Patch> {
  const read: Record<string, number> = {};
  for (const name of ['limit_price', 'stop_price', 'trail']) {
    const text = decimalIn(body, name);
    if (text === null) continue;
    const price = priceOf(name, text);
    if (!price.ok) return price;
    read[name] = price.value;
  }
  const qtyText = decimalIn(body, 'qty');
  const qty = qtyText === null ? null : parseE9(qtyText);
  if (qtyText !== null && (qty === null || qty <= 0)) return refused(refuse(422, 40010001, 'qty must be > 0'));
  if (qty !== null && (qty % SHARE !== 0 || (order.qty ?? 0) % SHARE !== 0))
    return refused(unprocessable('qty of fractional orders cannot be replaced'));
  // Of the exits of a group only the prices change. Source: broker-alpaca §9.1.
  if (qty !== null && (order.parent !== null || order.shape === 'oco')) return refused(unprocessable('qty of a leg cannot be replaced'));
  const tifText = textIn(body, 'time_in_force');
  const tif = timesInForce.find((each) => each === tifText) ?? null;
  if (fieldIn(body, 'time_in_force') !== null && tif === null) return refused(refuse(422, 40010001, 'invalid time_in_force'));
  const { limit_price: limit = null, stop_price: stop = null, trail = null } = read;
  if (limit !== null && order.limit === null) return refused(unprocessable(`${order.type} orders require no limit price`));
  if (stop !== null && order.stop === null) return refused(unprocessable(`${order.type} orders require no stop price`));
  return checked({ qty, limit, stop, trail, tif, clientId: textIn(body, 'client_order_id') });
}

const replacement = (floor: Floor, order: HeldOrder, patch: Patch): HeldOrder => ({
  ...order,
  id: floor.chance.uuid(),
  clientId: patch.clientId ?? floor.chance.uuid(),
  sequence: floor.orders.nextSequence,
  // What has filled stays with the old order: where no number is named, the new one is for the rest.
  qty: patch.qty === null ? remaining(order) : patch.qty - (floor.options.habits.replacedQty === 'total' ? order.filled : 0),
  limit: patch.limit ?? order.limit,
  stop: patch.stop ?? order.stop,
  trailPrice: patch.trail ?? order.trailPrice,
  tif: patch.tif ?? order.tif,
  expiresAt: patch.tif === null ? order.expiresAt : endOf(floor, { ...order, tif: patch.tif }),
  status: 'pending_new',
  filled: 0,
  cost: 0,
  working: false,
  legs: [],
  replaces: order.id,
  createdAt: floor.now,
  updatedAt: floor.now,
  filledAt: null,
});

const isUnchanged = (order: HeldOrder, made: HeldOrder): boolean =>
  made.qty === remaining(order) &&
  made.limit === order.limit &&
  made.stop === order.stop &&
  made.trailPrice === order.trailPrice &&
  made.tif === order.tif;

/** Shares or money for what the new order wants beyond the old one. */
function roomFault(floor: Floor, order: HeldOrder, made: HeldOrder) {
  if (closes(order)) {
    const more = remaining(made) - remaining(order);
    const available = availableOf(floor, order.ticker);
    if (more <= available) return null;
    return forbidden(
      `insufficient qty available for order (requested: ${formatE9(made.qty ?? 0)}, available: ${formatE9(available + remaining(order))})`,
      { available: formatE9(available + remaining(order)), symbol: order.ticker },
    );
  }
  const more = costOf(floor, made) - costOf(floor, { ...order, qty: remaining(order) });
  const { buyingPower } = accountFigures(floor);
  return more <= buyingPower
    ? null
    : forbidden('insufficient buying power', { buying_power: amountText(buyingPower), cost_basis: amountText(costOf(floor, made)) });
}

/** The replacement has its effect, unless the old order has ended first. `filledBefore` is what had filled when it was asked for. */
export function takesPlace(floor: Floor, { old: oldId, by: newId, filledBefore }: { old: string; by: string; filledBefore: number }): void {
  const old = floor.orders.find(oldId);
  const made = floor.orders.find(newId);
  if (old === null || made === null) return;
  if (ended(made)) return goesOn(floor, old);
  if (ended(old)) {
    tell(floor, 'order_replace_rejected', old);
    return endAlone(floor, made, 'rejected');
  }
  const qty = (made.qty ?? 0) - (old.filled - filledBefore);
  // What filled on the way was all that the new order wanted.
  if (qty <= 0) {
    goesOn(floor, old);
    return endAlone(floor, made, 'rejected');
  }
  inherit(floor, old, newId);
  const replacedAt = floor.now;
  const { working, legs } = old;
  const gone = { status: 'replaced', working: false, legs: [], replacedBy: newId, replacedAt } as const;
  tell(floor, 'replaced', floor.orders.change(oldId, replacedAt, gone));
  const placed = floor.orders.change(newId, replacedAt, { status: placedStatus(floor, old), working, legs, qty });
  tell(floor, placed.status, placed);
  resizeLegs(floor, placed);
  // Its entry may have filled while the old leg was on its way out.
  const entry = placed.parent === null ? null : floor.orders.get(placed.parent);
  if (!working && entry?.status === 'filled') planSoon(floor, { kind: 'activate', order: newId });
  match(floor, floor.orders.get(newId));
}

/** The replacement came to nothing: the old order is what it was. */
function goesOn(floor: Floor, old: HeldOrder): void {
  if (old.status !== 'pending_replace') return;
  const status = old.filled > 0 ? 'partially_filled' : placedStatus(floor, old);
  tell(floor, 'order_replace_rejected', floor.orders.change(old.id, floor.now, { status }));
}

function placedStatus({ options }: Floor, { parent, role, working }: HeldOrder): 'held' | 'new' {
  return parent !== null && (!working || (role === 'stop' && options.habits.activeStop === 'held')) ? 'held' : 'new';
}

/** The legs of an entry stand for all that it and those before it have bought, and will. */
function resizeLegs(floor: Floor, entry: HeldOrder): void {
  if (entry.role !== 'entry') return;
  const qty = (entry.qty ?? 0) - entry.filled + floor.orders.filledInChain(entry);
  for (const leg of entry.legs) if (!ended(floor.orders.get(leg))) floor.orders.change(leg, floor.now, { qty });
}
