import { DAY_MS, instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex, ticker } from '#domain/values/symbol';
import type { CorporateAction } from '#engine/ports/market-data';
import type { FaultRule, RequestEffect, StreamEffect } from '#simulation/broker/fault-rule';
import type { Fault, FaultKind } from '#tests/simulation/days/fault';
import { parameterRequests } from '#tests/simulation/days/people';
import type { World } from '#tests/simulation/days/world';

const between = (from: number, to: number, share: number): number => Math.round(from + (to - from) * share);

/** Lets what is planned go wrong, and says how it stands. */
export class Weather {
  readonly #world: World;
  readonly disturbed = new Set<number>();
  /** Names that nothing but a split has disturbed: whoever is told of it knows all. */
  readonly #split = new Set<number>();
  readonly #busted = new Set<string>();
  /** What the vendor tells of splits. */
  readonly splitsTold: CorporateAction[] = [];
  #linkFrom = 0;
  #calmFrom = 0;
  #settledFrom = 0;
  leaseFrom = 0;
  diskUntil = 0;
  skew = 0;
  #rules = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get isLinkUp(): boolean {
    return this.#world.now >= this.#linkFrom;
  }

  get holdsLease(): boolean {
    return this.#world.now >= this.leaseFrom;
  }

  /** Whether nothing stands in the way of a healthy house at this moment. */
  get isCalm(): boolean {
    return this.#world.now >= this.#calmFrom;
  }

  /** Whether it has been calm for so long that everything must be in order. */
  get isSettled(): boolean {
    return this.#world.now >= this.#settledFrom + 20 * MINUTE_MS;
  }

  begin(fault: Fault): void {
    const world = this.#world;
    world.oracle.seen.add(`fault: ${fault.kind}`);
    if (world.isTraced)
      world.say(
        `fault ${fault.kind} ${fault.name} ${fault.a.toFixed(2)} ${fault.b.toFixed(2)} ${fault.kind === 'kill' ? `${fault.point} ${fault.restart}` : ''}`,
      );
    this.#begin(fault);
  }

  #begin(fault: Fault): void {
    const { kind, a, b } = fault;
    switch (kind) {
      case 'link_drop':
        return this.#dropLink(between(300, 90_000, a * a));
      case 'stream_mute':
        return this.#news({ kind: 'mute', ms: between(20_000, 600_000, a), pings: b < 0.5 });
      case 'stream_reset':
        return this.#news({ kind: 'reset', code: 1006 });
      case 'news_duplicate':
        return this.#news({ kind: 'duplicate', copies: b < 0.5 ? 2 : 3 });
      case 'news_lost':
        return this.#news({ kind: 'lose' });
      case 'news_reordered':
        return this.#news({ kind: 'reorder', window: between(1, 3, b) });
      case 'news_late':
        return this.#news({ kind: 'delay', ms: between(500, 20_000, a) });
      case 'news_cut':
        return this.#news({ kind: 'corrupt_json' });
      case 'news_unknown_word':
        return this.#news({ kind: 'set_field', field: 'status', value: 'frozen' });
      case 'submit_lost_before':
        return this.#request('POST', { kind: 'drop_before', how: b < 0.5 ? 'silence' : 'reset' });
      case 'submit_lost_after':
        return this.#request('POST', { kind: 'drop_after', how: b < 0.5 ? 'silence' : 'reset' });
      case 'submit_error_before':
        return this.#request('POST', { kind: 'answer', when: 'before', ...errorOf(b) });
      case 'submit_error_after':
        return this.#request('POST', { kind: 'answer', when: 'after', ...errorOf(b) });
      case 'submit_cut':
        return this.#request('POST', { kind: 'truncate', bytes: between(0, 300, b) });
      case 'submit_empty':
        return this.#request('POST', { kind: 'empty_object' });
      case 'submit_html':
        return this.#request('POST', { kind: 'html', status: b < 0.5 ? 200 : 502 });
      case 'submit_slow':
        return this.#request('POST', { kind: 'delay', ms: between(500, 15_000, b) });
      case 'change_lost_before':
        return this.#request(b < 0.5 ? 'PATCH' : 'DELETE', { kind: 'drop_before', how: a < 0.5 ? 'silence' : 'reset' });
      case 'change_lost_after':
        return this.#request(b < 0.5 ? 'PATCH' : 'DELETE', { kind: 'drop_after', how: a < 0.5 ? 'silence' : 'reset' });
      case 'change_error':
        return this.#request(b < 0.5 ? 'PATCH' : 'DELETE', { kind: 'answer', when: a < 0.5 ? 'before' : 'after', ...errorOf(a) });
      case 'read_error':
        return this.#reads({ kind: 'answer', when: 'before', ...errorOf(b) }, between(1, 12, a));
      case 'read_stale':
        return this.#reads({ kind: 'stale', ms: between(1_000, 10_000, b) }, between(1, 6, a));
      case 'read_cut':
        return this.#reads({ kind: 'truncate', bytes: between(0, 200, b) }, between(1, 3, a));
      case 'read_unreadable':
        return this.#reads(b < 0.5 ? { kind: 'corrupt_json' } : { kind: 'html', status: 200 }, between(1, 3, a));
      case 'rate_burst': {
        const ms = between(2_000, 20_000, a);
        this.#trouble(ms + 5_000);
        const until = instant(this.#world.now + ms);
        return this.#rule({
          on: 'request',
          effect: { kind: 'rate_limited', headers: b < 0.5 ? 'right' : b < 0.75 ? 'none' : 'wrong' },
          times: 0,
          until,
        });
      }
      case 'schema_drift':
        return this.#reads(b < 0.5 ? { kind: 'set_field', field: 'novelty', value: 'x' } : { kind: 'remove_field', field: 'subtag' }, 10);
      case 'legs_ignored':
      case 'leg_rejected':
      case 'rejected_later':
      case 'cancel_stuck':
      case 'fill_over_cancel':
      case 'both_legs_fill':
      case 'stop_by_replacement':
      case 'target_deadlock':
        return this.#rule({ on: 'order', effect: kind });
      default:
        return this.#outside(kind, fault);
    }
  }

  #outside(kind: FaultKind, { a, b, name, point, restart }: Fault): void {
    const world = this.#world;
    const { broker, market } = world;
    const told = world.names[name] as string;
    const shares = world.oracle.truth.shares(told);
    const ms = between(5_000, 180_000, a);
    switch (kind) {
      case 'foreign_order': {
        if (market.last(name) === 0 || !world.isOpen) return;
        const limit = (Math.round(market.last(name) / 200) / 100).toFixed(2);
        const body = { symbol: told, side: 'buy', qty: '5', type: 'limit', limit_price: limit, time_in_force: 'day' };
        const isTaken = !world.market.halted.has(name) && shares === 0 && !broker.orders('live').some((order) => order.ticker === told);
        if (isTaken) this.#foreign(body);
        return;
      }
      case 'external_trade':
        if (!world.isOpen) return;
        this.disturbed.add(name);
        broker.externalTrade({ ticker: told, side: b < 0.5 ? 'buy' : 'sell', shares: between(1, 50, a), price: market.last(name) });
        return;
      case 'position_deleted':
        if (shares === 0) return;
        this.disturbed.add(name);
        return broker.deletePosition(told);
      case 'liquidated':
        if (shares === 0 || !world.isOpen) return;
        this.disturbed.add(name);
        return broker.liquidate(told);
      case 'account_blocked':
        broker.restrict({ tradingBlocked: true });
        this.#trouble(ms + 75_000);
        return world.time.in(ms, () => broker.restrict({ tradingBlocked: false }));
      case 'keys_expired':
        this.#trouble(ms + 700_000);
        return this.#rule({ on: 'standing', effect: 'keys_expired', until: instant(world.now + ms) });
      case 'not_tradable':
        broker.changeAsset(told, { tradable: false });
        world.market.untraded.add(name);
        return world.time.in(ms * 3, () => {
          broker.changeAsset(told, { tradable: true });
          world.market.untraded.delete(name);
        });
      case 'delisted':
        broker.changeAsset(told, { tradable: false });
        market.untraded.add(name);
        return world.time.in(DAY_MS * 0.75, () => {
          broker.changeAsset(told, { tradable: true });
          market.untraded.delete(name);
        });
      case 'bars_missing':
        market.untold.add(name);
        return world.time.in(ms * 10, () => market.untold.delete(name));
      case 'entries_refused':
        return this.#refuseEntries(between(3, 12, a), ms * 10);
      case 'trade_busted':
        return this.#bust(name);
      case 'kill':
        return world.arm(point, restart);
      case 'pause':
        return world.process?.pause(between(5_000, 600_000, a));
      case 'clock_jump':
        return this.#jump(between(-1_900, 1_900, a), ms * 10);
      case 'disk_full':
        world.disk.trouble = b < 0.7 ? 'ENOSPC' : 'EIO';
        this.diskUntil = world.now + ms;
        return world.time.in(ms, () => {
          world.disk.trouble = null;
        });
      case 'lease_lost':
        this.leaseFrom = world.now + ms;
        return this.#trouble(ms + 10_000);
      case 'halt':
        if (!world.isOpen) return;
        world.status(name, 'halted');
        return world.time.in(between(60_000, 1_200_000, b), () => world.status(name, 'trading'));
      case 'split':
        return this.#splits(name, b < 0.5 ? 2 : 4, a);
      default:
        return this.#people(kind, { a, b, name });
    }
  }

  /** An account that is shut takes no order of somebody else either. */
  #foreign(body: object): void {
    try {
      this.#world.broker.foreignOrder(body);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#world.oracle.seen.add('a foreign order was refused');
    }
  }

  #people(kind: FaultKind, { a, b, name }: Pick<Fault, 'a' | 'b' | 'name'>): void {
    const request = parameterRequests(kind, { a, b, symbol: symbolIndex(name) });
    if (request !== null) this.#world.tell((process) => process.asked(request));
  }

  /** A plain no, again and again: the money is elsewhere (A10). */
  #refuseEntries(times: number, ms: number): void {
    const effect = { kind: 'answer', when: 'before', status: 403, code: 40310000, message: 'insufficient buying power' } as const;
    this.#rule({ on: 'request', method: 'POST', path: '/v2/orders', role: 'entry', effect, times, until: instant(this.#world.now + ms) });
  }

  /** The newest trade in a name that was not taken back before is (D10). */
  #bust(name: number): void {
    const { broker, names, isOpen } = this.#world;
    const traded = broker.ledger().flatMap(({ cause, lines }) => {
      const isOfName = lines.some(({ unit }) => unit === names[name]);
      return isOfName && cause.kind === 'execution' && !this.#busted.has(cause.execution) ? [cause.execution] : [];
    });
    const newest = traded.at(-1);
    if (newest === undefined || !isOpen) return;
    this.#busted.add(newest);
    this.disturbed.add(name);
    this.#split.delete(name);
    broker.bustTrade(newest);
  }

  /** The house has counted a split, and from then on has to count right. */
  counted(name: number): void {
    if (this.#split.delete(name)) this.disturbed.delete(name);
  }

  /** A vendor tells most splits before the session; some only in its course, and some never (D7). */
  #splits(name: number, ratio: number, share: number): void {
    const { broker, market, names, now, time, sessions } = this.#world;
    if (!this.disturbed.has(name)) this.#split.add(name);
    this.disturbed.add(name);
    market.split(name, ratio);
    broker.split(names[name] as string, ratio);
    const exDate = sessions.find(({ preOpen }) => preOpen > now)?.date;
    if (exDate === undefined || share >= 0.8) return;
    const told = { kind: 'forward_splits', ticker: ticker(names[name] as string), exDate, newShares: ratio, oldShares: 1, newTicker: null };
    time.in(share < 0.6 ? 0 : 8 * 60 * MINUTE_MS, () => this.splitsTold.push(told));
  }

  #jump(skew: number, ms: number): void {
    this.skew = skew;
    this.#world.time.in(ms, () => {
      this.skew = 0;
    });
  }

  #dropLink(ms: number): void {
    const { now, process, time } = this.#world;
    this.#linkFrom = Math.max(this.#linkFrom, now + ms);
    this.#trouble(ms + 1_000);
    process?.cutLines();
    void time;
  }

  #reads(effect: RequestEffect, times: number): void {
    this.#trouble(effect.kind === 'set_field' || effect.kind === 'remove_field' ? 0 : 20_000);
    this.#rule({ on: 'request', method: 'GET', effect, times });
  }

  #request(method: 'POST' | 'PATCH' | 'DELETE', effect: RequestEffect): void {
    this.#rule({ on: 'request', method, effect });
  }

  #news(effect: StreamEffect): void {
    this.#rule({ on: 'event', effect });
  }

  #rule(rule: Rule): void {
    this.#world.broker.addFault({ name: `rule ${++this.#rules}`, ...rule } as FaultRule);
  }

  #trouble(ms: number): void {
    const { now } = this.#world;
    this.#calmFrom = Math.max(this.#calmFrom, now + ms);
    this.#settledFrom = Math.max(this.#settledFrom, now + ms);
  }
}

type Distribute<Member> = Member extends FaultRule ? Omit<Member, 'name'> : never;
type Rule = Distribute<FaultRule>;

const errorOf = (share: number): { readonly status: number; readonly code: number; readonly message: string } => {
  const status = [500, 502, 503, 504][Math.min(3, Math.floor(share * 4))] ?? 500;
  return { status, code: 50010000, message: 'internal server error' };
};
