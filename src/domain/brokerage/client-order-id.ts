import type { ClientOrderId } from '#domain/brokerage/broker-order';
import type { OrderId } from '#domain/orders/order';

/** Whose money an order moves: a made-up broker's, a paper account's, a person's. */
export type Environment = 'simulated' | 'paper' | 'live';

/** Which book an account's orders belong to; `name` is made once, when the book is opened, and journaled. */
export type Book = { readonly environment: Environment; readonly name: string };

const letters: Readonly<Record<Environment, string>> = { simulated: 's', paper: 'p', live: 'l' };

/** Every id of this house begins like this; another beginning is somebody else's order. */
const PREFIX = 'cat1';

/**
 * Derived from the journal alone, so that a restart names the same order: `cat1-p-k3v9x2-2026-11-30-1204-entry-1`. Older
 * clients of Alpaca allow 48 characters; the broker 128.
 */
export const clientOrderId = ({ environment, name }: Book, order: OrderId, attempt: number): ClientOrderId =>
  `${PREFIX}-${letters[environment]}-${name}-${order}-${attempt}` as ClientOrderId;

/** Which of our orders an id names; null for one that is not of this book. */
export function orderOfClientId({ environment, name }: Book, id: string): OrderId | null {
  const head = `${PREFIX}-${letters[environment]}-${name}-`;
  if (!id.startsWith(head)) return null;
  const match = /^(.+)-\d+$/.exec(id.slice(head.length));
  return match === null ? null : (match[1] as OrderId);
}

/** Whether it is an order of this program, of whatever book: a second instance at the same account. */
export const isOfCatalyst = (id: string): boolean => id.startsWith(`${PREFIX}-`);
