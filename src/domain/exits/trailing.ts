import { gainAt, type Holding } from '#domain/exits/holding';
import type { ExitRules } from '#domain/risk/exit-rules';

/** Where trailing wants the stop, off the grid: so many ATRs below the highest close, once that close was far enough; null before. */
export function trailingLevel(holding: Holding, { trailFromR, trailAtrs }: ExitRules): number | null {
  if (trailFromR === 0 || trailAtrs === 0) return null;
  return gainAt(holding.highestClose, holding) >= trailFromR ? holding.highestClose - trailAtrs * holding.atr : null;
}
