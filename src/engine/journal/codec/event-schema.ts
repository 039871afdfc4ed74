import type { OrderRejection } from '#domain/events/account';
import type { Request } from '#domain/events/decision';
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
import type { NamedCompany } from '#domain/events/news';
import type { RunEvent } from '#domain/events/run';
import { type LevelSource, levelSources } from '#domain/indicators/level-source';
import type { Mode } from '#domain/market/trading-day';
import { type CatalystType, catalystTypes } from '#domain/news/catalyst';
import type { Intent } from '#domain/orders/intent';
import { exitReasons, type FillFlag, type Order, type OrderId, type OrderReason, type OrderRole, type Side } from '#domain/orders/order';
import { type DrawnLine, type DrawnPoint, type PatternKind, patternKinds, type TrackRecord } from '#domain/patterns/setup';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Refusal } from '#domain/risk/refusal';
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
const mode = word<Mode>({ normal: 0, aggressive: 1, conservative: 2 });
const pattern = word<PatternKind>(numbered(patternKinds));
const orderReason = word<OrderReason>(numbered([...exitReasons, ...patternKinds]));
const cancelReason = word<OrderReason | 'entry_stale'>(numbered(['entry_stale', ...exitReasons, ...patternKinds]));
const catalyst = word<CatalystType>(numbered(catalystTypes));
const source = word<Extract<RunEvent, { kind: 'run_started' }>['source']>({ simulated_market: 0, recorded_market: 1 });

const request = tagged<Request>({
  stop_trading: { by: words, because: words },
  change_mode: { mode, by: words },
});

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
};
const intent = struct<Intent>(intentFields);
const sizedIntent = struct<Approved<SizedIntent>>({ ...intentFields, stop: price, shares, risk: cash });

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
  halted: {},
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
  record: struct<TrackRecord>({ count, won: count, meanR: float, deviationR: float }),
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
    reason: word<OrderRejection>({ buying_power: 0, unknown_symbol: 1, session_closed: 2, duplicate_order: 3 }),
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
  stop_requested: { by: words, because: words },
  mode_changed: { mode, by: words },
  intent_formed: { intent },
  intent_approved: { intent: count, order: sizedIntent },
  intent_refused: { intent: count, symbol, side, refusals: list(refusal) },
  loss_warned: { pnl: cash, limit: cash },
  halt_ordered: { reason: word<'daily_loss' | 'requested'>({ daily_loss: 0, requested: 1 }), pnl: cash, limit: cash },
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
});
