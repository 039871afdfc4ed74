import type { OrderId } from '#domain/orders/order';
import { instant } from '#domain/values/instant';
import type { Answer, Ask, Mutation } from '#engine/ports/brokerage';
import { id } from '../one-trade.js';
import { ambiguous, notSent, opening, Script } from './script.js';
import { SmallBroker } from './small-broker.js';

/** A small generator: the same seed, the same storm. */
const diceOf = (seed: number): ((sides: number) => number) => {
  let state = (seed * 2_654_435_761 + 12_345) % 4_294_967_296;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * sides);
  };
};

const isMutation = (ask: Ask): ask is Mutation =>
  ['submit_bracket', 'submit_exit', 'replace_order', 'cancel_order', 'suspend_account'].includes(ask.kind);

/** A house that moves its stop now and then, keeps a stop under what it holds, and leaves in the end. */
export class Storm {
  readonly dice: (sides: number) => number;
  readonly broker: SmallBroker;
  script = Script.ready();
  isCalm = false;
  isLeaving = false;
  #moves = 0;
  #seen = 0;
  readonly #working = new Set<OrderId>();
  readonly #seenBefore = new Map<number, Answer>();

  constructor(seed: number) {
    this.dice = diceOf(seed);
    this.broker = new SmallBroker(opening, this.dice);
    this.script.looks = () => null;
    this.#submit([this.script.bracket()], []);
  }

  get held(): number {
    return this.script.journal.reduce((sum, { event }) => {
      if (event.kind === 'order_filled') return sum + (event.side === 'buy' ? event.shares : -event.shares);
      return event.kind === 'position_adjusted' ? sum + event.shares : sum;
    }, 0);
  }

  step(): void {
    const { broker, script, dice } = this;
    broker.now = script.now;
    if (dice(3) === 0) broker.go();
    this.#deliver();
    this.#answer();
    script.wait(dice(4) === 0 ? dice(3_000) : dice(200));
    this.#react();
    if (!this.isCalm && dice(150) === 0) this.#restart();
    if (!this.isCalm && dice(60) === 0) {
      script.news({ kind: 'line_lost', why: 'reset' });
      script.news({ kind: 'line_ready' });
      broker.news.splice(0);
    }
  }

  leave(): void {
    this.isLeaving = true;
    this.#exit();
  }

  #deliver(): void {
    const { broker, script, dice } = this;
    while (broker.news.length > 0 && dice(3) > 0) {
      const place = this.isCalm ? 0 : dice(Math.min(4, broker.news.length));
      const [news] = dice(8) === 0 && !this.isCalm ? [broker.news[place]] : broker.news.splice(place, 1);
      if (news !== undefined && (this.isCalm || dice(12) > 0)) script.news(news);
    }
  }

  #answer(): void {
    const { broker, script, dice } = this;
    for (const asking of [...script.open]) {
      const { ask } = asking;
      // A look can have been answered from what the broker had some time ago.
      if (!isMutation(ask) && !this.isCalm && dice(3) === 0) this.#seenBefore.set(asking.id, broker.look(ask));
      if (dice(3) === 0) continue;
      const trouble = this.isCalm ? 99 : dice(30);
      if (!isMutation(ask)) script.answerTo(asking, trouble === 0 ? ambiguous : (this.#seenBefore.get(asking.id) ?? broker.look(ask)));
      else if (trouble === 0) script.answerTo(asking, ambiguous);
      else if (trouble === 1) script.answerTo(asking, notSent);
      else {
        const answer = broker.do(ask);
        script.answerTo(asking, trouble === 2 ? ambiguous : answer);
      }
    }
  }

  #react(): void {
    const { journal } = this.script;
    let isBare = false;
    for (; this.#seen < journal.length; this.#seen++) {
      const event = journal[this.#seen]?.event;
      if (event?.kind === 'order_rejected' || event?.kind === 'order_cancelled') this.#working.delete(event.order);
      if (event?.kind === 'order_filled' && this.#isFull(event.order)) this.#working.delete(event.order);
      if (event?.kind === 'cover_missing') isBare = true;
    }
    if (this.held <= 0) return;
    if (this.isLeaving) {
      if (![...this.#working].some((order) => order.includes('out'))) this.#exit();
      return;
    }
    const stops = [...this.#working].filter((order) => order.includes('stop'));
    if ((isBare && stops.length === 0) || this.dice(25) === 0) {
      const next = this.script.exit(this.held, { stop: 98 + ++this.#moves / 100, name: `stop-${this.#moves}` });
      this.#submit([[next]], stops);
    }
  }

  #isFull(order: OrderId): boolean {
    let left = 0;
    for (const { event } of this.script.journal) {
      if (event.kind === 'order_requested' && event.order.id === order) left += event.order.shares;
      if (event.kind === 'order_filled' && event.order === order) left -= event.shares;
    }
    return left <= 0;
  }

  #exit(): void {
    if (this.held <= 0) {
      this.#submit([], [id('entry')]);
      return;
    }
    const out = this.script.exit(this.held, { name: `out-${++this.#moves}`, reason: 'flat_by_close' });
    this.#submit([[out]], [...this.#working]);
  }

  #submit(orders: Parameters<Script['act']>[0]['orders'], cancels: readonly OrderId[]): void {
    for (const order of cancels) this.#working.delete(order);
    for (const order of orders?.flat() ?? []) this.#working.add(order.id);
    this.script.act({ cancels, ...(orders === undefined ? {} : { orders }) });
  }

  #restart(): void {
    const before = this.script;
    this.#seenBefore.clear();
    this.script = Script.again(before);
    this.script.looks = () => null;
    this.script.execution.start(instant(before.now));
    this.script.news({ kind: 'line_ready' });
  }
}
