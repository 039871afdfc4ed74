import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { AgreedCandidate, FoundSetup } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { ticksOf } from '#domain/market/session-ticks';
import { legalPrice, tickAt } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import { BullFlag } from '#domain/patterns/bull-flag';
import { OpeningRange } from '#domain/patterns/opening-range';
import { noRecord, type PatternKind } from '#domain/patterns/setup';
import { stopPriceOfLong } from '#domain/risk/stop-price';
import { defaultSettings, type Settings } from '#domain/settings';
import type { Price } from '#domain/values/price';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';

const SETUPS_MAX = 10;
/** The target lies two risks away unless a level stands before it. */
const NO_PRICE = 0;
const TARGET_RISKS = 2;
/** What a full-confidence setup adds to a candidate's score. */
const CONFIDENCE_WEIGHT = 10;

type Found = { readonly pattern: PatternKind; readonly confidence: number };

/** Finds the setups among those whose indicators agree: 20 → 10, each with entry, target and confidence. */
export function pattern(): Service {
  return new Pattern();
}

class Pattern implements Service {
  readonly name = 'pattern';
  readonly consumes = ['run_started', 'session_opened', 'split_took_effect', 'bars_closed', 'indicators_agreed'] as const;
  readonly hears = [] as const;
  readonly emits = ['setups_found'] as const;
  readonly #table = new SymbolColumns();
  readonly #range = new OpeningRange(this.#table);
  readonly #flag = new BullFlag(this.#table);
  #settings: Settings = defaultSettings;
  #ticks: TickRule | null = null;
  #listed = 0;

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        return;
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#table.forget(event.symbol);
      case 'bars_closed':
        return this.#minute(event.frame);
      case 'indicators_agreed':
        return emit(this.#find(event));
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#ticks = ticksOf(opened.date);
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#range.startSession(opened.openMinute);
    this.#flag.startSession(opened.openMinute);
  }

  #minute(frame: Frame): void {
    if (!frame.regular) return;
    this.#range.update(frame);
    this.#flag.update(frame);
  }

  #find({ scan, minute, kept }: EventOf<'indicators_agreed'>): EventOf<'setups_found'> {
    const drops = new Drops();
    const setups: FoundSetup[] = [];
    for (const candidate of kept) {
      const found = this.#patternOf(candidate, minute);
      if (found === null) drops.because(candidate.symbol, 'no_setup');
      else if (this.#ticks !== null) setups.push(this.#setupOf(candidate, found, this.#ticks));
    }
    const { kept: chosen, rest } = best(setups, SETUPS_MAX);
    drops.ranked(rest);
    return { kind: 'setups_found', scan, minute, kept: chosen, dropped: drops.taken() };
  }

  /** Half a point for the shape, the rest for the volume behind it and for how little it has run already. */
  #patternOf({ symbol, close, atr, volumeRatio }: AgreedCandidate, minute: number): Found | null {
    const volumePart = 0.25 * Math.min(1, volumeRatio / 3);
    const range = this.#range.breakOf(symbol, minute, close);
    if (range !== null && close - range.high <= atr) {
      return { pattern: 'opening_range_breakout', confidence: 0.5 + volumePart + 0.25 * (1 - (close - range.high) / Math.max(atr, 1)) };
    }
    const flag = this.#flag.breakOf(symbol, close, atr);
    if (flag !== null && close - flag.flagHigh <= atr)
      return { pattern: 'bull_flag', confidence: 0.5 + volumePart + 0.25 * (1 - flag.retrace) };
    return null;
  }

  #setupOf(
    { symbol, score, close, atr, levels, minuteShares }: AgreedCandidate,
    { pattern: kind, confidence }: Found,
    ticks: TickRule,
  ): FoundSetup {
    const entry = marketableLimit(close, ticks);
    const support = levels.findLast(({ price }) => price < entry)?.price ?? NO_PRICE;
    const resistance = levels.find(({ price }) => price > entry)?.price ?? NO_PRICE;
    const stop = stopPriceOfLong({ entry, atr, support, ticks }, this.#settings.limits);
    const byRisk = entry + TARGET_RISKS * (entry - stop);
    const target = resistance !== NO_PRICE && resistance < byRisk ? resistance : byRisk;
    return {
      symbol,
      score: score + CONFIDENCE_WEIGHT * confidence,
      pattern: kind,
      entry,
      stop,
      target: legalPrice(ticks, 'target_of_long', target),
      confidence,
      invalidation: stop,
      volumeConfirmed: false,
      record: noRecord,
      drawing: [],
      atr,
      support,
      minuteShares,
    };
  }
}

/** A limit that the next trade should meet: a twentieth of a percent above the last close, at least a tick, on the grid. */
function marketableLimit(close: number, ticks: TickRule): Price {
  return legalPrice(ticks, 'limit_buy', close + Math.max(tickAt(ticks, close), close / 2000));
}
