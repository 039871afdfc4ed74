import type { TickRule } from '#domain/market/us/tick-rules';
import type { Intent } from '#domain/orders/intent';
import { type Approved, review, type SizedIntent } from '#domain/risk/approval';
import type { Limits } from '#domain/risk/limits';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';

/** Far more than any shadow spends, and still exact in sums. */
export const SHADOW_CAPITAL = cash(4_000_000_000_000_000);

/** An account that has nothing against an entry: nothing held, nothing lost, everything affordable, and a quote at its limit. */
function permissiveView({ limit }: Intent, limits: Limits) {
  return {
    limits: {
      ...limits,
      stopMax: 1,
      rewardToRiskMin: 0,
      riskPerTradeMax: 1,
      openRiskMax: 1,
      positionMax: 1,
      grossExposureMax: 1,
      netExposureMax: 1,
      minuteShareMax: 1,
      dayShareMax: 1,
      orderValueMax: SHADOW_CAPITAL,
      orderSharesMax: Number.MAX_SAFE_INTEGER,
    },
    halted: false,
    broker: 'ready',
    skewMs: 0,
    stop: null,
    sizing: { kellyFraction: 0, kellyCountMin: 0 },
    at: instant(0),
    minute: 0,
    pnl: cash(0),
    week: { pnl: cash(0), limit: SHADOW_CAPITAL },
    equity: SHADOW_CAPITAL,
    peak: SHADOW_CAPITAL,
    account: { broker: SHADOW_CAPITAL, book: SHADOW_CAPITAL },
    cashFree: SHADOW_CAPITAL,
    openRisk: cash(0),
    exposure: { gross: cash(0), net: cash(0) },
    engaged: [],
    phase: { entriesUsed: 0, entriesMax: 1, riskShare: 1 },
    lossesInARow: 0,
    unprotected: null,
    messages: 0,
    past: [],
    isLatched: false,
    quote: { last: limit, before: limit, minutes: 0, previousClose: limit, dayShares: Number.MAX_SAFE_INTEGER },
    name: { status: 'trading', isPermitted: true, isRestricted: false, isQuarantined: false, sector: null },
    correlationWith: () => ({ value: 0, points: limits.correlationPointsMin, sameSector: false }),
  } as const;
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
  const verdict = review({ ...intent, liquidShares: shares }, permissiveView(intent, limits), ticks);
  return verdict.kind === 'approved' ? verdict.order : null;
}
