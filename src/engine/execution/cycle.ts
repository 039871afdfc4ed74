import type { BrokerAccount, BrokerOrder, BrokerOrderId, BrokerPosition } from '#domain/brokerage/broker-order';
import type { OrderId } from '#domain/orders/order';
import { type Instant, instant } from '#domain/values/instant';
import type { Desk } from '#engine/execution/desk';
import { hear, learn } from '#engine/execution/intake';
import { lookUpOf } from '#engine/execution/look-ups';
import { hasGap, isLive, type Link, type Tracked } from '#engine/execution/tracked';
import type { Answer } from '#engine/ports/brokerage';

/** One reading of everything that the broker has, in two steps: its lists, then each order that they do not show. */
export class Cycle {
  readonly id: number;
  readonly began: Instant;
  readonly #desk: Desk;
  readonly #unknown: readonly Tracked[];
  readonly #listed = new Set<BrokerOrderId>();
  readonly #absent = new Set<OrderId>();
  #left = 0;
  #isSecond = false;
  hasFailed = false;
  /** What its lists show, and the heads of groups among them, with their legs. */
  readonly open: BrokerOrder[] = [];
  readonly heads: BrokerOrder[] = [];
  positions: readonly BrokerPosition[] | null = null;
  account: BrokerAccount | null = null;
  readonly touched: ReadonlyMap<number, number>;

  constructor(desk: Desk, id: number) {
    this.#desk = desk;
    this.id = id;
    this.began = desk.now;
    this.touched = new Map(desk.lanes.map(({ symbol, touched }) => [symbol, touched]));
    this.#unknown = unknownHeads(desk);
    this.#ask({ kind: 'list_open_orders' });
    this.#ask({ kind: 'list_executions', after: executionsSince(desk) });
    this.#ask({ kind: 'list_positions' });
    this.#ask({ kind: 'read_account' });
    if (this.#unknown.length > 0) {
      // What has replaced a leg is listed under the entry of its bracket, which is older, and may be of another trade of the name.
      const heads = this.#unknown.flatMap((head) => [
        head,
        ...desk.roll.in(head.order.symbol).filter(({ order }) => order.role === 'entry'),
      ]);
      const first = Math.min(...heads.map(({ requestedAt }) => requestedAt));
      this.#ask({ kind: 'list_orders', after: instant(first - desk.patience.marginMs) });
    }
  }

  /** Whether everything that was asked has been answered. */
  get isOver(): boolean {
    return this.#left === 0;
  }

  answered(of: OrderId | BrokerOrderId | null, answer: Answer): void {
    this.#left--;
    this.#take(of, answer);
    if (this.#left === 0 && !this.#isSecond && !this.hasFailed) this.#second();
  }

  /** Orders that were long enough on their way, and that no list and no look-up of this reading shows. */
  get proven(): readonly Tracked[] {
    const { quarantineMs } = this.#desk.patience;
    return this.#unknown.filter(
      (head) =>
        this.#isUnknown(head) && this.#absent.has(head.order.id) && head.links.length === 0 && head.sentAt + quarantineMs <= this.began,
    );
  }

  #isUnknown(head: Tracked): boolean {
    return this.#desk.roll.groupOf(head).some(({ stage }) => stage === 'unknown');
  }

  #take(of: OrderId | BrokerOrderId | null, answer: Answer): void {
    const desk = this.#desk;
    switch (answer.kind) {
      case 'orders':
        for (const order of answer.orders) {
          this.#list(order);
          this.heads.push(order);
        }
        for (const order of groupsLast(answer.orders)) learn(desk, order, 'read');
        return;
      case 'order':
        learn(desk, answer.order, 'read');
        return;
      case 'executions':
        for (const execution of answer.executions) {
          hear(desk, execution, 'list');
          if (execution.at > desk.watermark) desk.watermark = execution.at;
        }
        return;
      case 'positions':
        this.positions = answer.positions;
        return;
      case 'account':
        this.account = answer.account;
        return;
      case 'not_found':
        return this.#notFound(of);
      default:
        this.hasFailed = true;
    }
  }

  #list(order: BrokerOrder): void {
    this.#listed.add(order.id);
    this.open.push(order);
    for (const leg of order.legs ?? []) this.#list(leg);
  }

  /** A list does not show everything that lives: the stop behind a target is not "open" in some of them. */
  #second(): void {
    this.#isSecond = true;
    const desk = this.#desk;
    const unseen = desk.roll.links.filter((link) => !this.#listed.has(link.id) && (isLive(link) || link.unclear || hasGap(link)));
    for (const { id } of unseen.slice(0, desk.patience.readsMax)) this.#ask({ kind: 'read_order', order: id }, id);
    const unfound = this.#unknown.filter((head) => head.links.length === 0);
    for (const head of unfound.slice(0, desk.patience.readsMax)) this.#ask(lookUpOf(head), head.order.id);
  }

  #notFound(of: OrderId | BrokerOrderId | null): void {
    if (of === null) {
      this.hasFailed = true;
      return;
    }
    const link = this.#desk.roll.link(of as BrokerOrderId);
    if (link === undefined) this.#absent.add(of as OrderId);
    else link.misses++;
  }

  #ask(ask: Parameters<Desk['outbox']['ask']>[0], of: OrderId | BrokerOrderId | null = null): void {
    this.#left++;
    this.#desk.outbox.ask(ask, 'reconcile', { kind: 'cycle', cycle: this.id, of });
  }
}

/** What has a name of ours first: a leg that has none stands for one of those that are left. */
const groupsLast = (orders: readonly BrokerOrder[]): readonly BrokerOrder[] => [
  ...orders.filter(({ legs }) => legs === null),
  ...orders.filter(({ legs }) => legs !== null),
];

/** Orders by whose names the broker can be asked what became of them, or of their legs. */
function unknownHeads({ roll }: Desk): readonly Tracked[] {
  const heads = roll.open.filter(({ stage }) => stage === 'unknown').map((tracked) => roll.get(tracked.head) ?? tracked);
  return [...new Set(heads)];
}

/** Far enough back for what is known to be missing, and for a clock that is not ours. */
export function executionsSince(desk: Desk): Instant {
  let since = desk.watermark === 0 ? desk.now : desk.watermark;
  const sooner = (at: Instant): void => {
    if (at < since) since = at;
  };
  for (const link of desk.roll.links) if (hasGap(link)) sooner(link.view.createdAt);
  for (const { requestedAt, stage } of desk.roll.open) if (stage === 'unknown') sooner(requestedAt);
  return instant(since - desk.patience.marginMs);
}

export const isVanished = (link: Link): boolean => link.misses >= 2 && isLive(link);
