import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { AgreedCandidate, FoundSetup } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { ticksOf } from '#domain/market/session-ticks';
import { EXITS_BEFORE_CLOSE } from '#domain/market/trading-day';
import type { TickRule } from '#domain/market/us/tick-rules';
import { withCandlestick } from '#domain/patterns/bullish-candlestick';
import { longPlanOf } from '#domain/patterns/long-plan';
import { bullPatterns, sightingsOf } from '#domain/patterns/patterns';
import { SessionBars } from '#domain/patterns/session-bars';
import type { Sighting } from '#domain/patterns/sighting';
import { TrackRecords } from '#domain/patterns/track-records';
import { defaultSettings, type Settings } from '#domain/settings';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';
import { FollowedSetups } from '#production/pattern/followed-setups';

const SETUPS_MAX = 10;

/** Finds the setups among those whose indicators agree: 20 → 10, each with a plan, a shape and the record of its pattern. */
export function pattern(): Service {
  return new Pattern();
}

class Pattern implements Service {
  readonly name = 'pattern';
  readonly consumes = [
    'run_started',
    'record_taught',
    'session_opened',
    'split_took_effect',
    'bars_closed',
    'indicators_agreed',
    'session_closed',
  ] as const;
  readonly hears = ['parameters_changed'] as const;
  readonly emits = ['setups_found', 'setup_resolved'] as const;
  readonly #table = new SymbolColumns();
  readonly #bars = new SessionBars(this.#table);
  readonly #followed = new FollowedSetups();
  readonly #records = new TrackRecords();
  #settings: Settings = defaultSettings;
  #ticks: TickRule | null = null;
  #listed = 0;
  #exitAt = 0;

  step({ sequence, event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'record_taught':
        return this.#records.addSums(event.pattern, event);
      case 'session_opened':
        return this.#open(event);
      case 'split_took_effect':
        return this.#bars.forget(event.symbol);
      case 'bars_closed':
        this.#bars.update(event.frame);
        if (event.frame.regular) this.#resolve(this.#followed.update(event.frame), emit);
        return;
      case 'indicators_agreed':
        return this.#find(event, sequence, emit);
      case 'session_closed':
        this.#resolve(this.#followed.endSession(), emit);
        return this.#bars.endSession();
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
    this.#followed.hashInto(sink);
    this.#records.hashInto(sink);
  }

  #open(opened: EventOf<'session_opened'>): void {
    this.#ticks = ticksOf(opened.date);
    this.#exitAt = opened.closeMinute - EXITS_BEFORE_CLOSE;
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#bars.startSession(opened.openMinute);
  }

  #resolve(resolved: readonly EventOf<'setup_resolved'>[], emit: Emit): void {
    for (const one of resolved) {
      this.#records.add(one.pattern, one.r);
      emit(one);
    }
  }

  #find({ scan, minute, kept }: EventOf<'indicators_agreed'>, sequence: number, emit: Emit): void {
    const drops = new Drops();
    const setups: FoundSetup[] = [];
    for (const candidate of kept) {
      const found = this.#surestOf(candidate, minute);
      if (found === undefined) drops.because(candidate.symbol, 'no_setup');
      else if (this.#ticks !== null) setups.push(this.#setupOf(candidate, found, this.#ticks));
    }
    const plan = { decidedAt: minute, exitAt: this.#exitAt };
    for (const { symbol, pattern: kind, entry, stop, target } of setups)
      this.#followed.follow(symbol, kind, sequence, { entry, stop, target, ...plan });
    const { kept: chosen, rest } = best(setups, SETUPS_MAX);
    drops.ranked(rest);
    emit({ kind: 'setups_found', scan, minute, kept: chosen, dropped: drops.taken() });
  }

  #surestOf({ symbol, close, atr, vwap, volumeRatio }: AgreedCandidate, minute: number): Sighting | undefined {
    const view = this.#bars.viewOf(symbol, minute, { close, atr, vwap, volumeRatio });
    let surest: Sighting | undefined;
    for (const one of sightingsOf(view, bullPatterns)) if (surest === undefined || one.confidence > surest.confidence) surest = one;
    return surest === undefined ? undefined : withCandlestick(surest, view.fives);
  }

  #setupOf({ symbol, score, close, atr, levels, minuteShares }: AgreedCandidate, found: Sighting, ticks: TickRule): FoundSetup {
    const { kind, confidence, invalidation, volumeConfirmed, drawing } = found;
    return {
      ...longPlanOf({ close, atr, levels, ticks }, this.#settings.limits),
      symbol,
      score: score + this.#settings.weights.confidence * confidence,
      pattern: kind,
      confidence,
      invalidation,
      volumeConfirmed,
      record: this.#records.of(kind),
      drawing,
      atr,
      minuteShares,
    };
  }
}
