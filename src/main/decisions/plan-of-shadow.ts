import type { SettingsStamp } from '#domain/events/decision';
import type { SessionClock } from '#domain/market/session-clock';
import { legalPrice } from '#domain/market/ticks';
import type { Mode } from '#domain/market/trading-day';
import type { TickRule } from '#domain/market/us/tick-rules';
import { type Intent, intentOf } from '#domain/orders/intent';
import { targetOfLong } from '#domain/patterns/long-plan';
import { noRecord } from '#domain/patterns/setup';
import { sharesFor } from '#domain/risk/sizing';
import { stopPriceOfLong } from '#domain/risk/stop-price';
import type { Settings } from '#domain/settings';
import { type Instant, instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { type RoadPlan, roadPlan, type ShadowPart } from '#main/decisions/road-plan';
import { shadowOrderOf } from '#simulation/shadow/permissive-view';

/** Under what an entry that was not made is reckoned. */
export type ShadowTerms = {
  readonly settings: Settings;
  readonly stamp: SettingsStamp;
  readonly ticks: TickRule;
  readonly clock: SessionClock;
  readonly opens: Instant;
  readonly equity: number;
  readonly at: Instant;
  /** The entry of the journal that kept it out. */
  readonly sequence: number;
};

/** What the bars alone say of a name for which nobody drew a plan: prices in 1e-4. */
export type BareName = { readonly close: number; readonly atr: number; readonly minuteShares: number };

/** The plan of Stage 1 for a name without a setup: a limit at the last close, the stop by the rule, the target two risks away. */
export function plainIntent(symbol: SymbolIndex, { close, atr, minuteShares }: BareName, terms: ShadowTerms): Intent {
  const { ticks, settings } = terms;
  const entry = legalPrice(ticks, 'limit_buy', close);
  const stop = stopPriceOfLong({ entry, atr, support: 0, ticks }, settings.limits);
  const target = targetOfLong({ entry, stop, ticks });
  return intentOf(
    { symbol, entry, atr, support: 0, target, pattern: 'bull_flag', confidence: 0, minuteShares, record: noRecord },
    settings.limits,
  );
}

/** The road on which it is entered after all, in `shares`, or when they are none in what an empty account would take. */
export function enteringRoad(plan: Intent, shares: number | null, intent: number, terms: ShadowTerms): RoadPlan {
  const { settings, stamp, ticks, opens } = terms;
  const sizedAlone = shares === null || shares === 0;
  const size = sizedAlone ? sharesAlone(plan, terms) : shares;
  const order = shadowOrderOf(plan, size, { limits: settings.limits, ticks });
  if (order === null) return { ...roadPlan('enter', null), shares: size, sizedAlone };
  // Before the open nothing can be sent: it waits for the bell.
  const at = instant(Math.max(terms.at, opens));
  const cast = { order, intent, symbol: plan.symbol, at, settings, stamp };
  const part: ShadowPart = { kind: 'shadow', order: cast, since: terms.sequence, trade: null, unless: null, said: [] };
  return { choice: 'enter', parts: [part], shares: order.shares, sizedAlone };
}

/** What the risk budget of the phase would give an account that holds nothing. */
function sharesAlone({ limit, atr, support, liquidShares }: Intent, { settings, ticks, clock, equity, at }: ShadowTerms): number {
  const stop = stopPriceOfLong({ entry: limit, atr, support, ticks }, settings.limits);
  const riskShare = riskShareAt(clock, clock.minuteAt(at), settings.mode);
  const unhindered = {
    kellyShare: null,
    openRisk: 0,
    cashFree: equity,
    exposureLeft: equity,
    dayShares: Number.MAX_SAFE_INTEGER,
    lossesInARow: 0,
  };
  const alone = { ...unhindered, equity, riskShare, entry: limit, stop, liquidShares: Math.max(1, liquidShares) };
  return sharesFor(alone, settings.limits);
}

/** A phase without a budget takes that of the next one that has one, or of the last. */
function riskShareAt(clock: SessionClock, minute: number, mode: Mode): number {
  const now = clock.planAt(minute, mode).risk;
  if (now > 0) return now;
  const budgeted = clock.phases.filter(({ plan }) => plan[mode].risk > 0);
  const next = budgeted.find(({ from }) => from >= minute) ?? budgeted.at(-1);
  return next?.plan[mode].risk ?? 0;
}
