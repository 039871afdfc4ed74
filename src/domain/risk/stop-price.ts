import { legalPrice, tickAt } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { Limits } from '#domain/risk/limits';
import { type Price, price } from '#domain/values/price';

/** Prices in 1e-4; `atr` is ATR 14 on five-minute bars, `support` 0 when none is known below the entry. */
export type StopQuestion = { readonly entry: number; readonly atr: number; readonly support: number; readonly ticks: TickRule };

/**
 * The stop of a long: the farther of 2 × ATR and the nearest support, at least 1 % away, on a legal tick. A stop farther
 * than the limit is the caller's to refuse. Source: mission, rules of Stage 1.
 */
export function stopPriceOfLong({ entry, atr, support, ticks }: StopQuestion, limits: Limits): Price {
  const byAtr = limits.stopAtrs * atr;
  // A support above the entry lies on the wrong side, and so never farther than the ATRs.
  const bySupport = support > 0 ? entry - support : 0;
  const nearest = entry * (1 - limits.stopMin);
  const wanted = Math.max(entry - Math.max(byAtr, bySupport), tickAt(ticks, 0));
  const stop = legalPrice(ticks, 'stop_of_long', Math.min(wanted, nearest));
  // Rounding up may come a fraction of a tick nearer than 1 %: then the tick below is the nearest legal one.
  return stop > nearest ? price(stop - tickAt(ticks, nearest)) : stop;
}
