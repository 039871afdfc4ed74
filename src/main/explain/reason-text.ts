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

/** Why a name was let go, and the settings under which that was so. */
export type Dropped = { readonly reasons: readonly DropReason[]; readonly settings: Settings };

/** All reasons in one clause. */
export const droppedText = ({ reasons, settings }: Dropped): string =>
  reasons.map((reason) => `it ${dropSentence(reason, settings)}`).join('; and ');

const spaced = (word: string): string => word.replaceAll('_', ' ');

type NameOf = (symbol: SymbolIndex) => string;
type RefusalSentences = {
  readonly [Kind in RefusalKind]: (refusal: Extract<Refusal, { readonly kind: Kind }>, nameOf: NameOf) => string;
};

/** What the risk manager had against it, with its numbers. */
const refusalSentences: RefusalSentences = {
  halted: ({ level, reason }) => `a stop was in force (${spaced(reason)}, level ${spaced(level)})`,
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
  weekly_loss_passed: ({ pnl, limit }) => `the week stood at ${amount(pnl)}, beyond its loss limit of ${amount(limit)}`,
  drawdown_passed: ({ equity, peak, max }) => `equity of ${amount(equity)} had fallen more than ${percent(max)} from ${amount(peak)}`,
  account_disagrees: ({ broker, book, max }) =>
    `the broker reported an equity of ${amount(broker)}, our book has ${amount(book)}; ${percent(max)} apart is allowed`,
  protection_missing: ({ symbol, seconds }, nameOf) => `${nameOf(symbol)} had been held without a stop for ${seconds} seconds`,
  too_many_messages: ({ used, max }) => `${used} orders and cancels had left within a minute, entries may use ${max}`,
  stop_on_wrong_side: ({ stop, limit }) => `a stop at ${amount(stop)} is not below an entry at ${amount(limit)}`,
  risk_too_high: ({ risk, max }) => `it would risk ${amount(risk)}, ${amount(max)} is allowed`,
  position_too_large: ({ value, max }) => `it would be a position of ${amount(value)}, ${amount(max)} is allowed`,
  order_too_valuable: ({ value, max }) => `an order of ${amount(value)} is never sent, the most is ${amount(max)}`,
  too_many_shares: ({ shares, max }) => `an order of ${shares} shares is never sent, the most is ${max}`,
  minute_share_passed: ({ shares, max }) => `${shares} shares were more than the ${max} that a minute can take`,
  day_share_passed: ({ shares, max }) => `${shares} shares were more than the ${max} that a day can take`,
  gross_exposure_passed: ({ exposure, max }) => `exposure would be ${amount(exposure)} gross, ${amount(max)} is allowed`,
  net_exposure_passed: ({ exposure, max }) => `exposure would be ${amount(exposure)} net, ${amount(max)} is allowed`,
  quote_stale: ({ minutes, max }) =>
    minutes === null ? 'it had no bar that day' : `its last bar was ${minutes} minutes old, ${max} is allowed`,
  jump_unconfirmed: ({ last, before, max }) =>
    `its price jumped from ${amount(before)} to ${amount(last)}, more than ${percent(max)}, and no next bar had confirmed it`,
  far_from_last: ({ limit, last, max }) =>
    last === null
      ? 'it had no last price to be near to'
      : `the limit ${amount(limit)} lay more than ${percent(max)} from the last price ${amount(last)}`,
  far_from_close: ({ limit, close, max }) =>
    close === null
      ? 'it had no close of an earlier session to be near to'
      : `the limit ${amount(limit)} lay more than ${percent(max)} from the close before, ${amount(close)}`,
  limits_drifted: ({ from, limit, max }) => `its limits had drifted from ${amount(from)} to ${amount(limit)}, more than ${percent(max)}`,
  duplicate_entry: ({ seconds, min }) => `the same had been entered ${seconds} seconds before, ${min} must pass`,
  repeated_execution: ({ count, max }) => `the pattern had fired ${count} times in it of late, ${max} is allowed until a person clears it`,
  name_restricted: () => 'it is on the restricted list',
  name_not_permitted: () => 'it is not on the permitted list',
  not_tradable: ({ status }) => (status === 'halted' ? 'trading in it was halted' : 'the broker does not trade it'),
  sector_full: ({ sector, held, max }) => `${held} positions in ${sector} were open, ${max} are allowed`,
  approval_outgrown: ({ shares, now }) => `${shares} shares were agreed to, and only ${now} would be allowed by then`,
  broker_not_ready: ({ state }) => `the broker could not be relied on just then (${spaced(state)})`,
  clock_skewed: ({ ms, max }) => `our clock was ${ms} ms away from the broker's, ${max} is allowed`,
  name_quarantined: () => 'the broker and the book disagreed about it',
};

export function refusalSentence(refusal: Refusal, nameOf: NameOf): string {
  const sentence = refusalSentences[refusal.kind] as (refusal: Refusal, nameOf: NameOf) => string;
  return sentence(refusal, nameOf);
}
