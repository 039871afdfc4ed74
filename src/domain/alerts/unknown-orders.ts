import type { AlertFacts, OrderFate } from '#domain/alerts/alert';
import { UNKNOWN_MS_MAX } from '#domain/alerts/severity';
import type { Entry } from '#domain/events/event';
import { firstWords } from '#domain/values/first-words';
import type { Instant } from '#domain/values/instant';

const TEXT_MAX = 160;

type Unknown = { readonly why: string; readonly since: Instant };

/** Orders of which nobody knows what became: told when it begins, once more when it lasts, and when it is over. */
export class UnknownOrders {
  /** By when it began; those that were told once more are among the others. */
  readonly #fresh = new Map<string, Unknown>();
  readonly #lasting = new Map<string, Unknown>();

  see({ event, at }: Entry): readonly AlertFacts[] {
    const told: AlertFacts[] = [];
    switch (event.kind) {
      case 'order_unknown': {
        const { order } = event;
        if (this.#fresh.has(order) || this.#lasting.has(order)) break;
        const unknown = { why: firstWords(event.why, TEXT_MAX), since: at };
        this.#fresh.set(order, unknown);
        told.push({ kind: 'order_unknown', order, why: unknown.why, forMs: 0 });
        break;
      }
      case 'order_accepted':
        told.push(...this.#settled(event.order, 'accepted', at));
        break;
      case 'order_rejected':
        told.push(...this.#settled(event.order, 'rejected', at));
        break;
      case 'order_filled':
        told.push(...this.#settled(event.order, 'filled', at));
        break;
      case 'order_cancelled':
        told.push(...this.#settled(event.order, 'cancelled', at));
        break;
      default:
    }
    return [...told, ...this.#overdue(at)];
  }

  #settled(order: string, became: OrderFate, at: Instant): readonly AlertFacts[] {
    const unknown = this.#fresh.get(order) ?? this.#lasting.get(order);
    if (unknown === undefined) return [];
    this.#fresh.delete(order);
    this.#lasting.delete(order);
    return [{ kind: 'order_settled', order, became, unknownMs: Math.max(0, at - unknown.since) }];
  }

  /** The oldest is first: mostly one look is enough. */
  #overdue(at: Instant): readonly AlertFacts[] {
    const told: AlertFacts[] = [];
    for (const [order, unknown] of this.#fresh) {
      const forMs = at - unknown.since;
      if (forMs < UNKNOWN_MS_MAX) break;
      this.#fresh.delete(order);
      this.#lasting.set(order, unknown);
      told.push({ kind: 'order_unknown', order, why: unknown.why, forMs });
    }
    return told;
  }
}
