import { abcd } from '#domain/patterns/abcd';
import { ascendingTriangle } from '#domain/patterns/ascending-triangle';
import { bullFlag } from '#domain/patterns/bull-flag';
import { cupAndHandle } from '#domain/patterns/cup-and-handle';
import { flatTop } from '#domain/patterns/flat-top';
import { gapAndGo } from '#domain/patterns/gap-and-go';
import { twinOf } from '#domain/patterns/mirror';
import { openingRange } from '#domain/patterns/opening-range';
import { redToGreen } from '#domain/patterns/red-to-green';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { vwapBreakout } from '#domain/patterns/vwap-breakout';

/** Shapes that speak for a rise; where two are equally sure, the earlier one wins. */
export const bullPatterns: readonly Pattern[] = [
  openingRange,
  bullFlag,
  cupAndHandle,
  ascendingTriangle,
  abcd,
  flatTop,
  vwapBreakout,
  gapAndGo,
  redToGreen,
];

/** Their twins, in the same order. */
export const bearPatterns: readonly Pattern[] = [
  twinOf(openingRange, 'opening_range_breakdown'),
  twinOf(bullFlag, 'bear_flag'),
  twinOf(cupAndHandle, 'inverted_cup_and_handle'),
  twinOf(ascendingTriangle, 'descending_triangle'),
  twinOf(abcd, 'bearish_abcd'),
  twinOf(flatTop, 'flat_bottom_breakdown'),
  twinOf(vwapBreakout, 'vwap_breakdown'),
  twinOf(gapAndGo, 'gap_down_and_go'),
  twinOf(redToGreen, 'green_to_red'),
];

/** Every shape that these patterns see now. */
export const sightingsOf = (view: SymbolView, patterns: readonly Pattern[]): readonly Sighting[] =>
  patterns.map((pattern) => pattern.find(view)).filter((found) => found !== null);
