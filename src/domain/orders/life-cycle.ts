/**
 * Every status that a broker gives an order. Source: Alpaca's OpenAPI and SDK 4.0.2; "held" is an exit leg that waits for
 * its entry, or for its sibling. A word that is not in this list is no status: such an order is unknown.
 */
export const orderStatuses = [
  'pending_new',
  'accepted',
  'accepted_for_bidding',
  'held',
  'new',
  'partially_filled',
  'pending_cancel',
  'pending_replace',
  'done_for_day',
  'stopped',
  'suspended',
  'calculated',
  'filled',
  'canceled',
  'expired',
  'replaced',
  'rejected',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

const ending = ['filled', 'canceled', 'expired', 'replaced', 'rejected'] as const;
const working = ['partially_filled', 'pending_cancel', 'pending_replace', 'done_for_day', 'stopped', 'suspended', 'calculated'] as const;

/**
 * What may follow what. Whatever works can end in every way at once, since the words between are not always told; and no
 * order goes back before its acceptance. An ended order stays as it is.
 */
const legalNext: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending_new: ['accepted', 'accepted_for_bidding', 'held', 'new', ...working, ...ending],
  accepted: ['pending_new', 'held', 'new', ...working, ...ending],
  accepted_for_bidding: ['accepted', 'pending_new', 'new', ...working, ...ending],
  held: ['accepted', 'pending_new', 'new', ...working, ...ending],
  new: ['held', ...working, ...ending],
  partially_filled: [...working, ...ending],
  pending_cancel: ['partially_filled', 'filled', 'canceled', 'expired', 'replaced', 'rejected', 'new'],
  pending_replace: ['replaced', 'new', 'held', 'partially_filled', 'filled', 'canceled', 'expired', 'rejected'],
  done_for_day: ['new', 'partially_filled', 'filled', 'canceled', 'expired', 'calculated', 'replaced'],
  stopped: ['partially_filled', 'filled', 'canceled', 'expired'],
  suspended: ['new', 'partially_filled', 'filled', 'canceled', 'expired', 'rejected'],
  calculated: ['filled', 'canceled', 'expired', 'done_for_day'],
  filled: [],
  canceled: [],
  expired: [],
  replaced: [],
  rejected: [],
};

export const isOrderStatus = (word: string): word is OrderStatus => (orderStatuses as readonly string[]).includes(word);

/** An order that can never fill any more. */
export const isEnded = (status: OrderStatus): boolean => legalNext[status].length === 0;

/** Whether an order may come to be `next`; the same word again says nothing new and is no step. */
export const isLegal = (from: OrderStatus, next: OrderStatus): boolean => legalNext[from].includes(next);

/** A broker refuses to replace an order in these; it must have come to a venue first, and nothing else may be under way. */
export const isReplaceable = (status: OrderStatus): boolean => status === 'new' || status === 'partially_filled' || status === 'held';
