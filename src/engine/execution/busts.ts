import type { Execution } from '#domain/brokerage/broker-order';
import { type Price, price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';
import type { Desk } from '#engine/execution/desk';

/**
 * A trade that was taken back moves nothing here at once: the list of positions may show it before or after its own row. When both
 * have differed for long enough, it is what explains the difference (D10).
 */
export function noteBust({ busts, patience }: Desk, bust: Execution): void {
  if (bust.busts !== null && !busts.has(bust.busts) && busts.size < patience.keptMax) busts.set(bust.busts, bust);
}

/**
 * The price at which so many shares more, or fewer, are undone, when all trades of the name that were taken back and have explained
 * nothing yet come to them; null when they do not.
 */
export function undoneAt({ busts }: Desk, name: Ticker, shares: number): Price | null {
  const open = [...busts.values()].flatMap((bust) => (bust?.ticker === name ? [bust] : []));
  const moved = open.reduce((sum, bust) => sum + undone(bust), 0);
  if (open.length === 0 || moved !== shares || moved === 0) return null;
  const money = open.reduce((sum, bust) => sum + undone(bust) * bust.price, 0);
  return price(Math.max(1, Math.round(money / moved)));
}

/** They have explained what they can; the list shows them again. */
export function useBusts({ busts }: Desk, name: Ticker): void {
  for (const [trade, bust] of busts) if (bust?.ticker === name) busts.set(trade, null);
}

/** A row of a trade that is taken back bears that trade's own side. */
const undone = ({ side, shares }: Execution): number => (side === 'buy' ? -shares : shares);
