import type { OrderRole } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { FaultFired, FaultRule, OrderEffect } from '#simulation/broker/fault-rule';

export type Matched = { readonly ticker: string | null; readonly role: OrderRole | null };
export type RequestRule = Extract<FaultRule, { on: 'request' }>;
export type EventRule = Extract<FaultRule, { on: 'event' }>;

/** The rules in force, how often each has matched, and what has fired. */
export class FaultPlan {
  readonly #now: () => Instant;
  #rules: readonly FaultRule[];
  readonly #met = new Map<string, number>();
  readonly #fired: FaultFired[] = [];

  constructor(rules: readonly FaultRule[], now: () => Instant) {
    this.#rules = rules;
    this.#now = now;
  }

  get fired(): readonly FaultFired[] {
    return this.#fired;
  }

  /** A rule of the same name is replaced and begins to count anew. */
  add(rule: FaultRule): void {
    this.remove(rule.name);
    this.#rules = [...this.#rules, rule];
  }

  remove(name: string): void {
    this.#rules = this.#rules.filter((rule) => rule.name !== name);
    this.#met.delete(name);
  }

  /** All rules that fire for this request, in the order in which they were given. */
  request(method: string, path: string, about: Matched): readonly RequestRule[] {
    return this.#rules.filter(
      (rule): rule is RequestRule =>
        rule.on === 'request' &&
        (rule.method === undefined || rule.method === method) &&
        (rule.path === undefined || fits(rule.path, path)) &&
        isAbout(rule, about) &&
        this.#fires(rule, `${method} ${path}`),
    );
  }

  event(event: string, about: Matched, to: string): readonly EventRule[] {
    return this.#rules.filter(
      (rule): rule is EventRule =>
        rule.on === 'event' && (rule.event === undefined || rule.event === event) && isAbout(rule, about) && this.#fires(rule, to),
    );
  }

  /** Whether this goes wrong with this order now. */
  order(effect: OrderEffect, about: Matched, to: string): boolean {
    const rule = this.#rules.find((each) => each.on === 'order' && each.effect === effect && isAbout(each, about));
    return rule !== undefined && this.#fires(rule, to);
  }

  /** Whether this may still go wrong with such an order. */
  expects(effect: OrderEffect, about: Matched): boolean {
    return this.#rules.some((rule) => {
      if (rule.on !== 'order' || rule.effect !== effect || !isAbout(rule, about)) return false;
      const { nth = 1, times = 1 } = rule;
      return times === 0 || (this.#met.get(rule.name) ?? 0) + 1 < nth + times;
    });
  }

  /** The status with which a handshake is refused; null where it is not. */
  handshake(): number | null {
    for (const rule of this.#rules) if (rule.on === 'handshake' && this.#fires(rule, 'handshake')) return rule.status;
    return null;
  }

  standing(effect: 'keys_expired' | 'ids_not_unique'): boolean {
    return this.#rules.some((rule) => rule.on === 'standing' && rule.effect === effect && this.#fires(rule, effect));
  }

  #fires(rule: FaultRule, to: string): boolean {
    const now = this.#now();
    if ((rule.from !== undefined && now < rule.from) || (rule.until !== undefined && now >= rule.until)) return false;
    const met = (this.#met.get(rule.name) ?? 0) + 1;
    this.#met.set(rule.name, met);
    const { nth = 1, times = rule.on === 'standing' ? 0 : 1 } = rule;
    const fires = met >= nth && (times === 0 || met < nth + times);
    // What holds for a time is told once.
    const told = rule.on === 'standing' && this.#fired.some(({ name }) => name === rule.name);
    if (fires && !told) this.#fired.push({ name: rule.name, at: now, to });
    return fires;
  }
}

const isAbout = (rule: { readonly ticker?: string; readonly role?: OrderRole }, { ticker, role }: Matched): boolean =>
  (rule.ticker === undefined || rule.ticker === ticker) && (rule.role === undefined || rule.role === role);

/** Whether a text is of a pattern in which `*` stands for any text. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let place = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, place);
    if (found === -1) return false;
    place = found + part.length;
  }
  return place <= text.length - last.length;
}
