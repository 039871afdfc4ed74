import { expect, test } from 'vitest';
import { endedBy, keyOf } from '#domain/alerts/incident';
import { JournalAlerts } from '#domain/alerts/journal-alerts';
import { severityOf } from '#domain/alerts/severity';
import type { Event } from '#domain/events/event';
import type { Order, OrderId, OrderRole, Side } from '#domain/orders/order';
import type { Approved } from '#domain/risk/approval';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';

const symbol = symbolIndex(0);
const SECOND = 1_000;

/** What is told of events, each at its second. */
function told(events: readonly (readonly [second: number, event: Event])[]): readonly string[] {
  const alerts = new JournalAlerts(20);
  return events.flatMap(([second, event], index) =>
    alerts
      .see({ sequence: index + 1, at: instant(second * SECOND), cause: 0, event })
      .map((facts) => `${second} ${severityOf(facts)} ${facts.kind}`),
  );
}

const unknown = (order: string): Event => ({ kind: 'order_unknown', order: order as OrderId, why: 'no answer' });
const accepted = (order: string): Event => ({ kind: 'order_accepted', order: order as OrderId });
const tick: Event = { kind: 'account_reported', cash: cash(1), equity: cash(1) };

const order = (id: string, role: OrderRole, parent: string | null, shares: number): Event => {
  const requested: Order = {
    id: id as OrderId,
    role,
    type: 'stop',
    symbol,
    side: 'sell',
    shares: quantity(shares),
    limit: null,
    stop: price(90_000),
    parent: parent as OrderId | null,
    intent: 1,
    reason: 'protective_stop',
  };
  // No rule of risk has to agree to a sample.
  return { kind: 'order_requested', order: requested as Approved<Order> };
};
const fill = (side: Side, shares: number): Event => ({
  kind: 'order_filled',
  order: 'other' as OrderId,
  symbol,
  side,
  shares: quantity(shares),
  price: price(100_000),
  fees: cash(0),
  bar: instant(0),
  flags: [],
});
const bare = (held: number, covered: number): Event => ({
  kind: 'cover_missing',
  symbol,
  held: quantity(held),
  covered: quantity(covered),
  since: instant(0),
});

test('an order that is unknown for two minutes of the journal is critical, once, until it is known', () => {
  expect(
    told([
      [0, unknown('a')],
      [119, tick],
      [120, tick],
      [180, tick],
      [200, accepted('a')],
      [400, tick],
    ]),
  ).toEqual(['0 warning order_unknown', '120 critical order_unknown', '200 information order_settled']);
});

test('an order that is known again within two minutes does not become critical', () => {
  expect(
    told([
      [0, unknown('a')],
      [3, unknown('a')],
      [60, accepted('a')],
      [500, tick],
    ]),
  ).toEqual(['0 warning order_unknown', '60 information order_settled']);
});

test('what becomes of an order ends its own matter, and not that of one whose name begins alike', () => {
  const settled = { kind: 'order_settled', order: 'entry', became: 'filled', unknownMs: 130_000 } as const;
  const about = (name: string) => keyOf({ kind: 'order_unknown', order: name, why: '', forMs: 0 });
  const ends = (key: string) => endedBy(settled).some((beginning) => key.startsWith(beginning));
  expect([ends(about('entry')), ends(about('entry-2'))]).toEqual([true, false]);
});

test('cover is back when the broker has taken a stop of its own for all shares', () => {
  const stop = order('s', 'stop', null, 200);
  expect(
    told([
      [0, fill('buy', 200)],
      [9, bare(200, 0)],
      [10, stop],
      [12, accepted('s')],
      [13, accepted('s')],
    ]),
  ).toEqual(['9 critical protection_gap', '12 information cover_back']);
});

test('a stop for some of the shares, or a leg that may be asleep, covers nothing', () => {
  const half = order('s', 'stop', null, 100);
  const leg = order('l', 'stop', 'e', 200);
  expect(
    told([
      [0, fill('buy', 200)],
      [9, bare(200, 0)],
      [10, half],
      [11, accepted('s')],
      [12, leg],
      [13, accepted('l')],
    ]),
  ).toEqual(['9 critical protection_gap']);
});

test('what is sold is bare no more', () => {
  expect(
    told([
      [0, fill('buy', 200)],
      [9, bare(200, 0)],
      [10, fill('sell', 50)],
      [20, fill('sell', 150)],
    ]),
  ).toEqual(['9 critical protection_gap', '20 information cover_back']);
});
