import type { Order } from '#domain/orders/order';
import { unreachable } from '#domain/values/assert';
import { amount } from '#main/explain/amounts';
import type { DayRecord, Outcome } from '#main/explain/day-record';
import type { Explanation } from '#main/explain/read-explanation';
import { refusalSentence } from '#main/explain/reason-text';
import { words } from '#main/explain/words';
import { clockText } from '#main/live/local-time';

type Found = Extract<Explanation, { readonly kind: 'found' }>;

/** One happening after the funnel as a line with its local time; null for what says nothing to a person. */
export function outcomeLine({ entry, order }: Outcome, { day, symbols }: Found): string | null {
  const text = textOf(entry.event, order, (symbol) => symbols.nameOf(symbol));
  return text === null ? null : `${clockText(day.clock.minuteAt(entry.at))}  ${text}`;
}

const orderText = (order: Order | null): string =>
  order === null ? 'an order' : `the ${order.role} order, ${order.side} ${order.shares}${priceText(order)}`;

const priceText = ({ limit, stop }: Order): string => ((limit ?? stop) === null ? '' : ` at ${amount(limit ?? stop ?? 0)}`);

function textOf(event: Outcome['entry']['event'], about: Order | null, nameOf: Parameters<typeof refusalSentence>[1]): string | null {
  switch (event.kind) {
    case 'intent_formed':
      return `wanted: ${event.intent.side} at ${amount(event.intent.limit)} at most, target ${amount(event.intent.target)}, ${words(event.intent.pattern)}`;
    case 'intent_approved': {
      const { shares, limit, stop, target, risk } = event.order;
      return `approved: ${shares} shares at ${amount(limit)}, stop ${amount(stop)}, target ${amount(target)}, ${amount(risk)} dollars at risk`;
    }
    case 'intent_refused':
      return `refused: ${event.refusals.map((refusal) => refusalSentence(refusal, nameOf)).join('; ')}`;
    case 'order_requested': {
      const { role, type, side, shares, limit, stop, reason } = event.order;
      const price = limit ?? stop;
      return `order: ${role}, ${side} ${shares}, ${type}${price === null ? '' : ` ${amount(price)}`} (${words(reason)})`;
    }
    case 'order_accepted':
      return null;
    case 'order_rejected':
      return `the broker rejected ${orderText(about)}: ${words(event.reason)}`;
    case 'order_filled':
      return `filled: ${event.side} ${event.shares} at ${amount(event.price)}, fees ${amount(event.fees)}${event.flags.length > 0 ? ` (${event.flags.map(words).join(', ')})` : ''}`;
    case 'order_cancelled':
      return `${orderText(about)}, ended with ${event.unfilled} shares unfilled`;
    case 'cancel_requested':
      return `cancel asked for: ${orderText(about)} (${words(event.reason)})`;
    case 'position_closed':
      return `closed: ${words(event.reason)}, P&L ${amount(event.pnl)} after fees, R ${event.rMultiple.toFixed(2)}`;
    case 'setup_resolved':
      return `setup found earlier, ${words(event.pattern)}, came to its end: ${event.outcome}, R ${event.r.toFixed(2)}`;
    default:
      return unreachable(event);
  }
}

/** What followed from intents, in the order in which it happened. */
export const outcomesOf = (day: DayRecord, intents: ReadonlySet<number>): readonly Outcome[] =>
  day.outcomes.filter(({ intent }) => intent !== null && intents.has(intent));

/** Intents that a scan brought forth: they enter at its instant. */
export const intentsAt = (day: DayRecord, at: number): ReadonlySet<number> =>
  new Set(day.outcomes.filter(({ entry }) => entry.event.kind === 'intent_formed' && entry.at === at).map(({ entry }) => entry.sequence));
