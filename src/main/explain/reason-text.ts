import type { DropReason } from '#domain/events/funnel';
import { HISTORY_SESSIONS_MIN } from '#domain/history';
import type { Refusal, RefusalKind } from '#domain/risk/refusal';
import type { Settings } from '#domain/settings';
import type { SymbolIndex } from '#domain/values/symbol';
import { amount, percent } from '#main/explain/amounts';
import { clockText } from '#main/live/local-time';
import { RSI_MAX, RSI_MIN, VOLUME_RATIO_MIN } from '#production/technical/agreement';

type Sentence = (settings: Settings) => string;

/** What each reason of the funnel means, with the limit that was missed. The words follow "it". */
const dropSentences: Readonly<Record<DropReason, Sentence>> = {
  no_history: () =>
    `had traded in fewer than ${HISTORY_SESSIONS_MIN} earlier sessions (or had split since), so nothing is usual for it yet`,
  no_bar_today: () => 'had not traded yet that day',
  price_too_low: ({ scanner }) => `cost less than ${amount(scanner.priceMin)} dollars`,
  illiquid: ({ scanner }) => `traded fewer than ${scanner.dollarVolumeMin.toLocaleString('en-US')} dollars a day on average`,
  ranked_below: () => 'was good enough, but others scored higher and the places were taken',
  no_catalyst: () => 'had no headline that moves it, and no surge that would stand in for one',
  negative_catalyst: () => 'had bad news, and only rises are bought',
  not_ready: () => 'had too few bars that day for the indicators',
  below_vwap: () => 'was at or below its volume-weighted average price of the day',
  trend_down: () => 'had its faster average (EMA 9) below the slower one (EMA 21)',
  momentum_out_of_range: () => 'had an RSI 14 that was too weak or too hot',
  momentum_too_weak: () => `had an RSI 14 below ${RSI_MIN}: too weak`,
  momentum_too_hot: () => `had an RSI 14 above ${RSI_MAX}: it has run too far`,
  volume_fading: () => `had a volume that was drying up: below ${VOLUME_RATIO_MIN} × the shares a minute of the last twenty minutes`,
  no_setup: () => 'showed none of the shapes that are bought',
  already_tried: () => 'had been tried with that shape before on that day',
  entries_closed: () => 'came when the phase of the day allows no entries, or a halt held',
  not_listed: () => 'had not traded in the last session before: delisted, or halted',
  range_too_small: ({ scanner }) => `moves less than ${percent(scanner.rangeMin)} a day (daily ATR 14 over the close)`,
  correlated_with_better: ({ limits }) =>
    `moves as a better one of the same scan does: five-minute returns correlate above ${limits.correlationMax}`,
};

export const dropSentence = (reason: DropReason, settings: Settings): string => dropSentences[reason](settings);

type NameOf = (symbol: SymbolIndex) => string;
type RefusalSentences = {
  readonly [Kind in RefusalKind]: (refusal: Extract<Refusal, { readonly kind: Kind }>, nameOf: NameOf) => string;
};

/** What the risk manager had against it, with its numbers. */
const refusalSentences: RefusalSentences = {
  halted: () => 'a halt held',
  daily_loss_passed: ({ pnl, limit }) => `the day stood at ${amount(pnl)}, beyond its loss limit of ${amount(limit)}`,
  entries_closed: ({ minute }) => `no entries are allowed at ${clockText(minute)}`,
  phase_entries_used: ({ used, max }) => `${used} of ${max} entries of the phase were used`,
  too_many_positions: ({ held, max }) => `${held} positions were open, ${max} are allowed`,
  position_in_symbol: () => 'a position or a working entry in it was there already',
  short_not_allowed: () => 'shorts are not allowed',
  stop_too_far: ({ distance, max }) => `the stop would be ${percent(distance)} away, ${percent(max)} is allowed`,
  reward_too_small: ({ ratio, min }) => `the reward was ${ratio.toFixed(2)} of the risk, ${min} is asked`,
  open_risk_used: ({ open, max }) => `${amount(open)} were at risk already, ${amount(max)} is allowed`,
  correlated: ({ other, correlation, max }, nameOf) =>
    `it correlates ${correlation.toFixed(2)} with ${nameOf(other)}, which was held; ${max} is allowed`,
  correlation_unknown: ({ other, points, min }, nameOf) =>
    `how it moves with ${nameOf(other)}, which was held, is unknown: ${points} common points of ${min}`,
  no_buying_power: ({ available, limit }) => `${amount(available)} dollars were free, a share costs ${amount(limit)}`,
  size_is_zero: ({ limit }) => `not one share at ${amount(limit)} was left after sizing`,
};

export function refusalSentence(refusal: Refusal, nameOf: NameOf): string {
  const sentence = refusalSentences[refusal.kind] as (refusal: Refusal, nameOf: NameOf) => string;
  return sentence(refusal, nameOf);
}
