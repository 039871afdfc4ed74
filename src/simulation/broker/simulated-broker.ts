import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { FaultPlan } from '#simulation/broker/fault-plan';
import type { FaultFired, FaultRule } from '#simulation/broker/fault-rule';
import { type Floor, floorOf, type Restrictions } from '#simulation/broker/floor';
import { FrontDesk } from '#simulation/broker/front-desk';
import { violations } from '#simulation/broker/invariants';
import type { LedgerEntry } from '#simulation/broker/ledger';
import { elect, matchAll } from '#simulation/broker/matching';
import { type AssetFacts, type BrokerSettings, type Keys, settledOptions } from '#simulation/broker/options';
import type { HeldOrder } from '#simulation/broker/order';
import {
  bookCash,
  bustTrade,
  type CorrectedTrade,
  correctTrade,
  deletePosition,
  externalTrade,
  foreignOrder,
  liquidate,
  type OutsideTrade,
  RESET_CODE,
  replaceAccount,
  restrict,
} from '#simulation/broker/outside-acts';
import { RateWindow } from '#simulation/broker/rate-window';
import type { ClientRequest, Connected, ServedBroker, ServedReply } from '#simulation/broker/served';
import { SHARE } from '#simulation/broker/shares-e9';
import { announceSplit, splitNow } from '#simulation/broker/splits';
import { StreamHub } from '#simulation/broker/stream-hub';
import { perform } from '#simulation/broker/tasks';

/**
 * The trading API of Alpaca without sockets and without a clock: it speaks the wire, and what it does follows from the
 * seed, the market it is shown and what it is asked, to the byte. Source of every rule: broker-alpaca.
 */
export class SimulatedBroker implements ServedBroker {
  readonly #floor: Floor;
  readonly #desk: FrontDesk;
  #keys: Keys | null;

  constructor(settings: BrokerSettings) {
    const options = settledOptions(settings);
    this.#keys = options.keys;
    const now = (): Instant => this.#floor.now;
    const knows = (keyId: string, secret: string): boolean => this.#knows(keyId, secret);
    this.#floor = floorOf(options, { streams: new StreamHub({ now, knows }), faults: new FaultPlan(options.faults, now) });
    this.#desk = new FrontDesk(this.#floor, new RateWindow(options.rateLimit), knows);
    this.#floor.agenda.plan(this.#floor.sessions.nextBoundary(options.now), { kind: 'boundary' });
  }

  get now(): Instant {
    return this.#floor.now;
  }

  nextDue(): Instant | null {
    const { agenda, streams } = this.#floor;
    const [task, message] = [agenda.next, streams.next];
    return task === null || (message !== null && message < task) ? message : task;
  }

  advanceTo(at: Instant): void {
    assert(at >= this.#floor.now, 'time goes on');
    for (let due = this.#floor.agenda.take(at); due !== null; due = this.#floor.agenda.take(at)) {
      this.#floor.now = due.at;
      perform(this.#floor, due.task);
    }
    this.#floor.now = at;
  }

  request(request: ClientRequest): ServedReply {
    this.#settle();
    return this.#desk.serve(request);
  }

  connect(): Connected {
    this.#settle();
    const { faults, streams, options } = this.#floor;
    const refused = faults.handshake();
    if (refused !== null) return { ok: false, status: refused };
    const { connections } = options.habits;
    if (connections.kind === 'one' && streams.occupied(connections.heldMs)) return { ok: false, status: 429 };
    streams.forget(connections.kind === 'one' ? connections.heldMs : 0);
    return { ok: true, stream: streams.open() };
  }

  /** The best prices of a name (1e-4, 0 for a side that nobody quotes) and the shares shown at them. */
  quote(ticker: string, bid: number, ask: number, bidSize: number, askSize: number): void {
    this.#settle();
    this.#floor.tape.show(ticker, { bid, ask, bidSize: bidSize * SHARE, askSize: askSize * SHARE });
    matchAll(this.#floor, ticker);
  }

  /** A trade of others: it fills nothing, and elects the stops that it reaches. */
  trade(ticker: string, price: number, size: number): void {
    this.#settle();
    assert(price > 0 && size > 0, 'a trade has a price and a size');
    this.#floor.tape.print(ticker, price);
    elect(this.#floor, ticker, price);
  }

  /** A halt, a pause, a resumption: `code` is the exchange's, `reason` is for people. */
  status(ticker: string, code: string, _reason: string): void {
    this.#settle();
    this.#floor.tape.setStatus(ticker, code);
    matchAll(this.#floor, ticker);
  }

  /** So many new shares for each old one, now; it is announced with it if it was not before. */
  split(ticker: string, ratio: number): void {
    this.#settle();
    splitNow(this.#floor, ticker, ratio);
  }

  announceSplit(ticker: string, ratio: number, date: SessionDate): void {
    announceSplit(this.#floor, ticker, ratio, date);
  }

  /** A listing is no longer traded, lent or divided; or again. */
  changeAsset(ticker: string, facts: Partial<AssetFacts>): void {
    const asset = this.#floor.assets.get(ticker);
    assert(asset !== undefined, `a listing of that name is known: ${ticker}`);
    this.#floor.assets.set(ticker, { ...asset, ...facts });
  }

  deletePosition(ticker: string): void {
    this.#settle();
    deletePosition(this.#floor, ticker);
  }

  /** An order of somebody else at this account, as the wire has it; gives its id. */
  foreignOrder(body: unknown): string {
    this.#settle();
    return foreignOrder(this.#floor, body);
  }

  /** A person's trade in the broker's own pages (whole shares, 1e-4); gives the order's id. */
  externalTrade(trade: OutsideTrade): string {
    this.#settle();
    return externalTrade(this.#floor, trade);
  }

  /** The broker closes a position without an order of anybody. */
  liquidate(ticker: string): void {
    this.#settle();
    liquidate(this.#floor, ticker);
  }

  /** Takes an execution back; `id` is that of its activity, or its own. */
  bustTrade(id: string): void {
    this.#settle();
    bustTrade(this.#floor, id);
  }

  /** Gives an execution other terms; `id` is that of its activity, or its own. */
  correctTrade(id: string, terms: CorrectedTrade): void {
    this.#settle();
    correctTrade(this.#floor, id, terms);
  }

  /** Books money without a trade: `type` is a word of the activities, as DIV or FEE. */
  bookCash(booking: Parameters<typeof bookCash>[1]): void {
    this.#settle();
    bookCash(this.#floor, booking);
  }

  restrict(restrictions: Partial<Restrictions>): void {
    restrict(this.#floor, restrictions);
  }

  /** What a person sets in the broker's pages. */
  suspendTrading(on: boolean): void {
    restrict(this.#floor, { suspendTrade: on });
  }

  /** The keys are no longer good, and lines that used them end. */
  revokeKeys(): void {
    this.#keys = null;
    this.#floor.streams.endAll(RESET_CODE);
  }

  /** The account is another, with new keys or the old ones; all that was is gone. */
  replaceAccount({ accountId, keys, cash }: { accountId: string; keys?: Keys; cash?: number }): void {
    this.#settle();
    if (keys !== undefined) this.#keys = keys;
    replaceAccount(this.#floor, accountId, cash ?? this.#floor.options.cash);
  }

  addFault(rule: FaultRule): void {
    this.#floor.faults.add(rule);
  }

  removeFault(name: string): void {
    this.#floor.faults.remove(name);
  }

  get faultsFired(): readonly FaultFired[] {
    return this.#floor.faults.fired;
  }

  /** Every share and cent that moved, oldest first. */
  ledger(): readonly LedgerEntry[] {
    return this.#floor.holdings.ledger.entries;
  }

  /** What it really has, whatever it tells: all orders of the account, or those that have not ended. */
  orders(which: 'all' | 'live'): readonly HeldOrder[] {
    return which === 'all' ? this.#floor.orders.all() : this.#floor.orders.live();
  }

  /** What should hold and does not, in words. */
  invariants(): readonly string[] {
    return violations(this.#floor);
  }

  /** What has fallen due by now comes before what happens now. */
  #settle(): void {
    this.advanceTo(this.#floor.now);
  }

  #knows(keyId: string, secret: string): boolean {
    if (this.#floor.faults.standing('keys_expired')) return false;
    return this.#keys !== null && keyId === this.#keys.keyId && secret === this.#keys.secret;
  }
}
