import { ticksOf } from '../dist/domain/market/session-ticks.js';
import { noRecord } from '../dist/domain/patterns/setup.js';
import { defaultSettings } from '../dist/domain/settings.js';
import { riskManager } from '../dist/production/risk-manager/risk-manager.js';

const SYMBOLS = 500;
const TEACHING = 5;
const DATE = '2026-03-16';
const OPEN = Date.UTC(2026, 2, 16, 13, 30);
const MINUTE = 60_000;
const HELD = 4;

export const daySession = (listed, history) => ({
  kind: 'session_opened',
  date: DATE,
  open: OPEN,
  close: OPEN + 390 * MINUTE,
  openMinute: 570,
  closeMinute: 960,
  history,
  listed,
});

/** Thousandths without any order in them (finalizer of MurmurHash3). */
function noiseOf(symbol, day, minute) {
  let h = symbol * 1_000_003 + day * 10_007 + minute;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return ((h ^ (h >>> 16)) >>> 0) % 1000;
}

/** Every name moves in a way of its own, so that all correlations are known and small. */
export function dayFrame(minute, day) {
  const column = () => new Int32Array(SYMBOLS);
  const frame = { width: SYMBOLS, open: column(), high: column(), low: column(), close: column(), volume: column() };
  for (let s = 0; s < SYMBOLS; s++) {
    const price = Math.round((1_000_000 + 10 * (noiseOf(s, day, minute) - 500)) / 100) * 100;
    for (const name of ['open', 'high', 'low', 'close']) frame[name][s] = price;
    frame.volume[s] = 5000;
  }
  return { ...frame, minute, start: OPEN + (minute - 570) * MINUTE, present: SYMBOLS, regular: true };
}

/** An intent that every rule lets pass. */
export const intentOf = (symbol) => ({
  symbol,
  side: 'buy',
  limit: 1_000_000,
  atr: 8_000,
  support: 0,
  target: 1_060_000,
  pattern: 'bull_flag',
  confidence: 0.7,
  liquidShares: 500,
  record: noRecord,
});

/** What the domain's review is shown: four names are held, all is known and quiet, and nothing stands against a fifth. */
export const view = {
  limits: defaultSettings.limits,
  sizing: defaultSettings.sizing,
  at: OPEN + 30 * MINUTE,
  minute: 600,
  broker: 'ready',
  skewMs: 0,
  stop: null,
  equity: 1_000_000_000,
  pnl: -5_000_000,
  week: { pnl: -5_000_000, limit: 50_000_000 },
  peak: 1_005_000_000,
  account: { broker: 1_000_000_000, book: 1_000_000_000 },
  cashFree: 600_000_000,
  openRisk: 20_000_000,
  exposure: { gross: 400_000_000, net: 400_000_000 },
  engaged: [0, 1, 2, 3],
  phase: { entriesUsed: 1, entriesMax: 5, riskShare: 0.01 },
  lossesInARow: 1,
  unprotected: null,
  messages: 4,
  past: [],
  isLatched: false,
  quote: { last: 1_000_000, before: 1_000_500, minutes: 1, previousClose: 995_000, dayShares: 385_000 },
  name: { status: 'trading', isPermitted: true, isRestricted: false, isQuarantined: false, sector: { name: 'technology', held: 1 } },
  correlationWith: () => ({ value: 0.2, points: 385, sameSector: true }),
};
export const ticks = ticksOf(DATE);

const supervised = { ...defaultSettings, session: { ...defaultSettings.session, control: 'supervised' } };

/**
 * The risk manager in a day after five that taught it, with four positions. It is asked in a supervised session: what a
 * person declines leaves nothing behind, so that the next intent meets the same rules, and not those against repetition.
 */
export class RiskDay {
  #service = riskManager();
  #sequence = 0;
  #said = [];
  #emit = (event) => this.#said.push(event);

  constructor() {
    this.#see({ kind: 'run_started', settings: supervised, source: 'simulated_market', version: '0' });
    for (let day = 0; day < TEACHING; day++) {
      this.#see(daySession(day === 0 ? Array.from({ length: SYMBOLS }, (_, s) => `S${s}`) : [], true));
      for (let minute = 574; minute < 960; minute += 5) this.#see({ kind: 'bars_closed', frame: dayFrame(minute, day) });
      this.#see({ kind: 'session_closed', date: DATE, lastBar: null, complete: true });
    }
    this.#see(daySession([], false));
    this.#see({ kind: 'bars_closed', frame: dayFrame(599, TEACHING) });
    for (let symbol = 0; symbol < HELD; symbol++) this.#enter(symbol);
  }

  /** How long the review of an intent took, in seconds; every rule lets it pass. */
  review(intent) {
    const entry = { sequence: ++this.#sequence, at: OPEN + 30 * MINUTE, cause: 0, event: { kind: 'intent_formed', intent } };
    this.#said = [];
    const began = performance.now();
    this.#service.step(entry, this.#emit);
    const seconds = (performance.now() - began) / 1000;
    if (this.#said[0]?.kind !== 'approval_wanted') throw new Error(JSON.stringify(this.#said[0]));
    return seconds;
  }

  /** A person declines the intent reviewed last: all that was put aside for it is free again. */
  giveBack() {
    this.#see({ kind: 'question_settled', subject: 'entry', intent: this.#sequence, choice: 'decline' });
  }

  #enter(symbol) {
    this.review(intentOf(symbol));
    const intent = this.#sequence;
    const { shares, limit: price, ...order } = this.#said[0].order;
    const [id, stop] = [`e${intent}`, `s${intent}`];
    this.#see({ kind: 'question_settled', subject: 'entry', intent, choice: 'enter' });
    this.#see({ kind: 'order_requested', order: { ...order, shares, limit: price, id, role: 'entry', intent } });
    this.#see({ kind: 'order_requested', order: { ...order, shares, id: stop, role: 'stop', intent } });
    this.#see({ kind: 'order_accepted', order: stop });
    this.#see({ kind: 'order_filled', order: id, symbol, side: 'buy', shares, price, fees: 0, bar: OPEN, flags: [] });
  }

  #see(event) {
    this.#service.step({ sequence: ++this.#sequence, at: OPEN + 30 * MINUTE, cause: 0, event }, () => {});
  }
}
