import { expect, test } from 'vitest';
import type { Fill } from '#domain/events/account';
import type { Entry, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { OrderReason } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { trading } from '#production/trading/trading';
import { shadowTrade } from '#simulation/shadow/shadow-trade';
import { runEagerDays } from './eager-days.js';

/** What a fill was, without what the other trades of the day have a part in: the fees are rounded over the whole day. */
const bare = ({ side, shares, price, bar, flags }: Fill) => ({ side, shares, price, bar, flags });

test('the shadow of an order that was really sent fills and ends as the real one did', async () => {
  let opened: EventOf<'session_opened'> | null = null;
  let frames: Frame[] = [];
  let approvals: Entry<'intent_approved'>[] = [];
  const intents = new Map<string, number>();
  const fills = new Map<number, Fill[]>();
  const reasons = new Map<number, OrderReason>();
  let compared = 0;
  await runEagerDays(({ sequence, at, cause, event }) => {
    if (event.kind === 'session_opened') {
      opened = event;
      frames = [];
      approvals = [];
    }
    if (event.kind === 'bars_closed') frames.push(event.frame);
    if (event.kind === 'intent_approved') approvals.push({ sequence, at, cause, event });
    if (event.kind === 'order_requested') intents.set(event.order.id, event.order.intent);
    if (event.kind === 'order_filled') {
      const intent = intents.get(event.order) ?? 0;
      fills.set(intent, [...(fills.get(intent) ?? []), event]);
    }
    if (event.kind === 'position_closed') reasons.set(event.intent, event.reason);
    if (event.kind !== 'session_closed' || opened === null) return;
    for (const { at: sent, event: approved } of approvals) {
      const { intent, order, stamp } = approved;
      const plan = { order, intent, symbol: order.symbol, at: sent, settings: defaultSettings, stamp, standing: [], told: [] };
      const shadow = shadowTrade(plan, { opened, closed: event, frames, serviceOf: trading });
      const real = fills.get(intent) ?? [];
      expect(shadow.fills.map(bare)).toEqual(real.map(bare));
      expect(shadow.reason).toEqual(reasons.get(intent) ?? null);
      if (approvals.length === 1) expect(shadow.fills.map(({ fees }) => fees)).toEqual(real.map(({ fees }) => fees));
      if (real.length > 0) compared++;
    }
  });
  expect(compared).toBeGreaterThan(5);
});
