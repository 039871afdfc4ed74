import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { adjustments, brokerStates, cashCauses, differences, orderRejections } from '#domain/events/account';
import type { Event, EventKind, EventOf } from '#domain/events/event';
import { requestFaults } from '#domain/events/request';
import { levelSources } from '#domain/indicators/level-source';
import { catalystTypes } from '#domain/news/catalyst';
import { exitReasons } from '#domain/orders/order';
import { patternKinds } from '#domain/patterns/setup';
import { haltReasons, stopLevels } from '#domain/risk/stop-level';
import { choices, questionSubjects, reasonCodes, settlements } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { ByteWriter } from '#engine/journal/codec/byte-writer';
import { decodeEvent, encodeEvent, kindOf } from '#engine/journal/codec/event-codec';
import { eventSchema } from '#engine/journal/codec/event-schema';
import { syntheticFrames } from '#engine/journal/testing/synthetic-frames';

const natural = fc.oneof(fc.nat({ max: 300 }), fc.maxSafeNat()) as Arbitrary<never>;
const positive = fc.oneof(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })) as Arbitrary<never>;
const integer = fc.maxSafeInteger().map((value) => (value === 0 ? 0 : value)) as Arbitrary<never>;
const float = fc.double({ noNaN: true, noDefaultInfinity: true }) as Arbitrary<never>;
const words = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udfffb', '', 'é€😀')) as Arbitrary<never>;
const bool = fc.boolean() as Arbitrary<never>;
const word = (...all: readonly string[]) => fc.constantFrom(...all) as Arbitrary<never>;
const list = (item: Arbitrary<unknown>) => fc.array(item, { maxLength: 6 }) as Arbitrary<never>;
const nullable = (inner: Arbitrary<unknown>) => fc.option(inner) as Arbitrary<never>;
const record = (fields: Record<string, Arbitrary<unknown>>) => fc.record(fields, { noNullPrototype: true }) as Arbitrary<never>;
const kinded = (kind: string, fields: Record<string, Arbitrary<unknown>>) => record({ kind: fc.constant(kind), ...fields });

const side = word('buy', 'sell');
const mode = word('normal', 'aggressive', 'conservative');
const pattern = word(...patternKinds);
const reasons = [...exitReasons, ...patternKinds];
const intent = {
  symbol: natural,
  side,
  limit: positive,
  atr: float,
  support: float,
  target: positive,
  pattern,
  confidence: float,
  liquidShares: float,
  record: record({ count: natural, won: natural, meanR: float, deviationR: float }),
};
const sized = record({ ...intent, stop: positive, shares: natural, risk: integer });
const stamp = record({ version: natural, hash: words });
const level = word(...stopLevels);
const choice = word(...choices);
const code = nullable(word(...reasonCodes));
const reasoned = { by: words, from: word('person', 'program'), because: words };
const stopFields = { ...reasoned, level };
const parameterFields = { ...reasoned, name: words, value: words };
const answerFields = { ...reasoned, question: natural, terms: words, choice, code };
const closeFields = { ...reasoned, symbol: natural, code };
const dropped = record({ symbols: list(natural), reasons: list(natural) });
const stage = { scan: natural, minute: natural, dropped };
const refusals = fc.oneof(
  kinded('halted', { level, reason: word(...haltReasons) }),
  kinded('daily_loss_passed', { pnl: integer, limit: integer }),
  kinded('entries_closed', { minute: natural }),
  kinded('phase_entries_used', { used: natural, max: natural }),
  kinded('too_many_positions', { held: natural, max: natural }),
  kinded('position_in_symbol', { symbol: natural }),
  kinded('short_not_allowed', {}),
  kinded('stop_too_far', { distance: float, max: float }),
  kinded('reward_too_small', { ratio: float, min: float }),
  kinded('open_risk_used', { open: integer, max: integer }),
  kinded('correlated', { other: natural, correlation: float, max: float }),
  kinded('correlation_unknown', { other: natural, points: natural, min: natural }),
  kinded('no_buying_power', { available: integer, limit: positive }),
  kinded('size_is_zero', { limit: positive }),
  kinded('weekly_loss_passed', { pnl: integer, limit: integer }),
  kinded('drawdown_passed', { equity: integer, peak: integer, max: float }),
  kinded('account_disagrees', { broker: integer, book: integer, max: float }),
  kinded('protection_missing', { symbol: natural, seconds: natural }),
  kinded('too_many_messages', { used: natural, max: natural }),
  kinded('stop_on_wrong_side', { stop: integer, limit: positive }),
  kinded('risk_too_high', { risk: integer, max: integer }),
  kinded('position_too_large', { value: integer, max: integer }),
  kinded('order_too_valuable', { value: integer, max: integer }),
  kinded('too_many_shares', { shares: natural, max: natural }),
  kinded('minute_share_passed', { shares: natural, max: natural }),
  kinded('day_share_passed', { shares: natural, max: natural }),
  kinded('gross_exposure_passed', { exposure: integer, max: integer }),
  kinded('net_exposure_passed', { exposure: integer, max: integer }),
  kinded('quote_stale', { minutes: nullable(natural), max: natural }),
  kinded('jump_unconfirmed', { last: float, before: float, max: float }),
  kinded('far_from_last', { limit: positive, last: nullable(float), max: float }),
  kinded('far_from_close', { limit: positive, close: nullable(float), max: float }),
  kinded('limits_drifted', { from: float, limit: positive, max: float }),
  kinded('duplicate_entry', { seconds: natural, min: natural }),
  kinded('repeated_execution', { count: natural, max: natural }),
  kinded('name_restricted', { symbol: natural }),
  kinded('name_not_permitted', { symbol: natural }),
  kinded('not_tradable', { symbol: natural, status: word('trading', 'halted', 'not_tradable') }),
  kinded('sector_full', { sector: words, held: natural, max: natural }),
  kinded('approval_outgrown', { shares: natural, now: natural }),
  kinded('broker_not_ready', { state: word(...brokerStates) }),
  kinded('name_quarantined', { symbol: natural }),
  kinded('clock_skewed', { ms: natural, max: natural }),
);
const settings = fc.tuple(integer, float, mode).map(([capital, gapMin, chosen]) => ({
  ...defaultSettings,
  capital,
  mode: chosen,
  unexplainedSurge: { ...defaultSettings.unexplainedSurge, gapMin: gapMin === 0 ? 0 : gapMin },
}));

type Drawn<Kind extends EventKind> = { readonly [Name in Exclude<keyof EventOf<Kind>, 'kind'>]: Arbitrary<unknown> };
const arbitraries: { readonly [Kind in EventKind]: Drawn<Kind> } = {
  run_started: { settings, source: word('simulated_market', 'recorded_market', 'live_market'), version: words },
  state_hashed: { date: words, hash: words },
  session_opened: {
    date: words,
    open: integer,
    close: integer,
    openMinute: natural,
    closeMinute: natural,
    history: bool,
    listed: list(words),
  },
  bars_closed: { frame: fc.nat({ max: 1000 }).map((seed) => syntheticFrames(seed % 40, 1, seed)[0]?.frame) },
  split_took_effect: { symbol: natural, ratio: float },
  session_closed: { date: words, lastBar: nullable(integer), complete: bool },
  names_listed: { year: natural, companies: list(record({ symbol: natural, names: list(words) })) },
  headline_published: { id: words, knownAt: integer, publishedAt: nullable(integer), source: words, text: words, symbols: list(natural) },
  order_accepted: { order: words },
  order_rejected: { order: words, reason: word(...orderRejections) },
  order_filled: {
    order: words,
    symbol: natural,
    side,
    shares: natural,
    price: positive,
    fees: integer,
    bar: integer,
    flags: list(word('stop_first', 'gap', 'same_bar', 'at_close', 'no_market')),
  },
  order_cancelled: { order: words, unfilled: natural },
  candidates_found: {
    ...stage,
    universe: natural,
    kept: list(record({ symbol: natural, score: float, gap: float, change: float, relativeVolume: float, minuteVolume: float })),
  },
  catalysts_confirmed: {
    ...stage,
    kept: list(
      record({
        symbol: natural,
        score: float,
        catalyst: word(...catalystTypes),
        direction: fc.integer({ min: -1, max: 1 }),
        strength: float,
        sentiment: float,
        reliability: float,
        outlets: natural,
        headline: words,
      }),
    ),
  },
  indicators_agreed: {
    ...stage,
    kept: list(
      record({
        symbol: natural,
        score: float,
        close: float,
        atr: float,
        vwap: float,
        volumeRatio: float,
        levels: list(
          record({
            price: float,
            halfWidth: float,
            source: word(...levelSources),
            touches: natural,
            bounces: natural,
            breaks: natural,
          }),
        ),
        indicators: list(float),
        minuteShares: float,
      }),
    ),
  },
  setups_found: {
    ...stage,
    kept: list(
      record({
        symbol: natural,
        score: float,
        pattern,
        entry: positive,
        stop: positive,
        target: positive,
        confidence: float,
        invalidation: float,
        volumeConfirmed: bool,
        record: record({ count: natural, won: natural, meanR: float, deviationR: float }),
        drawing: list(record({ role: words, points: list(record({ minute: natural, price: float })) })),
        atr: float,
        support: float,
        minuteShares: float,
      }),
    ),
  },
  intents_chosen: { ...stage, kept: list(record({ symbol: natural, score: float, correlation: float })) },
  request_received: {
    request: fc.oneof(
      kinded('stop_trading', stopFields),
      kinded('clear_stop', reasoned),
      kinded('change_parameter', parameterFields),
      kinded('confirm_parameter', { ...reasoned, change: natural }),
      kinded('answer_question', answerFields),
      kinded('close_position', closeFields),
    ),
  },
  stop_requested: stopFields,
  intent_formed: { intent: record(intent) },
  intent_approved: { intent: natural, order: sized, stamp },
  intent_refused: { intent: natural, symbol: natural, side, refusals: list(refusals), stop: positive, shares: natural, stamp },
  loss_warned: { pnl: integer, limit: integer, share: float },
  halt_ordered: { reason: word(...haltReasons), level, pnl: integer, limit: integer },
  order_requested: {
    order: record({
      id: words,
      role: word('entry', 'stop', 'target', 'exit'),
      type: word('limit', 'stop', 'market'),
      symbol: natural,
      side,
      shares: natural,
      limit: nullable(positive),
      stop: nullable(positive),
      parent: nullable(words),
      intent: natural,
      reason: word(...reasons),
    }),
  },
  cancel_requested: { order: words, reason: word(...reasons, 'entry_stale') },
  position_closed: {
    symbol: natural,
    side,
    shares: natural,
    pnl: integer,
    fees: integer,
    reason: word(...reasons),
    noMarket: bool,
    intent: natural,
    rMultiple: float,
  },
  universe_selected: { size: natural, dropped },
  catalyst_detected: {
    headline: words,
    story: words,
    outlets: natural,
    symbol: natural,
    catalyst: word(...catalystTypes),
    direction: fc.integer({ min: -1, max: 1 }),
    strength: float,
    sentiment: float,
    reliability: float,
    evidence: list(record({ from: natural, to: natural })),
  },
  record_taught: { pattern, count: natural, won: natural, sumR: float, sumSquaresR: float },
  setup_resolved: { symbol: natural, pattern, scanned: natural, outcome: word('target', 'stop', 'time'), r: float },
  request_refused: { request: natural, by: words, fault: word(...requestFaults), subject: natural, detail: words },
  clear_requested: reasoned,
  stop_cleared: { by: words, because: words },
  parameter_requested: parameterFields,
  parameter_confirmed: { ...reasoned, change: natural },
  parameter_pending: { ...reasoned, name: words, before: words, after: words },
  parameters_changed: { ...reasoned, stamp, settings: fc.constant(defaultSettings), name: words, before: words, after: words },
  answer_given: answerFields,
  close_requested: closeFields,
  approval_wanted: { intent: natural, order: sized, stamp },
  question_asked: {
    question: record({
      subject: word(...questionSubjects),
      intent: natural,
      symbol: nullable(natural),
      shares: natural,
      price: natural,
      terms: words,
      deadline: integer,
      options: list(record({ choice, cash: integer, risk: integer, atStop: nullable(integer), atTarget: nullable(integer) })),
      recommended: choice,
      whenSilent: choice,
    }),
    stamp,
  },
  question_settled: {
    question: natural,
    subject: word(...questionSubjects),
    intent: natural,
    settlement: word(...settlements),
    choice,
    override: bool,
    by: words,
    because: words,
    code,
  },
  time_stop_near: { intent: natural, symbol: natural, due: integer, shares: natural, mark: positive, stop: positive, target: positive },
  suspend_requested: {},
  resume_requested: {},
  account_reported: { cash: integer, equity: integer },
  asset_status_changed: { symbol: natural, status: word('trading', 'halted', 'not_tradable') },
  sectors_listed: { sectors: list(record({ symbol: natural, sector: words })) },
  account_opened: { environment: word('simulated', 'paper', 'live'), book: words, account: words },
  order_unknown: { order: words, why: words },
  broker_line_changed: { state: word(...brokerStates), why: words },
  cover_missing: { symbol: natural, held: natural, covered: natural, since: integer },
  difference_found: { difference: word(...differences), symbol: nullable(natural), ours: float, theirs: float, detail: words },
  position_adjusted: { symbol: natural, shares: integer, price: positive, cause: word(...adjustments), bar: integer },
  name_quarantined: { symbol: natural, why: words },
  name_released: { symbol: natural },
  order_renamed: { order: words, before: words, broker: words },
  cash_moved: { activity: words, cause: word(...cashCauses), symbol: nullable(natural), amount: integer, detail: words },
};

const kinds = Object.keys(arbitraries) as EventKind[];
const anEvent = (kind: EventKind): Arbitrary<Event> => kinded(kind, arbitraries[kind] as Record<string, Arbitrary<unknown>>);

const out = new ByteWriter(16);
function encoded(event: Event): Buffer {
  out.at = 0;
  encodeEvent(event, out);
  return Buffer.from(out.bytes.subarray(0, out.at));
}

for (const kind of kinds) {
  test(`${kind} comes back exactly, and no shorter or longer text of bytes is taken for it`, () => {
    fc.assert(
      fc.property(anEvent(kind), (event) => {
        const payload = encoded(event);
        expect(kindOf(payload)).toBe(kind);
        expect(decodeEvent(payload)).toEqual({ ok: true, value: event });
        expect(decodeEvent(payload.subarray(0, -1)).ok).toBe(false);
        expect(decodeEvent(Buffer.concat([payload, Buffer.alloc(1)]))).toEqual({
          ok: false,
          problem: { kind: 'undecodable', what: 'trailing bytes' },
        });
      }),
    );
  });
}

test('any bytes are an event or a failure, never an exception', () => {
  fc.assert(
    fc.property(fc.nat({ max: kinds.length }), fc.uint8Array({ maxLength: 200 }), (kind, rest) => {
      decodeEvent(Buffer.concat([Buffer.from([kind]), rest]));
    }),
    { numRuns: 2000 },
  );
});

test('spoiled bytes of real events are an event or a failure, never an exception', () => {
  const spoiled = fc.tuple(fc.constantFrom(...kinds).chain(anEvent), fc.nat(), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(spoiled, ([event, place, byte]) => {
      const payload = encoded(event);
      payload[place % payload.length] = byte;
      decodeEvent(payload);
    }),
    { numRuns: 2000 },
  );
});

const bad: readonly [why: string, bytes: readonly number[], what: string][] = [
  ['no bytes', [], 'truncated'],
  ['a kind that there is not', [eventSchema.kinds.length], 'unknown kind'],
  ['a word that there is not', [kinds.indexOf('asset_status_changed'), 1, 3], 'unknown word'],
  ['a price of zero', [kinds.indexOf('intent_formed'), 1, 0, 0], 'zero where a positive number belongs'],
  ['a text that is not UTF-8', [kinds.indexOf('order_accepted'), 2, 0xff], 'text is not UTF-8'],
  ['a number past 2^53', [kinds.indexOf('loss_warned'), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 'number out of range'],
  ['settings that are no JSON', [kinds.indexOf('run_started'), 2, 0x7b], 'settings of another shape'],
];
for (const [why, bytes, what] of bad) {
  test(`undecodable: ${why}`, () => expect(decodeEvent(Buffer.from(bytes))).toEqual({ ok: false, problem: { kind: 'undecodable', what } }));
}

const bugs: readonly [why: string, event: unknown][] = [
  ['not a number', { kind: 'split_took_effect', symbol: 1, ratio: Number.NaN }],
  ['an unknown word', { kind: 'asset_status_changed', symbol: 1, status: 'reckless' }],
  ['an unknown kind', { kind: 'order_dreamed' }],
  ['a fraction of a share', { kind: 'order_cancelled', order: 'a', unfilled: 1.5 }],
  ['a price below zero', { kind: 'intent_formed', intent: { symbol: 1, side: 'buy', limit: -1 } }],
];
for (const [why, event] of bugs) test(`never written: ${why}`, () => expect(() => encoded(event as Event)).toThrow('assertion failed'));

test('the places of the kinds in the journal do not move', () => {
  expect(eventSchema.kinds).toEqual(kinds);
});

test('settings are canonical JSON: the order in which they were named does not matter', () => {
  const event: EventOf<'run_started'> = { kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: '1' };
  const turned = Object.fromEntries(Object.entries(defaultSettings).reverse()) as typeof defaultSettings;
  expect(encoded({ ...event, settings: turned })).toEqual(encoded(event));
  expect(encoded(event).toString('utf8')).toContain('{"capital":1000000000,"exits":{"breakEvenAtR":1');
});
