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

const session = (listed, history) => ({
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
function frameAt(minute, day) {
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

/** What the domain's review is shown: four names are held, and how they move with others is known. */
export const view = {
  limits: defaultSettings.limits,
  halted: false,
  minute: 600,
  pnl: -5_000_000,
  equity: 1_000_000_000,
  cashFree: 600_000_000,
  openRisk: 20_000_000,
  engaged: [0, 1, 2, 3],
  phase: { entriesUsed: 1, entriesMax: 5, riskShare: 0.01 },
  lossesInARow: 1,
  correlationWith: () => ({ value: 0.2, points: 385, sameSector: true }),
};
export const ticks = ticksOf(DATE);

/** The risk manager in a day after five that taught it, with four positions. */
export class RiskDay {
  #service = riskManager();
  #sequence = 0;
  #said = [];
  #emit = (event) => this.#said.push(event);

  constructor() {
    this.#see({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: '0' });
    for (let day = 0; day < TEACHING; day++) {
      this.#see(session(day === 0 ? Array.from({ length: SYMBOLS }, (_, s) => `S${s}`) : [], true));
      for (let minute = 574; minute < 960; minute += 5) this.#see({ kind: 'bars_closed', frame: frameAt(minute, day) });
      this.#see({ kind: 'session_closed', date: DATE, lastBar: null, complete: true });
    }
    this.#see(session([], false));
    this.#see({ kind: 'bars_closed', frame: frameAt(599, TEACHING) });
    for (let symbol = 0; symbol < HELD; symbol++) this.#enter(symbol);
  }

  /** How long the review of an intent took, in seconds. Phases take turns, so that none is ever used up. */
  review(intent) {
    const at = OPEN + (this.#sequence % 2 === 0 ? 30 : 150) * MINUTE;
    const entry = { sequence: ++this.#sequence, at, cause: 0, event: { kind: 'intent_formed', intent } };
    this.#said = [];
    const began = performance.now();
    this.#service.step(entry, this.#emit);
    const seconds = (performance.now() - began) / 1000;
    if (this.#said[0]?.kind !== 'intent_approved') throw new Error(JSON.stringify(this.#said[0]));
    return seconds;
  }

  /** The broker does not take the order that came of the intent reviewed last: its place is free again. */
  giveBack(symbol) {
    const order = { id: `o${this.#sequence}`, role: 'entry', symbol, intent: this.#sequence };
    this.#see({ kind: 'order_requested', order });
    this.#see({ kind: 'order_rejected', order: order.id, reason: 'buying_power' });
  }

  #enter(symbol) {
    this.review(intentOf(symbol));
    const id = `e${this.#sequence}`;
    const [{ order: approved }] = this.#said;
    const { shares, limit: price } = approved;
    this.#see({ kind: 'order_requested', order: { ...approved, id, role: 'entry', intent: this.#sequence } });
    this.#see({ kind: 'order_filled', order: id, symbol, side: 'buy', shares, price, fees: 0, bar: OPEN, flags: [] });
  }

  #see(event) {
    this.#service.step({ sequence: ++this.#sequence, at: OPEN + 30 * MINUTE, cause: 0, event }, () => {});
  }
}
