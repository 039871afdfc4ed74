import { confidenceOf, isVolumeConfirmed } from '#domain/patterns/confidence';
import type { DrawnLine, DrawnPoint, PatternKind } from '#domain/patterns/setup';
import type { Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** Above a trigger by more than this many ATRs the price has run away: buying it is a chase. Judgement. */
const CHASE_ATRS = 1;
/** A break by the close of a minute is fresh for this many minutes. Judgement. */
const FRESH_MINUTES = 15;

/** Whether the last close has passed the trigger and has not run away from it. */
export const isAbove = ({ close, atr }: SymbolView, trigger: number): boolean =>
  atr > 0 && close > trigger && close - trigger <= CHASE_ATRS * atr;

/** How near to the trigger the close still is: 1 at it, 0 at the end of what is no chase. */
export const nearness = ({ close, atr }: SymbolView, trigger: number): number => 1 - (close - trigger) / (CHASE_ATRS * atr);

/** Whether the first close above the trigger, among the minutes from that local minute on, has just been. */
export function isFreshBreak({ minutes, now }: SymbolView, trigger: number, fromMinute: number): boolean {
  const first = minutes.find((bar) => bar.minute >= fromMinute && bar.close > trigger);
  return first !== undefined && now - (first.minute + 1) <= FRESH_MINUTES;
}

export function highest(bars: readonly ChartBar[], from: number, to: number): number {
  let top = 0;
  for (let i = from; i < to; i++) top = Math.max(top, (bars[i] as ChartBar).high);
  return top;
}

export function lowest(bars: readonly ChartBar[], from: number, to: number): number {
  let bottom = Number.MAX_SAFE_INTEGER;
  for (let i = from; i < to; i++) bottom = Math.min(bottom, (bars[i] as ChartBar).low);
  return bottom;
}

/** Where the low of those bars is; the first of equal ones. */
export function lowestAt(bars: readonly ChartBar[], from: number, to: number): number {
  let at = from;
  for (let i = from + 1; i < to; i++) if ((bars[i] as ChartBar).low < (bars[at] as ChartBar).low) at = i;
  return at;
}

/** Five-minute bars are drawn in their middle; a minute of a drawing is whole. */
export const MIDDLE = 2;
export const atHigh = ({ minute, high }: ChartBar): DrawnPoint => ({ minute: minute + MIDDLE, price: high });
export const atLow = ({ minute, low }: ChartBar): DrawnPoint => ({ minute: minute + MIDDLE, price: low });

export const line = (role: string, ...points: readonly DrawnPoint[]): DrawnLine => ({ role, points });
export const level = (role: string, price: number, from: number, to: number): DrawnLine =>
  line(role, { minute: from, price }, { minute: to, price });

type Seen = Pick<Sighting, 'trigger' | 'invalidation' | 'drawing'> & { readonly quality: number };

/** A sighting whose confidence is what volume and quality make it; the place of the last close is marked. */
export function sighted(kind: PatternKind, { volumeRatio, now, close }: SymbolView, { quality, drawing, ...seen }: Seen): Sighting {
  return {
    kind,
    ...seen,
    confidence: confidenceOf(volumeRatio, quality),
    volumeConfirmed: isVolumeConfirmed(volumeRatio),
    drawing: [...drawing, line('break', { minute: now, price: close })],
  };
}
