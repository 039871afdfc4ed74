import type { Frame } from '#domain/events/frame';
import { type Instant, instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Desk } from '#engine/execution/desk';
import type { Link } from '#engine/execution/tracked';

/**
 * A stop that the last price has passed, and that has not filled, is none: the price has leapt over it, or it is dead with the other
 * leg of its group (B12, B13). Prices outside of the session move no stop.
 */
export function watchPrices(desk: Desk, frame: Frame): void {
  if (!frame.regular) return;
  desk.holdings.mark(frame);
  for (const symbol of desk.holdings.held)
    for (const link of stopsIn(desk, symbol)) link.passedSince = isBeyond(desk, symbol, link) ? (link.passedSince ?? desk.now) : null;
}

/** The session is over: until the next one no stop can fill. */
export function forgetPrices(desk: Desk): void {
  for (const link of desk.roll.links) link.passedSince = null;
}

/** Whether the price has been beyond it for so long that it will not fill any more. */
export const hasPassed = (desk: Desk, { passedSince }: Link): boolean => passedSince !== null && deadFrom(desk, passedSince) <= desk.now;

/** Since when the first stop of this name is passed for good; null when none is. */
export function passedSince(desk: Desk, symbol: SymbolIndex): Instant | null {
  const times = stopsIn(desk, symbol).flatMap((link) => (hasPassed(desk, link) ? (link.passedSince ?? []) : []));
  return times.length === 0 ? null : instant(Math.min(...times));
}

/** When a stop of this name will be passed for good next; null when none is on the way to it. */
export function passDue(desk: Desk, symbol: SymbolIndex): Instant | null {
  const dues = stopsIn(desk, symbol).flatMap(({ passedSince }) => (passedSince === null ? [] : deadFrom(desk, passedSince)));
  const ahead = dues.filter((due) => due > desk.now);
  return ahead.length === 0 ? null : instant(Math.min(...ahead));
}

const deadFrom = ({ patience }: Desk, passedSince: Instant): Instant => instant(passedSince + patience.passedMs);

const stopsIn = ({ roll }: Desk, symbol: SymbolIndex): readonly Link[] => roll.liveIn(symbol).filter(({ view }) => view.stop !== null);

function isBeyond({ holdings }: Desk, symbol: SymbolIndex, { view }: Link): boolean {
  const mark = holdings.markOf(symbol);
  if (mark === null || view.stop === null) return false;
  return view.side === 'sell' ? mark <= view.stop : mark >= view.stop;
}
