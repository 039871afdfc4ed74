import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { emptyDirectory, writeSample } from '#engine/journal/testing/sample-journal';
import { ledgerOf } from '#main/day/ledger';
import { at, closed, opened } from '#tests/one-service';

const symbol = symbolIndex(0);

function filled(side: 'buy' | 'sell', shares: number, dollars: number): Event {
  const trade = { side, shares: quantity(shares), price: price(dollars * 10_000), bar: at('10:00') };
  return { kind: 'order_filled', order: `${side}-1` as OrderId, symbol, fees: cash(0), flags: [], ...trade };
}

const moved = (cause: 'dividend' | 'transfer', dollars: number): Event => ({
  kind: 'cash_moved',
  activity: cause,
  cause,
  symbol: cause === 'dividend' ? symbol : null,
  amount: cash(dollars * 10_000),
  detail: cause,
});

/** The lines of a journal of one session in which that happens. */
function lines(events: readonly Event[]) {
  const directory = emptyDirectory();
  const begun: Event = { kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' };
  const all = [begun, opened(2), ...events, closed()];
  writeSample(
    directory,
    all.map((event) => [event, at('10:00'), 0, 'door']),
  );
  return [...ledgerOf(directory)];
}

test('D1, D9, D10: money and shares that came or went without an order of ours stand in it, and in what the session has made', () => {
  const told = lines([
    filled('buy', 100, 50),
    moved('dividend', 25),
    moved('transfer', -5_000),
    { kind: 'position_adjusted', symbol, shares: -40, price: price(490_000), cause: 'external_trade', bar: at('10:30') },
    { kind: 'split_took_effect', symbol, ratio: 2 },
    filled('sell', 120, 26),
  ]);
  expect(told.slice(2, 5)).toMatchObject([
    { kind: 'cash_moved', symbol: 'S0', amount: '25.0000', reason: 'dividend', detail: 'dividend' },
    { kind: 'cash_moved', symbol: null, amount: '-5000.0000', reason: 'transfer' },
    { kind: 'position_adjusted', symbol: 'S0', side: 'sell', shares: 40, price: '49.0000', reason: 'external_trade' },
  ]);
  // -5,000 + 25 + 1,960 + 3,120, and what was paid out is no loss.
  expect(told.at(-1)).toMatchObject({ kind: 'session_closed', cash: '95105.0000', equity: '95105.0000', pnl: '105.0000' });
});
