import { gainAt, type Holding } from '#domain/exits/holding';
import type { ExitRules } from '#domain/risk/exit-rules';

/** Where break-even wants the stop, off the grid: at what a share has cost, once a close was far enough above it; null before. */
export function breakEvenLevel(holding: Holding, { breakEvenAtR }: ExitRules): number | null {
  if (breakEvenAtR === 0) return null;
  return gainAt(holding.highestClose, holding) >= breakEvenAtR ? holding.averageCost : null;
}
