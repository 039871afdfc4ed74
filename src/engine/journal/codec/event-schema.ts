import type { Environment } from '#domain/brokerage/client-order-id';
import {
  type Adjustment,
  adjustments,
  type BrokerState,
  brokerStates,
  type CashCause,
  cashCauses,
  type Difference,
  differences,
  type OrderRejection,
  orderRejections,
} from '#domain/events/account';
import type { SettingsStamp } from '#domain/events/decision';
import type { Event } from '#domain/events/event';
import type {
  AgreedCandidate,
  Candidate,
  ChosenCandidate,
  ConfirmedCandidate,
  Dropped,
  FoundSetup,
  NearbyLevel,
} from '#domain/events/funnel';
import type { AssetStatus, NamedSector } from '#domain/events/market';
import type { NamedCompany } from '#domain/events/news';
import { type Request, type RequestFault, requestFaults } from '#domain/events/request';
import type { RunEvent } from '#domain/events/run';
import { type LevelSource, levelSources } from '#domain/indicators/level-source';
import { type CatalystType, catalystTypes } from '#domain/news/catalyst';
import type { Intent } from '#domain/orders/intent';
import { exitReasons, type FillFlag, type Order, type OrderId, type OrderReason, type OrderRole, type Side } from '#domain/orders/order';
import { type DrawnLine, type DrawnPoint, type PatternKind, patternKinds, type TrackRecord } from '#domain/patterns/setup';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Refusal } from '#domain/risk/refusal';
import { type HaltReason, haltReasons, type StopLevel, stopLevels } from '#domain/risk/stop-level';
import {
  type Choice,
  choices,
  type Option,
  type Question,
  type QuestionSubject,
  questionSubjects,
  type ReasonCode,
  reasonCodes,
  type Settlement,
  settlements,
} from '#domain/session/question';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import { bool, float, integer, list, natural, nullable, numbered, positive, struct, tagged, text, word } from '#engine/journal/codec/codec';
import { frameCodec } from '#engine/journal/codec/frame-codec';
import { settingsCodec } from '#engine/journal/codec/settings-codec';

const symbol = natural<SymbolIndex>();
const shares = natural<Quantity>();
const price = positive<Price>();
const cash = integer<Cash>();
const instant = integer<Instant>();
const date = text<SessionDate>();
const orderId = text<OrderId>();
const count = natural();
const words = text();

const side = word<Side>({ buy: 0, sell: 1 });
const pattern = word<PatternKind>(numbered(patternKinds));
const orderReason = word<OrderReason>(numbered([...exitReasons, ...patternKinds]));
const cancelReason = word<OrderReason | 'entry_stale'>(numbered(['entry_stale', ...exitReasons, ...patternKinds]));
const catalyst = word<CatalystType>(numbered(catalystTypes));
const source = word<Extract<RunEvent, { kind: 'run_started' }>['source']>({
  simulated_market: 0,
  recorded_market: 1,
  live_market: 2,
});

const stopLevel = word<StopLevel>(numbered(stopLevels));
const haltReason = word<HaltReason>(numbered(haltReasons));
const assetStatus = word<AssetStatus>({ trading: 0, halted: 1, not_tradable: 2 });
const brokerState = word<BrokerState>(numbered(brokerStates));
const choice = word<Choice>(numbered(choices));
const reasonCode = nullable(word<ReasonCode>(numbered(reasonCodes)));
const subject = word<QuestionSubject>(numbered(questionSubjects));
const asker = { by: words, from: word<'person' | 'program'>({ person: 0, program: 1 }) };
const reasoned = { ...asker, because: words };
const stamp = struct<SettingsStamp>({ version: count, hash: words });

const stopFields = { ...reasoned, level: stopLevel };
const parameterFields = { ...reasoned, name: words, value: words };
const confirmFields = { ...reasoned, change: count };
const answerFields = { ...reasoned, question: count, terms: words, choice, code: reasonCode };
const closeFields = { ...reasoned, symbol, code: reasonCode };

const request = tagged<Request>({
  stop_trading: stopFields,
  clear_stop: reasoned,
  change_parameter: parameterFields,
  confirm_parameter: confirmFields,
  answer_question: answerFields,
  close_position: closeFields,
});

const question = struct<Question>({
  subject,
  intent: count,
  symbol: nullable(symbol),
  shares: count,
  price: natural<Price>(),
  terms: words,
  deadline: instant,
  options: list(struct<Option>({ choice, cash, risk: cash, atStop: nullable(cash), atTarget: nullable(cash) })),
  recommended: choice,
  whenSilent: choice,
});

const trackRecord = struct<TrackRecord>({ count, won: count, meanR: float, deviationR: float });

const intentFields = {
  symbol,
  side,
  limit: price,
  atr: float,
  support: float,
  target: price,
  pattern,
  confidence: float,
  liquidShares: float,
  record: trackRecord,
};
const intent = struct<Intent>(intentFields);
const sizedFields = { ...intentFields, stop: price, shares, risk: cash };
const sizedIntent = struct<SizedIntent>(sizedFields);
const approvedIntent = struct<Approved<SizedIntent>>(sizedFields);

const order = struct<Approved<Order>>({
  id: orderId,
  role: word<OrderRole>({ entry: 0, stop: 1, target: 2, exit: 3 }),
  type: word<Order['type']>({ limit: 0, stop: 1, market: 2 }),
  symbol,
  side,
  shares,
  limit: nullable(price),
  stop: nullable(price),
  parent: nullable(orderId),
  intent: count,
  reason: orderReason,
});

const refusal = tagged<Refusal>({
  halted: { level: stopLevel, reason: haltReason },
  daily_loss_passed: { pnl: cash, limit: cash },
  entries_closed: { minute: count },
  phase_entries_used: { used: count, max: count },
  too_many_positions: { held: count, max: count },
  position_in_symbol: { symbol },
  short_not_allowed: {},
  stop_too_far: { distance: float, max: float },
  reward_too_small: { ratio: float, min: float },
  open_risk_used: { open: cash, max: cash },
  correlated: { other: symbol, correlation: float, max: float },
  correlation_unknown: { other: symbol, points: count, min: count },
  no_buying_power: { available: cash, limit: price },
  size_is_zero: { limit: price },
  weekly_loss_passed: { pnl: cash, limit: cash },
  drawdown_passed: { equity: cash, peak: cash, max: float },
  account_disagrees: { broker: cash, book: cash, max: float },
  protection_missing: { symbol, seconds: count },
  too_many_messages: { used: count, max: count },
  stop_on_wrong_side: { stop: integer(), limit: price },
  risk_too_high: { risk: cash, max: cash },
  position_too_large: { value: cash, max: cash },
  order_too_valuable: { value: cash, max: cash },
  too_many_shares: { shares: count, max: count },
  minute_share_passed: { shares: count, max: count },
  day_share_passed: { shares: count, max: count },
  gross_exposure_passed: { exposure: cash, max: cash },
  net_exposure_passed: { exposure: cash, max: cash },
  quote_stale: { minutes: nullable(count), max: count },
  jump_unconfirmed: { last: float, before: float, max: float },
  far_from_last: { limit: price, last: nullable(float), max: float },
  far_from_close: { limit: price, close: nullable(float), max: float },
  limits_drifted: { from: float, limit: price, max: float },
  duplicate_entry: { seconds: count, min: count },
  repeated_execution: { count, max: count },
  name_restricted: { symbol },
  name_not_permitted: { symbol },
  not_tradable: { symbol, status: assetStatus },
  sector_full: { sector: words, held: count, max: count },
  approval_outgrown: { shares: count, now: count },
  broker_not_ready: { state: brokerState },
  name_quarantined: { symbol },
  clock_skewed: { ms: count, max: count },
});

const dropped = struct<Dropped>({ symbols: list(count), reasons: list(count) });
const stage = { scan: count, minute: count, dropped };

const candidate = struct<Candidate>({ symbol, score: float, gap: float, change: float, relativeVolume: float, minuteVolume: float });
const confirmed = struct<ConfirmedCandidate>({
  symbol,
  score: float,
  catalyst,
  direction: integer(),
  strength: float,
  sentiment: float,
  reliability: float,
  outlets: count,
  headline: words,
});
const level = struct<NearbyLevel>({
  price: float,
  halfWidth: float,
  source: word<LevelSource>(numbered(levelSources)),
  touches: count,
  bounces: count,
  breaks: count,
});
const agreed = struct<AgreedCandidate>({
  symbol,
  score: float,
  close: float,
  atr: float,
  vwap: float,
  volumeRatio: float,
  levels: list(level),
  indicators: list(float),
  minuteShares: float,
});
const setup = struct<FoundSetup>({
  symbol,
  score: float,
  pattern,
  entry: price,
  stop: price,
  target: price,
  confidence: float,
  invalidation: float,
  volumeConfirmed: bool,
  record: trackRecord,
  drawing: list(struct<DrawnLine>({ role: words, points: list(struct<DrawnPoint>({ minute: count, price: float })) })),
  atr: float,
  support: float,
  minuteShares: float,
});
const chosen = struct<ChosenCandidate>({ symbol, score: float, correlation: float });

/**
 * Every event as bytes: the place of its kind, then its fields. Old journals are read with this table, so kinds and
 * words are only ever added at the end of their list; a change of fields needs a new version in the segment's header.
 */
export const eventSchema = tagged<Event>({
  run_started: { settings: settingsCodec, source, version: words },
  state_hashed: { date, hash: words },
  session_opened: {
    date,
    open: instant,
    close: instant,
    openMinute: count,
    closeMinute: count,
    history: bool,
    listed: list(text<Ticker>()),
  },
  bars_closed: { frame: frameCodec },
  split_took_effect: { symbol, ratio: float },
  session_closed: { date, lastBar: nullable(instant), complete: bool },
  names_listed: { year: count, companies: list(struct<NamedCompany>({ symbol, names: list(words) })) },
  headline_published: { id: words, knownAt: instant, publishedAt: nullable(instant), source: words, text: words, symbols: list(symbol) },
  order_accepted: { order: orderId },
  order_rejected: {
    order: orderId,
    reason: word<OrderRejection>(numbered(orderRejections)),
  },
  order_filled: {
    order: orderId,
    symbol,
    side,
    shares,
    price,
    fees: cash,
    bar: instant,
    flags: list(word<FillFlag>({ stop_first: 0, gap: 1, same_bar: 2, at_close: 3, no_market: 4 })),
  },
  order_cancelled: { order: orderId, unfilled: shares },
  candidates_found: { ...stage, universe: count, kept: list(candidate) },
  catalysts_confirmed: { ...stage, kept: list(confirmed) },
  indicators_agreed: { ...stage, kept: list(agreed) },
  setups_found: { ...stage, kept: list(setup) },
  intents_chosen: { ...stage, kept: list(chosen) },
  request_received: { request },
  stop_requested: stopFields,
  intent_formed: { intent },
  intent_approved: { intent: count, order: approvedIntent, stamp },
  intent_refused: { intent: count, symbol, side, refusals: list(refusal), stop: price, shares: count, stamp },
  loss_warned: { pnl: cash, limit: cash, share: float },
  halt_ordered: { reason: haltReason, level: stopLevel, pnl: cash, limit: cash },
  order_requested: { order },
  cancel_requested: { order: orderId, reason: cancelReason },
  position_closed: {
    symbol,
    side,
    shares,
    pnl: cash,
    fees: cash,
    reason: orderReason,
    noMarket: bool,
    intent: count,
    rMultiple: float,
  },
  universe_selected: { size: count, dropped },
  catalyst_detected: {
    headline: words,
    story: words,
    outlets: count,
    symbol,
    catalyst,
    direction: integer(),
    strength: float,
    sentiment: float,
    reliability: float,
    evidence: list(struct<{ readonly from: number; readonly to: number }>({ from: count, to: count })),
  },
  record_taught: { pattern, count, won: count, sumR: float, sumSquaresR: float },
  setup_resolved: { symbol, pattern, scanned: count, outcome: word<'target' | 'stop' | 'time'>({ target: 0, stop: 1, time: 2 }), r: float },
  request_refused: { request: count, by: words, fault: word<RequestFault>(numbered(requestFaults)), subject: count, detail: words },
  clear_requested: reasoned,
  stop_cleared: { by: words, because: words },
  parameter_requested: parameterFields,
  parameter_confirmed: confirmFields,
  parameter_pending: { ...reasoned, name: words, before: words, after: words },
  parameters_changed: { ...reasoned, stamp, settings: settingsCodec, name: words, before: words, after: words },
  answer_given: answerFields,
  close_requested: closeFields,
  approval_wanted: { intent: count, order: sizedIntent, stamp },
  question_asked: { question, stamp },
  question_settled: {
    question: count,
    subject,
    intent: count,
    settlement: word<Settlement>(numbered(settlements)),
    choice,
    override: bool,
    by: words,
    because: words,
    code: reasonCode,
  },
  time_stop_near: { intent: count, symbol, due: instant, shares, mark: price, stop: price, target: price },
  suspend_requested: {},
  resume_requested: {},
  account_reported: { cash, equity: cash },
  asset_status_changed: { symbol, status: assetStatus },
  sectors_listed: { sectors: list(struct<NamedSector>({ symbol, sector: words })) },
  account_opened: { environment: word<Environment>({ simulated: 0, paper: 1, live: 2 }), book: words, account: words },
  order_unknown: { order: orderId, why: words },
  broker_line_changed: { state: brokerState, why: words },
  cover_missing: { symbol, held: shares, covered: shares, since: instant },
  difference_found: {
    difference: word<Difference>(numbered(differences)),
    symbol: nullable(symbol),
    ours: float,
    theirs: float,
    detail: words,
  },
  position_adjusted: { symbol, shares: integer(), price, cause: word<Adjustment>(numbered(adjustments)), bar: instant },
  name_quarantined: { symbol, why: words },
  name_released: { symbol },
  order_renamed: { order: orderId, before: orderId, broker: words },
  cash_moved: {
    activity: words,
    cause: word<CashCause>(numbered(cashCauses)),
    symbol: nullable(symbol),
    amount: cash,
    detail: words,
  },
});
