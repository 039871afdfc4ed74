import type { HeldPosition, MarketContext, Snapshot, TechnicalContext } from '#domain/decisions/decision-record';
import type { Feature, FeatureName } from '#domain/decisions/feature';
import { indicatorNames, unitOf } from '#domain/indicators/indicator-names';
import type { SessionClock } from '#domain/market/session-clock';
import { type Book, type Position, pnlToday } from '#domain/portfolio/book';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { heldNow } from '#main/day/held-now';
import type { ScanMemory } from '#main/decisions/scan-memory';
import type { SessionTape } from '#main/decisions/session-tape';

/** All that a snapshot is made of, as it stands at that instant. */
export type Known = {
  readonly at: Instant;
  readonly clock: SessionClock;
  readonly tape: SessionTape;
  readonly scans: ScanMemory;
  readonly book: Book;
  /** When the book changed last. */
  readonly bookAt: Instant;
  readonly spy: SymbolIndex | null;
};

const dollars = (e4: number): number => e4 / 10_000;

/** What was known of the whole book and the market; the same for all that is decided in one entry. */
export function contextOf(known: Known): Omit<Snapshot, 'features'> {
  const { book, tape, spy } = known;
  const market: MarketContext = {
    spy: spy === null ? null : tape.move(spy),
    vix: null,
    sectors: tape.sectors(),
    regime: tape.regime(),
    availableAt: tape.newest ?? known.at,
  };
  return { positions: book.positions.map((position) => heldOf(position, known)), market, dayPnl: pnlToday(book) };
}

function heldOf(position: Position, { at, scans, tape, bookAt }: Known): HeldPosition {
  const { symbol, mark, since } = position;
  const last = tape.last(symbol);
  return {
    symbol,
    ...heldNow(position, at),
    // Before its first bar since, it is worth what was paid.
    availableAt: last !== null && last.at > since && last.price === mark ? last.at : bookAt,
    sentiment: scans.sentimentOf(symbol),
    technical: technicalOf(position, scans),
  };
}

function technicalOf({ symbol, mark }: Position, scans: ScanMemory): TechnicalContext | null {
  const looked = scans.levelsOf(symbol);
  const [first, ...others] = looked?.item.levels ?? [];
  if (looked === null || first === undefined) return null;
  const level = others.reduce((near, one) => (Math.abs(one.price - mark) < Math.abs(near.price - mark) ? one : near), first);
  return { level, atSupport: Math.abs(level.price - mark) <= level.halfWidth, availableAt: looked.at };
}

/** What was known of one name, or without one of the book and the market, each value with the instant from which it could be known. */
export function featuresOf(symbol: SymbolIndex | null, known: Known): readonly Feature[] {
  const { at, clock, tape, book, bookAt } = known;
  const told: Feature[] = [];
  const say = (name: FeatureName, value: number | string | null | undefined, availableAt: Instant): void => {
    if (value !== null && value !== undefined && value !== '') told.push({ name, value, availableAt });
  };
  const minute = clock.minuteAt(at);
  say('phase', clock.phaseAt(minute)?.name, at);
  say('minute_of_day', minute, at);
  const { newest } = tape;
  if (symbol !== null) {
    sayBars(symbol, known, say);
    sayScanned(symbol, known, say);
  }
  say('day_pnl', dollars(pnlToday(book)), bookAt);
  say('open_positions', book.positions.length, bookAt);
  say('losses_in_a_row', book.lossesInARow, bookAt);
  const regime = tape.regime();
  if (newest !== null) {
    say('market_move', regime.move, newest);
    say('market_spread', regime.spread, newest);
    say('regime', regime.kind, newest);
  }
  return told;
}

type Say = (name: FeatureName, value: number | string | null | undefined, availableAt: Instant) => void;

function sayBars(symbol: SymbolIndex, { at, tape }: Known, say: Say): void {
  const last = tape.last(symbol);
  const { newest } = tape;
  if (last === null || newest === null) return;
  say('last_price', dollars(last.price), last.at);
  say('price_age', Math.floor((at - last.at) / MINUTE_MS), at);
  say('day_move', tape.move(symbol), last.at);
  const atr = tape.atr(symbol);
  if (atr > 0) say('atr_five_minutes', dollars(atr), last.at);
  say('minute_shares', tape.minuteShares(symbol), newest);
}

function sayScanned(symbol: SymbolIndex, { scans }: Known, say: Say): void {
  const { candidate, confirmed, agreed, setup } = scans.nowOf(symbol);
  if (candidate !== null) {
    const { item, at } = candidate;
    say('scan_score', item.score, at);
    say('gap', item.gap, at);
    say('change', item.change, at);
    say('relative_volume', item.relativeVolume, at);
    say('minute_volume', item.minuteVolume, at);
  }
  if (confirmed !== null) {
    const { item, at } = confirmed;
    const knownAt = scans.knownAt(item.headline) ?? at;
    say('catalyst', item.catalyst, knownAt);
    say('catalyst_direction', item.direction, knownAt);
    say('catalyst_strength', item.strength, at);
    say('sentiment', item.sentiment, knownAt);
    say('source_reliability', item.reliability, at);
    say('outlets', item.outlets, at);
  }
  if (agreed !== null) {
    const { item, at } = agreed;
    say('vwap', dollars(item.vwap), at);
    say('volume_ratio', item.volumeRatio, at);
    for (const [place, name] of indicatorNames.entries()) {
      const value = item.indicators[place] ?? 0;
      // 0 says "not ready" in the event.
      if (value !== 0) say(`indicator_${name}`, unitOf(name) === 'price' ? dollars(value) : value, at);
    }
  }
  if (setup !== null) {
    const { item, at } = setup;
    say('pattern', item.pattern, at);
    say('confidence', item.confidence, at);
    say('limit', dollars(item.entry), at);
    say('stop', dollars(item.stop), at);
    say('target', dollars(item.target), at);
    if (item.support > 0) say('support', dollars(item.support), at);
    say('volume_confirmed', item.volumeConfirmed ? 1 : 0, at);
    say('record_count', item.record.count, at);
    if (item.record.count > 0) say('record_mean_r', item.record.meanR, at);
  }
}
