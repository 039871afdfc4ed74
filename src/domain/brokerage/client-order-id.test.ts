import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Book, clientOrderId, type Environment, isOfCatalyst, orderOfClientId } from '#domain/brokerage/client-order-id';
import type { OrderId } from '#domain/orders/order';

const book: Book = { environment: 'paper', name: 'k3v9x2' };
const order = '2026-11-30-1204-exit-2' as OrderId;

test('an order at the broker is named after its book, itself and the attempt', () => {
  expect(clientOrderId(book, order, 3)).toBe('cat1-p-k3v9x2-2026-11-30-1204-exit-2-3');
});

test('every name leads back to its order, in its own book', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{6}$/), fc.nat(), fc.integer({ min: 1, max: 99 }), (name, intent, attempt) => {
      const id = `2026-11-30-${intent}-entry` as OrderId;
      const named = clientOrderId({ ...book, name }, id, attempt);
      expect(orderOfClientId({ ...book, name }, named)).toBe(id);
      // Clients of an older age allow 48 characters.
      expect(named.length).toBeLessThanOrEqual(48);
    }),
  );
});

test('X5: the same order in another environment has another name, and none leads into a book that it is not of', () => {
  const environments: readonly Environment[] = ['simulated', 'paper', 'live'];
  const names = environments.map((environment) => clientOrderId({ ...book, environment }, order, 1));
  expect(new Set(names).size).toBe(3);
  for (const [place, environment] of environments.entries())
    expect(names.map((name) => orderOfClientId({ ...book, environment }, name) !== null)).toEqual([0, 1, 2].map((each) => each === place));
  expect(orderOfClientId({ ...book, name: 'other1' }, names[1] ?? '')).toBeNull();
});

test.each([
  ['cat1-l-zzzzzz-2026-11-30-1-entry-1', true],
  ['my-own-order', false],
  ['', false],
])('X1: whether another book of this program has sent %s: %s', (id, ours) => {
  expect(isOfCatalyst(id)).toBe(ours);
  expect(orderOfClientId(book, id)).toBeNull();
});

test('what only looks like one of ours is none', () => {
  expect(orderOfClientId(book, 'cat1-p-k3v9x2-')).toBeNull();
  expect(orderOfClientId(book, 'cat1-p-k3v9x2-2026-11-30-1-entry-x')).toBeNull();
});
