import type { EventOf } from '#domain/events/event';
import type { Order, OrderId } from '#domain/orders/order';
import type { Settings } from '#domain/settings';
import type { AccountSums } from '../account-sums.js';
import { need } from '../broken-rule.js';
import type { Occurrences } from '../occurrences.js';
import type { Sized } from './oracle-people.js';

type Engaged = { readonly symbol: number; readonly order: Sized; entry: OrderId | null; unfilled: number; reserved: boolean };
type Phase = { readonly name: string; readonly entries: number; readonly risk: number };
/** What holds at the instant at which something would be entered. */
type Now = { readonly settings: Settings; readonly phase: Phase };

const HALF = 0.5;
const POSITIONS = 5;

/** What was let in and is not over, and what it may be at most: the second and the third hard rule, and the sizes. */
export class OracleEntries {
  readonly #sums: AccountSums;
  readonly #seen: Occurrences;
  readonly #intents = new Map<number, EventOf<'intent_formed'>['intent']>();
  readonly #engaged = new Map<number, Engaged>();
  readonly #approved = new Map<number, Sized>();
  readonly #entriesOfPhase = new Map<string, number>();

  constructor(sums: AccountSums, seen: Occurrences) {
    this.#sums = sums;
    this.#seen = seen;
  }

  open(): void {
    need(this.#engaged.size === 0, `${[...this.#engaged.keys()].join(' ')} outlive their session`);
    this.#entriesOfPhase.clear();
    this.#intents.clear();
    this.#approved.clear();
  }

  formed({ intent }: EventOf<'intent_formed'>, sequence: number): void {
    this.#intents.set(sequence, intent);
  }

  orderOf(intent: number): Sized | undefined {
    return this.#engaged.get(intent)?.order;
  }

  /** Put aside for a person, or on its way: it counts as a position from here on. */
  reserve(intent: number, order: Sized, { settings, phase }: Now): void {
    const formed = this.#intents.get(intent);
    need(formed !== undefined && formed.symbol === order.symbol && formed.limit === order.limit, `${intent} is what was wanted`);
    need(formed?.side === 'buy' && order.side === 'buy', `${intent} is long`);
    const others = [...this.#engaged].filter(([other]) => other !== intent).map(([, one]) => one);
    const most = Math.min(POSITIONS, settings.limits.openPositionsMax);
    need(others.length < most, `position ${others.length + 1} of ${most}`);
    if (others.length === POSITIONS - 1) this.#seen.add('five at once');
    if (others.some(({ reserved }) => reserved)) this.#seen.add('a place that a question holds');
    need(!others.some(({ symbol }) => symbol === order.symbol), `two positions in ${order.symbol}`);
    this.#needSize(order, others, { settings, phase });
    this.#engaged.set(intent, { symbol: order.symbol, order, entry: null, unfilled: order.shares, reserved: true });
  }

  approve(intent: number, order: Sized, now: Now): void {
    need(!this.#approved.has(intent), `${intent} is approved twice`);
    this.reserve(intent, order, now);
    const engaged = this.#engaged.get(intent);
    if (engaged !== undefined) engaged.reserved = false;
    const { name, entries } = now.phase;
    const before = this.#entriesOfPhase.get(name) ?? 0;
    need(before < entries, `entry ${before + 1} of ${entries} in ${name}`);
    this.#entriesOfPhase.set(name, before + 1);
    this.#approved.set(intent, order);
  }

  letGo(intent: number): void {
    const engaged = this.#engaged.get(intent);
    if (engaged === undefined) return;
    need(engaged.reserved, `${intent} is refused after it was approved`);
    this.#engaged.delete(intent);
  }

  /** The order is what was approved, once. */
  enter(order: Order): void {
    const approved = this.#approved.get(order.intent);
    const engaged = this.#engaged.get(order.intent);
    if (approved === undefined || engaged === undefined) return need(false, `${order.id} was never approved`);
    need(engaged.entry === null, `${order.intent} is entered twice`);
    engaged.entry = order.id;
    const terms = order.type === 'limit' && order.side === 'buy' && order.symbol === approved.symbol;
    need(terms && order.shares === approved.shares && order.limit === approved.limit, `${order.id} is what was approved`);
    const symbols = [...this.#engaged.values()].map(({ symbol }) => symbol);
    need(symbols.length <= POSITIONS && new Set(symbols).size === symbols.length, `${symbols.length} positions`);
  }

  filled({ id, intent, role }: Order, shares: number): void {
    if (role !== 'entry') return this.tidy();
    const engaged = this.#engaged.get(intent);
    if (engaged === undefined) return need(false, `${id} fills after its end`);
    engaged.unfilled -= shares;
    need(engaged.unfilled >= 0, `${id} fills more than was asked`);
    this.#seen.add(engaged.unfilled > 0 ? 'partial entry' : 'whole entry');
    this.tidy();
  }

  ended({ intent, role }: Order): void {
    const engaged = role === 'entry' ? this.#engaged.get(intent) : undefined;
    if (engaged !== undefined) engaged.unfilled = 0;
    this.tidy();
  }

  /** What is over and flat frees its place. */
  tidy(): void {
    for (const [intent, { symbol, unfilled }] of this.#engaged) {
      if (unfilled === 0 && !this.#sums.held.has(symbol)) this.#engaged.delete(intent);
    }
  }

  #needSize({ limit, stop, target, shares, liquidShares }: Sized, others: readonly Engaged[], { settings: { limits }, phase }: Now): void {
    const distance = limit - stop;
    need(stop > 0 && distance * 100 >= limit && distance * 20 <= limit, `a stop at ${stop} for ${limit}`);
    need((target - limit) * 2 >= distance * 3, `reward ${target - limit} for a risk of ${distance}`);
    const equity = this.#sums.worse(limits.accountGapMax);
    const open = others.reduce((sum, { order }) => sum + order.shares * (order.limit - order.stop), 0);
    const taken = others.reduce((sum, { order, unfilled }) => sum + unfilled * order.limit, 0);
    const most = Math.min(
      (equity * Math.min(0.02, limits.riskPerTradeMax, phase.risk)) / distance,
      (equity * Math.min(0.05, limits.openRiskMax) - open) / distance,
      (equity * limits.positionMax) / limit,
      (this.#sums.cash - taken) / limit,
      // No margin: all that is held and may still be bought stays within the equity.
      (equity - this.#sums.exposure - taken) / limit,
      limits.orderValueMax / limit,
      limits.orderSharesMax,
      liquidShares,
    );
    const halved = this.#sums.losses >= Math.min(3, limits.lossesInARowMax);
    const factor = halved ? Math.min(HALF, limits.sizeAfterLosses) : 1;
    need(shares > 0 && shares <= most * factor + 1e-6, `${shares} shares of ${most} after ${this.#sums.losses} losses`);
    if (halved) this.#seen.add('halved after three losses');
  }
}
