import type { TickRule } from '#domain/market/us/tick-rules';
import type { Intent } from '#domain/orders/intent';
import { type Approved, review, type SizedIntent } from '#domain/risk/approval';
import type { Limits } from '#domain/risk/limits';
import type { RiskView } from '#domain/risk/rules';
import { cash } from '#domain/values/cash';

/** Far more than any shadow spends, and still exact in sums. */
export const SHADOW_CAPITAL = cash(4_000_000_000_000_000);

/** An account that has nothing against an entry: nothing held, nothing lost, everything affordable. */
function permissiveView(limits: Limits): RiskView {
  return {
    limits: { ...limits, stopMax: 1, rewardToRiskMin: 0, riskPerTradeMax: 1, openRiskMax: 1, positionMax: 1 },
    halted: false,
    minute: 0,
    pnl: cash(0),
    equity: SHADOW_CAPITAL,
    cashFree: SHADOW_CAPITAL,
    openRisk: cash(0),
    engaged: [],
    phase: { entriesUsed: 0, entriesMax: 1, riskShare: 1 },
    lossesInARow: 0,
    correlationWith: () => ({ value: 0, points: limits.correlationPointsMin, sameSector: false }),
  };
}

/**
 * The order that an intent would have become in exactly so many shares, by the same review that makes the real ones: the
 * liquid shares are the only cap that binds. Null when even so nothing comes of it, such as a target below the entry.
 */
export function shadowOrderOf(
  intent: Intent,
  shares: number,
  { limits, ticks }: { readonly limits: Limits; readonly ticks: TickRule },
): Approved<SizedIntent> | null {
  if (shares < 1) return null;
  const verdict = review({ ...intent, liquidShares: shares }, permissiveView(limits), ticks);
  return verdict.kind === 'approved' ? verdict.order : null;
}
