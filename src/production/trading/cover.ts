import { legalPrice, tickAt } from '#domain/market/ticks';
import type { Position } from '#domain/portfolio/book';
import { type Price, price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { type Desk, isHalted, positionOf } from '#production/trading/desk';
import { leave, leaveIfPassed } from '#production/trading/leaving';
import { cancel, sendExit, sendStop } from '#production/trading/orders';
import { isSelling, newTrade, type Trade, type TradeTerms, workingStops } from '#production/trading/trade';

/** After so many stops that the broker refused or dropped, the shares are sold: a name that takes no stop is not held (B17). */
const LOST_STOPS_MAX = 3;
/** What shares without an intent are given for a target, in multiples of what they have at risk. */
const ADOPTED_REWARD = 2;

/**
 * The broker says that shares have no stop. An entry that still works is ended first: its bracket covers nothing before it
 * is whole, and a stop beside it would be refused as a wash trade. Told again, a stop has not helped: out.
 */
export function coverMissing(trade: Trade, desk: Desk): void {
  const position = positionOf(trade, desk);
  if (position === undefined || isHalted(trade, desk)) return;
  if (isSelling(trade)) {
    // The way out was refused, or ended without an end: nothing works for these shares.
    if (trade.working.size === 0) sendExit(trade, position, { reason: 'protection_missing', desk });
    return;
  }
  if (trade.working.has(trade.ids.entry)) return cancel(trade, trade.ids.entry, { reason: 'protection_missing', desk });
  // The end of the entry is on its way, and a stop comes with it.
  if (!trade.entryOver) return;
  replaceLostStop(trade, desk);
}

/** A stop has ended that we did not end: another at once, and not at the next minute. */
export function stopLost(trade: Trade, desk: Desk): void {
  if (positionOf(trade, desk) === undefined || isSelling(trade) || isHalted(trade, desk)) return;
  if (workingStops(trade).length === 0) replaceLostStop(trade, desk);
}

function replaceLostStop(trade: Trade, desk: Desk): void {
  trade.lostStops++;
  // What is short after all is bought back: the stop of what was long lies on the wrong side.
  const isShort = (positionOf(trade, desk)?.shares ?? 0) < 0;
  if (isShort || trade.lostStops > LOST_STOPS_MAX) return leave(trade, { way: 'market', reason: 'protection_missing', desk });
  if (!leaveIfPassed(trade, desk)) sendStop(trade, 'protection_missing', desk);
}

/** Shares that the broker holds and no intent of ours asked for: they get a stop, and leave by the close like all others. */
export function adopt({ symbol, shares }: Position, at: Price, { sequence, desk }: { sequence: number; desk: Desk }): Trade {
  const stop = legalPrice(desk.ticks, 'stop_of_long', Math.max(at * (1 - desk.settings.limits.stopMax), tickAt(desk.ticks, 0)));
  const target = price(at + ADOPTED_REWARD * Math.max(at - stop, tickAt(desk.ticks, at)));
  const terms: TradeTerms = { symbol, limit: at, stop, target, atr: 0, shares: quantity(Math.abs(shares)) };
  const trade = newTrade(terms, {
    intent: sequence,
    name: `${sequence}.${symbol}`,
    date: desk.date,
    at: desk.at,
    reason: 'protection_missing',
  });
  trade.entryLeft = 0;
  trade.entryOver = true;
  // Nothing is known of them by which a stop could be moved or a time be set.
  trade.timeStop = 'over';
  trade.isAdopted = true;
  // The house is never short: what is, is bought back.
  if (shares < 0) leave(trade, { way: 'market', reason: 'protection_missing', desk });
  else sendStop(trade, 'protection_missing', desk);
  return trade;
}
