import { expect, test } from 'vitest';
import type { OrderRejection } from '#domain/events/account';
import type { Event } from '#domain/events/event';
import type { Order, OrderId, OrderRole } from '#domain/orders/order';
import { instant } from '#domain/values/instant';
import { RefusalsInARow } from '#main/live/refusals-in-a-row';

const alarm = 'ALARM    the broker has refused 5 entries in a row; look at the account';

/** One that counts, and what it says of the orders that are put to it. */
function counting() {
  const refusals = new RefusalsInARow();
  let orders = 0;
  const see = (event: Event): string | null => refusals.see({ sequence: 1, at: instant(0), cause: 0, event });
  const asked = (role: OrderRole): OrderId => {
    const id = `o${++orders}` as OrderId;
    expect(see({ kind: 'order_requested', order: { id, role } as Order } as Event)).toBeNull();
    return id;
  };
  return {
    refused: (reason: OrderRejection = 'buying_power', role: OrderRole = 'entry') =>
      see({ kind: 'order_rejected', order: asked(role), reason }),
    accepted: (role: OrderRole = 'entry') => see({ kind: 'order_accepted', order: asked(role) }),
  };
}

test('A10: five entries refused in a row are told as that, and again at ten', () => {
  const { refused } = counting();
  expect([1, 2, 3, 4].map(() => refused())).toEqual([null, null, null, null]);
  expect(refused('account_blocked')).toBe(alarm);
  expect([6, 7, 8, 9].map(() => refused())).toEqual([null, null, null, null]);
  expect(refused()).toBe(alarm.replace('5', '10'));
});

test('A10: one that the broker takes begins the count anew', () => {
  const { refused, accepted } = counting();
  for (let count = 0; count < 4; count++) refused();
  accepted();
  expect([1, 2, 3, 4].map(() => refused())).toEqual([null, null, null, null]);
  expect(refused()).toBe(alarm);
});

test('A10: the legs of an entry, exits, and what the house has not sent itself count for nothing', () => {
  const { refused, accepted } = counting();
  for (let count = 0; count < 4; count++) refused();
  for (const role of ['stop', 'target', 'exit'] as const) expect([refused('buying_power', role), accepted(role)]).toEqual([null, null]);
  for (const reason of ['not_sent', 'stale', 'suspended'] as const) expect(refused(reason)).toBeNull();
  expect(refused()).toBe(alarm);
});
