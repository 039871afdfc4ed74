import type { Floor } from '#simulation/broker/floor';
import { CUSTOMER } from '#simulation/broker/ledger';
import { ended, type HeldOrder } from '#simulation/broker/order';
import { heldForOrders } from '#simulation/broker/reservations';

/** What must hold whatever was asked and whatever went wrong; each violation in words, none when all is well. */
export const violations = (floor: Floor): readonly string[] => [
  ...ledgerFaults(floor),
  ...floor.orders.all().flatMap((order) => orderFaults(floor, order)),
  ...reservationFaults(floor),
  ...executionFaults(floor),
];

function ledgerFaults({ holdings }: Floor): readonly string[] {
  const faults: string[] = [];
  const sums = new Map<string, number>();
  for (const { sequence, lines } of holdings.ledger.entries) {
    const units = new Map<string, number>();
    for (const { account, unit, amount } of lines) {
      units.set(unit, (units.get(unit) ?? 0) + amount);
      if (account === CUSTOMER) sums.set(unit, (sums.get(unit) ?? 0) + amount);
    }
    for (const [unit, sum] of units) if (sum !== 0) faults.push(`ledger entry ${sequence} leaves ${sum} ${unit}`);
  }
  const check = (unit: string, has: number): void => {
    const should = sums.get(unit) ?? 0;
    if (should !== has) faults.push(`${unit}: ${has} is held, the ledger says ${should}`);
  };
  check('USD', holdings.cash);
  for (const ticker of holdings.tickers) check(ticker, holdings.position(ticker).shares);
  return faults;
}

function orderFaults(floor: Floor, order: HeldOrder): readonly string[] {
  const faults: string[] = [];
  const say = (what: string): void => void faults.push(`order ${order.id}: ${what}`);
  if ((order.qty === null) === (order.notional === null)) say('exactly one of shares and money is named');
  if (order.qty !== null && order.filled > order.qty) say('more has filled than was ordered');
  if (order.status === 'filled' && order.qty !== null && order.filled !== order.qty) say('it is filled, but not wholly');
  if (ended(order) && order.working) say('it has ended and still works');
  if (order.parent !== null && !floor.orders.get(order.parent).legs.includes(order.id) && !ended(order) && order.status !== 'pending_new')
    say('its group does not know it');
  for (const leg of order.legs) if (floor.orders.get(leg).parent !== order.id) say(`its leg ${leg} belongs to another`);
  const entryGone = order.role === 'entry' && ended(order) && order.status !== 'filled' && order.status !== 'replaced';
  if (entryGone && order.legs.some((leg) => !ended(floor.orders.get(leg)))) say('its legs outlive it');
  return faults;
}

/** Working exits hold no more than there is, unless shares have gone another way. */
function reservationFaults(floor: Floor): readonly string[] {
  return floor.holdings.tickers.flatMap((ticker) => {
    if (floor.disturbed.has(ticker)) return [];
    const size = Math.abs(floor.holdings.position(ticker).shares);
    const { shares } = heldForOrders(floor, ticker);
    return shares > size ? [`${ticker}: orders hold ${shares} of ${size}`] : [];
  });
}

/** The fills that are told sum to what the orders say. */
function executionFaults(floor: Floor): readonly string[] {
  const sums = new Map<string, number>();
  for (const row of floor.activities.rows)
    if (row.kind === 'fill' && row.busts === null && row.corrects === null) sums.set(row.order, (sums.get(row.order) ?? 0) + row.shares);
  return floor.orders
    .all()
    .flatMap(({ id, filled }) => ((sums.get(id) ?? 0) === filled ? [] : [`order ${id}: ${filled} filled, ${sums.get(id) ?? 0} told`]));
}
