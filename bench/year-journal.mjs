// Writes the journal of a simulated year of trading, for measuring whatever reads journals: reports, projections, queries.
//
//     node bench/year-journal.mjs <a new folder> [trades a day, 100] [seed, 1]
//     import { writeYearJournal } from './year-journal.mjs'
//
// 252 sessions of 2024, 20 names, about 25,200 trades and a million entries, through the real journal writer; the same seed
// gives the same bytes. Prices walk by chance and trades end where their bars say, so that R, excursions and slippage look
// like those of a house; nobody has decided anything, the rules of risk are not kept, and `catalyst replay` refuses it.

import { indicatorNames } from '../dist/domain/indicators/indicator-names.js';
import { usCalendar } from '../dist/domain/market/calendar.js';
import { catalystTypes } from '../dist/domain/news/catalyst.js';
import { noRecord, patternKinds } from '../dist/domain/patterns/setup.js';
import { defaultSettings } from '../dist/domain/settings.js';
import { firstStamp } from '../dist/domain/settings-stamp.js';
import { JournalWriter } from '../dist/engine/journal/writer.js';

const NAMES = [
  'ALFA',
  'BRVO',
  'CHRL',
  'DLTA',
  'ECHO',
  'FXTR',
  'GOLF',
  'HTEL',
  'INDI',
  'JULI',
  'KILO',
  'LIMA',
  'MIKE',
  'NOVM',
  'OSCR',
  'PAPA',
  'QBEC',
  'RMEO',
  'SIER',
  'TNGO',
];
const MINUTE = 60_000;
const SCAN_EVERY = 5;
/** Shares of the equity: at risk in a trade, and in a position at most. */
const [RISK, POSITION_MAX] = [0.0008, 0.08];
/** Of trades that would lose, how many are made: the edge of this house. */
const LOSERS_KEPT = 0.9;
const STAGES = { candidates_found: 20, catalysts_confirmed: 6, indicators_agreed: 4, setups_found: 2, intents_chosen: 2 };

/** Numbers from 0 to 1: Lehmer's generator with Park and Miller's multiplier. */
function lehmer(seed) {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const cents = (e4) => Math.max(100, Math.round(e4 / 100) * 100);

class YearWriter {
  #writer;
  #chance;
  #perDay;
  #now = 0;
  #last;
  #cash = defaultSettings.capital;
  #held = new Map();
  trades = 0;

  constructor(directory, perDay, seed) {
    const opened = JournalWriter.open(directory);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    if (opened.value.sequence > 0) throw new Error(`${directory} already holds a journal`);
    this.#writer = opened.value;
    this.#chance = lehmer(seed);
    this.#perDay = perDay;
    this.#last = NAMES.map(() => cents(200_000 + this.#chance() * 2_800_000));
  }

  write() {
    const sessions = usCalendar.sessionsBetween('2024-01-01', '2024-12-31').value;
    this.#now = sessions[0].open;
    this.#door({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: '0.1.0' });
    for (const [place, session] of sessions.entries()) this.#session(session, place === 0);
    this.#writer.close();
    return { sessions: sessions.length, trades: this.trades, entries: this.#writer.sequence };
  }

  #door(event) {
    return this.#writer.append(event, this.#now, 0, 'door');
  }

  #derived(event, cause) {
    return this.#writer.append(event, this.#now, cause, 'derived');
  }

  #session({ date, preOpen, open, close, openMinute, closeMinute }, first) {
    this.#now = preOpen;
    this.#door({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history: false, listed: first ? NAMES : [] });
    const headlines = NAMES.map((name, symbol) => this.#headline(date, name, symbol));
    const minutes = closeMinute - openMinute;
    const bars = this.#bars(minutes);
    const scans = Math.floor((minutes - 40) / SCAN_EVERY);
    const perScan = this.#perDay / scans;
    let owed = 0;
    const going = [];
    for (let place = 0; place < minutes; place++) {
      this.#now = open + (place + 1) * MINUTE;
      this.#fills(going, { place, open });
      const cause = this.#door({ kind: 'bars_closed', frame: frameOf(bars, place, openMinute, open) });
      this.#guard(going, { place, cause });
      if (place > 0 && place % SCAN_EVERY === 0) {
        const scan = place / SCAN_EVERY;
        // Whoever is wanted stands first in every stage.
        const names = this.#shuffled(NAMES.map((_, symbol) => symbol).filter((symbol) => !this.#held.has(symbol)));
        this.#scan({ scan, minute: openMinute + place, bars, place, names, headlines, cause });
        if (scan <= scans) owed += perScan;
        for (const symbol of names.slice(0, STAGES.indicators_agreed)) {
          const trade = owed < 1 ? null : this.#plan(symbol, bars, place, minutes);
          if (trade === null) continue;
          owed--;
          this.#enter(trade, date);
          going.push(trade);
        }
      }
      if (this.#held.size > 0) this.#account(bars, place);
    }
    const lastBar = open + (minutes - 1) * MINUTE;
    const closing = this.#door({ kind: 'session_closed', date, lastBar, complete: true });
    this.#derived({ kind: 'state_hashed', date, hash: '0'.repeat(64) }, closing);
  }

  #headline(date, name, symbol) {
    const id = `sim:${date}:${symbol}`;
    const text = `${name} ${this.#chance() < 0.5 ? 'raises its outlook after a strong quarter' : 'wins a contract of several years'}`;
    this.#door({
      kind: 'headline_published',
      id,
      knownAt: this.#now,
      publishedAt: this.#now,
      source: 'simulated wire',
      text,
      symbols: [symbol],
    });
    return id;
  }

  /** Columns by name: a walk by cents with a drift of the hour. */
  #bars(minutes) {
    return NAMES.map((_, symbol) => {
      const bars = [];
      let last = this.#last[symbol];
      const noise = last * 0.0012;
      let drift = 0;
      for (let place = 0; place < minutes; place++) {
        if (place % 30 === 0) drift = (this.#chance() - 0.495) * noise * 0.25;
        const open = cents(last + (this.#chance() - 0.5) * noise * 0.2);
        const close = cents(open + drift + (this.#chance() + this.#chance() - 1) * noise);
        const high = cents(Math.max(open, close) + this.#chance() * noise * 0.4);
        const low = cents(Math.min(open, close) - this.#chance() * noise * 0.4);
        bars.push([open, high, low, close, 500 + Math.floor(this.#chance() * 20_000)]);
        last = close;
      }
      this.#last[symbol] = Math.min(4_000_000, Math.max(150_000, last));
      return bars;
    });
  }

  #shuffled(list) {
    for (let end = list.length - 1; end > 0; end--) {
      const place = Math.floor(this.#chance() * (end + 1));
      [list[end], list[place]] = [list[place], list[end]];
    }
    return list;
  }

  #scan({ scan, minute, bars, place, names, headlines, cause }) {
    const head = { scan, minute, dropped: { symbols: [], reasons: [] } };
    const closeOf = (symbol) => bars[symbol][place][3];
    const all = [...new Set([...names, ...NAMES.keys()])];
    const stage = (kind, more, keep) => {
      const kept = all.slice(0, STAGES[kind]).map((symbol) => ({ symbol, score: 10 - symbol / 4, ...keep(symbol) }));
      this.#derived({ kind, ...head, ...more, kept }, cause);
    };
    stage('candidates_found', { universe: NAMES.length }, () => ({ gap: 0.01, change: 0.02, relativeVolume: 1.5, minuteVolume: 1.2 }));
    stage('catalysts_confirmed', {}, (symbol) => ({
      catalyst: catalystTypes[(symbol + scan) % 8],
      direction: 1,
      strength: 0.7,
      sentiment: 0.4,
      reliability: 0.5,
      outlets: 1,
      headline: headlines[symbol],
    }));
    stage('indicators_agreed', {}, (symbol) => ({
      close: closeOf(symbol),
      atr: closeOf(symbol) / 250,
      vwap: closeOf(symbol),
      volumeRatio: 1.3,
      levels: [{ price: closeOf(symbol) * 0.99, halfWidth: 100, source: 'swing', touches: 3, bounces: 2, breaks: 1 }],
      indicators: indicatorNames.map(() => closeOf(symbol)),
      minuteShares: 8000,
    }));
    stage('setups_found', {}, (symbol) => {
      const at = closeOf(symbol);
      return {
        pattern: patternKinds[symbol % 9],
        entry: cents(at),
        stop: cents(at * 0.99),
        target: cents(at * 1.02),
        confidence: 0.7,
        invalidation: at * 0.98,
        volumeConfirmed: true,
        record: noRecord,
        drawing: [],
        atr: at / 250,
        support: 0,
        minuteShares: 8000,
      };
    });
    stage('intents_chosen', {}, () => ({ correlation: 0 }));
  }

  /** Where the bars say that it would end; null for a loser that this house does not make, or one that never fills. */
  #plan(symbol, bars, place, minutes) {
    const own = bars[symbol];
    const seen = own[place][3];
    const limit = cents(seen * 1.0006);
    const stop = cents(limit * (1 - 0.004 - this.#chance() * 0.004));
    const target = cents(limit + (limit - stop) * 2);
    const first = own[place + 1];
    if (first === undefined || first[2] >= limit) return null;
    const entry = Math.min(limit, cents(first[0] + 100));
    const patience = 20 + Math.floor(this.#chance() * 70);
    let exit = null;
    for (let at = place + 2; at < minutes && exit === null; at++) {
      const [open, high, low, close] = own[at];
      if (low <= stop) exit = { at, price: cents(Math.min(open, stop) - 100), leg: 'stop', reason: 'protective_stop' };
      else if (high > target) exit = { at, price: Math.max(open, target), leg: 'target', reason: 'profit_target' };
      else if (at >= minutes - 6) exit = { at, price: cents(close - 100), leg: 'exit-0', reason: 'flat_by_close' };
      else if (at - place > patience) exit = { at, price: cents(close - 100), leg: 'exit-0', reason: 'time_stop' };
    }
    if (exit === null) return null;
    if (exit.price <= entry && this.#chance() > LOSERS_KEPT) return null;
    const shares = Math.max(1, Math.floor(Math.min((this.#cash * RISK) / (limit - stop), (this.#cash * POSITION_MAX) / limit)));
    return {
      symbol,
      limit,
      stop,
      target,
      entry,
      exit,
      shares,
      place,
      pattern: patternKinds[(symbol + place) % 9],
      filled: 0,
      stopLeg: 'stop',
      working: new Set(),
    };
  }

  #enter(trade, date) {
    const { symbol, limit, stop, target, shares, pattern } = trade;
    const wanted = {
      symbol,
      side: 'buy',
      limit,
      atr: limit / 250,
      support: 0,
      target,
      pattern,
      confidence: 0.5 + this.#chance() / 2,
      liquidShares: 5000,
      record: noRecord,
    };
    const intent = this.#derived({ kind: 'intent_formed', intent: wanted }, this.#writer.sequence);
    const order = { ...wanted, stop, shares, risk: (limit - stop) * shares };
    const approved = this.#derived({ kind: 'intent_approved', intent, order, stamp: firstStamp(defaultSettings) }, intent);
    Object.assign(trade, { intent, name: `${date}-${intent}` });
    this.#held.set(symbol, trade);
    this.#send(trade, 'entry', { role: 'entry', type: 'limit', side: 'buy', limit, stop: null, parent: null, reason: pattern }, approved);
    this.#send(
      trade,
      'stop',
      { role: 'stop', type: 'stop', side: 'sell', limit: null, stop, parent: `${trade.name}-entry`, reason: 'protective_stop' },
      approved,
    );
    this.#send(
      trade,
      'target',
      { role: 'target', type: 'limit', side: 'sell', limit: target, stop: null, parent: `${trade.name}-entry`, reason: 'profit_target' },
      approved,
    );
  }

  #send({ symbol, shares, intent, name, working }, leg, order, cause) {
    const id = `${name}-${leg}`;
    this.#derived({ kind: 'order_requested', order: { id, symbol, shares, intent, ...order } }, cause);
    this.#door({ kind: 'order_accepted', order: id });
    working.add(id);
  }

  #cancel(trade, leg, reason, cause) {
    const order = `${trade.name}-${leg}`;
    if (!trade.working.delete(order)) return;
    this.#derived({ kind: 'cancel_requested', order, reason }, cause);
    this.#door({ kind: 'order_cancelled', order, unfilled: trade.shares });
  }

  /** What the minute that has just gone by fills: entries in two parts, exits in one. */
  #fills(going, { place, open }) {
    const bar = open + place * MINUTE;
    for (const trade of [...going]) {
      const { symbol, name, shares, entry, exit, intent, limit, stop } = trade;
      if (place === trade.place + 1) {
        const part = shares > 3 && this.#chance() < 0.4 ? Math.floor(shares / 2) : shares;
        for (const some of part === shares ? [shares] : [part, shares - part])
          this.#door({
            kind: 'order_filled',
            order: `${name}-entry`,
            symbol,
            side: 'buy',
            shares: some,
            price: entry,
            fees: 0,
            bar,
            flags: [],
          });
        trade.working.delete(`${name}-entry`);
        trade.filled = shares;
        this.#cash -= shares * entry;
      }
      if (place !== exit.at) continue;
      const fees = 100 * Math.ceil((shares * exit.price * 0.0000278) / 100) + 100 * Math.ceil(shares * 0.0166);
      const filled = this.#door({
        kind: 'order_filled',
        order: `${name}-${exit.leg}`,
        symbol,
        side: 'sell',
        shares,
        price: exit.price,
        fees,
        bar,
        flags: [],
      });
      this.#cash += shares * exit.price - fees;
      trade.working.delete(`${name}-${exit.leg}`);
      for (const id of [...trade.working]) this.#cancel(trade, id.slice(name.length + 1), exit.reason, filled);
      const pnl = shares * (exit.price - entry) - fees;
      const rMultiple = pnl / (shares * (limit - stop));
      this.#derived(
        { kind: 'position_closed', symbol, side: 'sell', shares, pnl, fees, reason: exit.reason, noMarket: false, intent, rMultiple },
        filled,
      );
      going.splice(going.indexOf(trade), 1);
      this.#held.delete(symbol);
      this.trades++;
    }
  }

  /** Moves stops up now and then, and asks for the exits that no leg makes. */
  #guard(going, { place, cause }) {
    for (const trade of going) {
      if (trade.filled === 0) continue;
      if (trade.exit.leg === 'exit-0' && place === trade.exit.at - 1) {
        for (const leg of [trade.stopLeg, 'target']) this.#cancel(trade, leg, trade.exit.reason, cause);
        this.#send(
          trade,
          'exit-0',
          { role: 'exit', type: 'market', side: 'sell', limit: null, stop: null, parent: null, reason: trade.exit.reason },
          cause,
        );
      } else if ((place - trade.place) % 8 === 0 && trade.exit.leg !== 'stop') {
        this.#send(
          trade,
          `exit-${place}`,
          { role: 'stop', type: 'stop', side: 'sell', limit: null, stop: trade.stop, parent: null, reason: 'trailing_stop' },
          cause,
        );
        this.#cancel(trade, trade.stopLeg, 'trailing_stop', cause);
        trade.stopLeg = `exit-${place}`;
      }
    }
  }

  #account(bars, place) {
    let equity = this.#cash;
    for (const { symbol, filled } of this.#held.values()) equity += filled * bars[symbol][place][3];
    this.#door({ kind: 'account_reported', cash: this.#cash, equity });
  }
}

function frameOf(bars, place, openMinute, open) {
  const column = (field) => Int32Array.from(bars, (own) => own[place][field]);
  const minute = openMinute + place;
  const columns = { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
  return { width: bars.length, ...columns, minute, start: open + place * MINUTE, present: bars.length, regular: true };
}

/** Writes it into a folder that holds no journal; says what is in it. */
export const writeYearJournal = (directory, { perDay = 100, seed = 1 } = {}) => new YearWriter(directory, perDay, seed).write();

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [directory, perDay = '100', seed = '1'] = process.argv.slice(2);
  if (directory === undefined) throw new Error('node bench/year-journal.mjs <a new folder> [trades a day] [seed]');
  const began = performance.now();
  const made = writeYearJournal(directory, { perDay: Number(perDay), seed: Number(seed) });
  process.stdout.write(`${JSON.stringify({ ...made, seconds: Math.round((performance.now() - began) / 100) / 10 })}\n`);
}
