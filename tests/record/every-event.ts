import type { Event, EventKind } from '#domain/events/event';
import { indicatorNames } from '#domain/indicators/indicator-names';
import type { Order, OrderId } from '#domain/orders/order';
import type { Refusal } from '#domain/risk/refusal';
import { defaultSettings } from '#domain/settings';
import { firstStamp, nextStamp } from '#domain/settings-stamp';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { JournalWriter } from '#engine/journal/writer';
import { frame } from '../bar-columns.js';

/** 2018-03-12, 09:30 in New York. */
const OPEN = 1_520_861_400_000;
const at = (minute: number) => instant(OPEN + minute * MINUTE_MS);
const stamp = firstStamp(defaultSettings);
const changed = { ...defaultSettings, weights: { ...defaultSettings.weights, catalyst: 6 } };
const person = { by: 'ada', from: 'person', because: 'she said\tso\n\\.' } as const;
const terms = 'ab'.repeat(32);
const record = { count: 3, won: 2, meanR: 0.1 + 0.2, deviationR: 1e-9 };

/** Each event as plain data: brands are of no use here. */
type Plain = { readonly kind: EventKind } & Readonly<Record<string, unknown>>;
const event = (plain: Plain): Event => plain as unknown as Event;

const refusals = [
  { kind: 'correlated', other: 1, correlation: 0.93, max: 0.8 },
  { kind: 'quote_stale', minutes: null, max: 2 },
  { kind: 'name_restricted', symbol: 0 },
  { kind: 'sector_full', sector: 'tech', held: 2, max: 2 },
  { kind: 'short_not_allowed' },
] as unknown as readonly Refusal[];

/** Writes a made-up session in which every kind of event happens, in an order that could be; gives the sequence of each by a name. */
export function writeEveryEvent(directory: string): ReadonlyMap<string, number> {
  const opened = JournalWriter.open(directory);
  if (!opened.ok) throw new Error(opened.problem.kind);
  const writer = opened.value;
  const sequences = new Map<string, number>();
  let minute = -10;
  const say = (name: string, plain: Plain, cause = 0): number => {
    const sequence = writer.append(event(plain), at(minute), cause, cause === 0 ? 'door' : 'derived');
    sequences.set(name, sequence);
    return sequence;
  };
  const order = (id: string, more: Partial<Record<keyof Order, unknown>>): Plain => ({
    kind: 'order_requested',
    order: {
      id: id as OrderId,
      role: 'entry',
      type: 'limit',
      symbol: 0,
      side: 'buy',
      shares: 100,
      limit: 1_000_000,
      stop: null,
      parent: null,
      intent: 0,
      reason: 'bull_flag',
      ...more,
    },
  });
  const stage = { scan: 1, minute: 571, dropped: { symbols: [1, 1], reasons: [0b101, 0b10000] } };

  say('run', { kind: 'run_started', settings: defaultSettings, source: 'live_market', version: '0.1.0' });
  say('account', { kind: 'account_opened', environment: 'paper', book: 'b', account: 'PA\u0000\ud800' });
  say('taught', { kind: 'record_taught', pattern: 'bull_flag', count: 1, won: 1, sumR: 1, sumSquaresR: 1 });
  const session = say('session', {
    kind: 'session_opened',
    date: '2018-03-12',
    open: at(0),
    close: at(390),
    openMinute: 570,
    closeMinute: 960,
    history: false,
    listed: ['NVDA', 'é€😀'],
  });
  say('split', { kind: 'split_took_effect', symbol: 1, ratio: 1 / 3 });
  say('status', { kind: 'asset_status_changed', symbol: 1, status: 'halted' });
  say('sectors', {
    kind: 'sectors_listed',
    sectors: [
      { symbol: 0, sector: 'Information Technology' },
      { symbol: 1, sector: 'spaceships' },
    ],
  });
  say('names', { kind: 'names_listed', year: 2018, companies: [{ symbol: 0, names: ['Nvidia'] }] });
  say('universe', { kind: 'universe_selected', size: 1, dropped: { symbols: [1], reasons: [0b11] } }, session);
  say('news', {
    kind: 'headline_published',
    id: 'a.csv:1',
    knownAt: at(-9),
    publishedAt: null,
    source: 'wire',
    text: 'Nvidia "beats"\\\t',
    symbols: [0, 0],
  });
  const told = {
    story: 'a.csv:1',
    outlets: 1,
    symbol: 0,
    catalyst: 'earnings',
    direction: 1,
    strength: 0.9,
    sentiment: 0.4,
    reliability: 0.5,
  };
  say('catalyst', { kind: 'catalyst_detected', headline: 'a.csv:1', ...told, evidence: [{ from: 0, to: 6 }] }, 10);
  say('suspend', { kind: 'suspend_requested' });
  say('resume', { kind: 'resume_requested' });
  say('line', { kind: 'broker_line_changed', state: 'ready', why: 'all told' });
  say('report', { kind: 'account_reported', cash: -1, equity: 1_000_000_000 });
  minute = 1;
  const bars = (close: number) =>
    frame(570 + minute - 1, [
      [990_000, 1_010_000, 980_000, close, 100],
      [50_000, 40_000, 60_000, 50_000, 5],
    ]);
  say('bars', { kind: 'bars_closed', frame: { ...bars(1_000_000), start: at(0) } });
  const candidates = say(
    'candidates',
    {
      kind: 'candidates_found',
      ...stage,
      universe: 2,
      kept: [{ symbol: 0, score: 1.5, gap: 0.02, change: -0.01, relativeVolume: 3, minuteVolume: 2 }],
    },
    16,
  );
  const { story: _, symbol: _symbol, ...said } = told;
  const confirmed = say(
    'confirmed',
    { kind: 'catalysts_confirmed', ...stage, kept: [{ symbol: 0, score: 2, headline: 'a.csv:1', ...said }] },
    candidates,
  );
  const agreed = say(
    'agreed',
    {
      kind: 'indicators_agreed',
      ...stage,
      kept: [
        {
          symbol: 0,
          score: 3,
          close: 1_000_000,
          atr: 12_345.6,
          vwap: 999_999.5,
          volumeRatio: 1.1,
          levels: [{ price: 990_000, halfWidth: 500, source: 'swing', touches: 3, bounces: 2, breaks: 1 }],
          indicators: indicatorNames.map((_name, place) => (place % 2 === 0 ? 0 : 55.5 + place)),
          minuteShares: 1234,
        },
      ],
    },
    confirmed,
  );
  const found = {
    symbol: 0,
    pattern: 'bull_flag',
    entry: 1_000_000,
    stop: 980_000,
    target: 1_040_000,
    confidence: 0.7,
    invalidation: 970_000,
    volumeConfirmed: true,
    record,
    drawing: [{ role: 'pole', points: [{ minute: 570, price: 1 }] }],
    atr: 12_345.6,
    support: 0,
    minuteShares: 1234,
  };
  const setups = say('setups', { kind: 'setups_found', ...stage, kept: [{ ...found, score: 4 }] }, agreed);
  say('chosen', { kind: 'intents_chosen', ...stage, kept: [{ symbol: 0, score: 4, correlation: 0 }] }, setups);
  const intent = {
    symbol: 0,
    side: 'buy',
    limit: 1_000_000,
    atr: 12_345.6,
    support: 0,
    target: 1_040_000,
    pattern: 'bull_flag',
    confidence: 0.7,
    liquidShares: 100,
    record,
  };
  const formed = say('intent', { kind: 'intent_formed', intent }, setups);
  const sized = { ...intent, stop: 980_000, shares: 100, risk: 2_000_000 };
  const wanted = say('wanted', { kind: 'approval_wanted', intent: formed, order: sized, stamp }, formed);
  const options = [
    { choice: 'enter', cash: 100_000_000, risk: 2_000_000, atStop: -2_000_000, atTarget: 4_000_000 },
    { choice: 'decline', cash: 0, risk: 0, atStop: null, atTarget: null },
  ];
  const question = say(
    'question',
    {
      kind: 'question_asked',
      question: {
        subject: 'entry',
        intent: formed,
        symbol: 0,
        shares: 100,
        price: 1_000_000,
        terms,
        deadline: at(5),
        options,
        recommended: 'enter',
        whenSilent: 'decline',
      },
      stamp,
    },
    wanted,
  );
  const ask = (name: string, request: Readonly<Record<string, unknown>>): number =>
    say(name, { kind: 'request_received', request: { ...person, ...request } });
  const answer = { question, terms, choice: 'enter', code: 'conviction' };
  const answered = ask('request answer', { kind: 'answer_question', ...answer });
  say('answer', { kind: 'answer_given', ...person, ...answer }, answered);
  say(
    'settled',
    {
      kind: 'question_settled',
      question,
      subject: 'entry',
      intent: formed,
      settlement: 'answered',
      choice: 'enter',
      override: false,
      by: 'ada',
      because: 'good',
      code: 'conviction',
    },
    answered,
  );
  const approved = say('approved', { kind: 'intent_approved', intent: formed, order: sized, stamp }, formed);
  say('order', order('o-1', { intent: formed }), approved);
  say(
    'stop order',
    order('o-2', {
      role: 'stop',
      type: 'stop',
      side: 'sell',
      limit: null,
      stop: 980_000,
      parent: 'o-1',
      intent: formed,
      reason: 'protective_stop',
    }),
    approved,
  );
  say(
    'renamed order',
    order('o-3', { role: 'exit', type: 'market', side: 'sell', limit: null, intent: formed, reason: 'operator_close' }),
    approved,
  );
  say('accepted', { kind: 'order_accepted', order: 'o-1' });
  say('unknown', { kind: 'order_unknown', order: 'o-2', why: 'no answer' });
  say('rejected', { kind: 'order_rejected', order: 'o-2', reason: 'wash_trade' });
  const fill = { symbol: 0, shares: 100, fees: 100 };
  say('bought', { kind: 'order_filled', order: 'o-1', side: 'buy', price: 1_000_000, bar: at(1), flags: ['gap', 'same_bar'], ...fill });
  say('cover', { kind: 'cover_missing', symbol: 0, held: 100, covered: 0, since: at(1) });
  say('near', {
    kind: 'time_stop_near',
    intent: formed,
    symbol: 0,
    due: at(9),
    shares: 100,
    mark: 1_000_000,
    stop: 980_000,
    target: 1_040_000,
  });
  minute = 2;
  say('more bars', { kind: 'bars_closed', frame: { ...bars(1_005_000), start: at(1) } });
  say('refused', { kind: 'intent_refused', intent: formed, symbol: 0, side: 'buy', refusals, stop: 980_000, shares: 0, stamp }, formed);
  const stop = ask('request stop', { kind: 'stop_trading', level: 'pause_entries' });
  say('stop', { kind: 'stop_requested', ...person, level: 'pause_entries' }, stop);
  say('halt', { kind: 'halt_ordered', reason: 'requested', level: 'pause_entries', pnl: -5, limit: 0 }, stop);
  const clear = ask('request clear', { kind: 'clear_stop' });
  say('clear', { kind: 'clear_requested', ...person }, clear);
  say('cleared', { kind: 'stop_cleared', by: 'ada', because: 'over' }, clear);
  const change = ask('request change', { kind: 'change_parameter', name: 'weights.catalyst', value: '6' });
  say('parameter', { kind: 'parameter_requested', ...person, name: 'weights.catalyst', value: '6' }, change);
  const pending = say('pending', { kind: 'parameter_pending', ...person, name: 'weights.catalyst', before: '5', after: '6' }, change);
  const confirm = ask('request confirm', { kind: 'confirm_parameter', change: pending });
  say('confirmation', { kind: 'parameter_confirmed', ...person, change: pending }, confirm);
  say(
    'changed',
    {
      kind: 'parameters_changed',
      ...person,
      stamp: nextStamp(stamp, changed),
      settings: changed,
      name: 'weights.catalyst',
      before: '5',
      after: '6',
    },
    confirm,
  );
  const close = ask('request close', { kind: 'close_position', symbol: 0, code: null });
  say('close', { kind: 'close_requested', ...person, symbol: 0, code: null }, close);
  say('not done', { kind: 'request_refused', request: close, by: 'ada', fault: 'no_position', subject: 0, detail: '' }, close);
  say('warned', { kind: 'loss_warned', pnl: -75_000, limit: 100_000, share: 0.75 });
  say('difference', { kind: 'difference_found', difference: 'cash', symbol: null, ours: 0.5, theirs: 1e21, detail: 'd' });
  say('quarantined', { kind: 'name_quarantined', symbol: 1, why: 'odd' });
  say('released', { kind: 'name_released', symbol: 1 });
  say('cash', { kind: 'cash_moved', activity: 'x1', cause: 'dividend', symbol: 0, amount: 12_345, detail: '' });
  say('cancel', { kind: 'cancel_requested', order: 'o-2', reason: 'entry_stale' });
  say('cancelled', { kind: 'order_cancelled', order: 'o-2', unfilled: 100 });
  say('renamed', { kind: 'order_renamed', order: 'o-3', before: 'o-2', broker: 'uuid' });
  const sold = say('sold', { kind: 'order_filled', order: 'o-3', side: 'sell', price: 1_010_000, bar: at(2), flags: [], ...fill });
  const closed = {
    symbol: 0,
    side: 'buy',
    shares: 100,
    pnl: 999_800,
    fees: 200,
    reason: 'operator_close',
    noMarket: false,
    intent: formed,
    rMultiple: 0.4999,
  };
  say('closed', { kind: 'position_closed', ...closed }, sold);
  say('adjusted', { kind: 'position_adjusted', symbol: 1, shares: 7, price: 50_000, cause: 'orphan', bar: at(2) });
  minute = 3;
  say('last bars', { kind: 'bars_closed', frame: { ...bars(1_000_000), start: at(2) } });
  // Shares that came without an intent go again: nobody knows what was at risk.
  const gone = { symbol: 1, side: 'sell', shares: 7, price: 51_000, fees: 0, bar: at(2), flags: [] };
  say(
    'orphan order',
    order('o-4', { role: 'exit', type: 'market', symbol: 1, side: 'sell', shares: 7, limit: null, reason: 'operator_close' }),
  );
  const left = say('orphan sold', { kind: 'order_filled', order: 'o-4', ...gone });
  const ended = {
    symbol: 1,
    side: 'buy',
    shares: 7,
    pnl: 7_000,
    fees: 0,
    reason: 'operator_close',
    noMarket: false,
    intent: 0,
    rMultiple: 0,
  };
  say('orphan closed', { kind: 'position_closed', ...ended }, left);
  say('resolved', { kind: 'setup_resolved', symbol: 0, pattern: 'bull_flag', scanned: agreed, outcome: 'target', r: 2 });
  minute = 390;
  say('session closed', { kind: 'session_closed', date: '2018-03-12', lastBar: at(2), complete: true });
  say('hashed', { kind: 'state_hashed', date: '2018-03-12', hash: 'cd'.repeat(32) });
  writer.close();
  return sequences;
}
