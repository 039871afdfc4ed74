import type { Entry, EventOf } from '#domain/events/event';
import {
  type AgreedCandidate,
  type Candidate,
  type ConfirmedCandidate,
  type Dropped,
  type DropReason,
  dropReasonsOf,
  type FoundSetup,
  type StageEvent,
} from '#domain/events/funnel';
import { indicatorNames, unitOf } from '#domain/indicators/indicator-names';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** A price, or a distance of prices, that is no whole number of 1e-4: in the currency. */
export const inCurrency = (e4: number): number => e4 / 10_000;

/** What has not been known is written as 0 in the journal. */
export const knownPrice = (e4: number): number | null => (e4 === 0 ? null : inCurrency(e4));

export function universeRows({ sequence }: Entry, { size, dropped }: EventOf<'universe_selected'>, rows: Rows, names: Names): void {
  rows.into('universe_selections', names.session).int(sequence).int(size).end();
  for (const [symbol, reasons] of whyDropped(dropped))
    for (const reason of reasons) rows.into('universe_rejections', names.session).int(names.security(symbol)).word(reason).end();
}

/** One stage of a scan: the entry itself, who was kept with what was found of each, and who was let go. */
export function stageRows(entry: Entry, event: StageEvent, rows: Rows, names: Names): void {
  const { sequence, at } = entry;
  const { kind, scan, minute, kept, dropped } = event;
  if (kind === 'candidates_found') {
    const cycle = rows.into('trading_cycles', sequence).int(names.session).int(scan);
    cycle.instant(at).int(minute).int(event.universe).end();
  }
  rows.into('scan_stages', sequence).int(names.cycle).word(kind).end();
  for (const [place, { symbol, score }] of kept.entries())
    rows
      .into('scan_results', sequence)
      .int(names.security(symbol))
      .int(place + 1)
      .float(score)
      .end();
  for (const [symbol, reasons] of whyDropped(dropped))
    for (const reason of reasons) rows.into('scan_rejections', sequence).int(names.security(symbol)).word(reason).end();
  switch (kind) {
    case 'candidates_found':
      for (const one of event.kept) moveRow(sequence, one, rows, names);
      return;
    case 'catalysts_confirmed':
      for (const one of event.kept) confirmedRow(sequence, one, rows, names);
      return;
    case 'indicators_agreed':
      for (const one of event.kept) agreedRows(sequence, one, rows, names);
      return;
    case 'setups_found':
      for (const one of event.kept) setupRow(sequence, one, rows, names);
      return;
    case 'intents_chosen':
      return;
  }
}

/** Each name once, with all its reasons. */
function whyDropped({ symbols, reasons }: Dropped): ReadonlyMap<SymbolIndex, readonly DropReason[]> {
  const masks = new Map<SymbolIndex, number>();
  for (const [place, symbol] of (symbols as readonly SymbolIndex[]).entries())
    masks.set(symbol, (masks.get(symbol) ?? 0) | (reasons[place] ?? 0));
  return new Map([...masks].map(([symbol, mask]) => [symbol, reasonsOf(mask)]));
}

const known = new Map<number, readonly DropReason[]>();

function reasonsOf(mask: number): readonly DropReason[] {
  const found = known.get(mask);
  if (found !== undefined) return found;
  const reasons = dropReasonsOf(mask);
  known.set(mask, reasons);
  return reasons;
}

function moveRow(sequence: number, { symbol, gap, change, relativeVolume, minuteVolume }: Candidate, rows: Rows, names: Names): void {
  const row = rows.into('scan_moves', sequence).int(names.security(symbol));
  row.float(gap).float(change).float(relativeVolume).float(minuteVolume).end();
}

function confirmedRow(sequence: number, one: ConfirmedCandidate, rows: Rows, names: Names): void {
  const { symbol, catalyst, direction, strength, sentiment, reliability, outlets, headline } = one;
  const row = rows.into('scan_catalysts', sequence).int(names.security(symbol)).word(catalyst).int(direction);
  row.float(strength).float(sentiment).float(reliability).int(outlets);
  row.int(headline === '' ? null : names.headline(headline)).end();
}

function agreedRows(sequence: number, one: AgreedCandidate, rows: Rows, names: Names): void {
  const { symbol, close, atr, vwap, volumeRatio, minuteShares, indicators, levels } = one;
  const security = names.security(symbol);
  const row = rows.into('technical_indicators', sequence).int(security).e4(Math.round(close));
  row.float(inCurrency(atr)).float(inCurrency(vwap)).float(volumeRatio).float(minuteShares);
  for (const [place, isPrice] of arePrices.entries()) {
    const value = indicators[place] ?? 0;
    row.float(value === 0 ? null : isPrice ? inCurrency(value) : value);
  }
  row.end();
  for (const [place, { price, halfWidth, source, touches, bounces, breaks }] of levels.entries()) {
    const level = rows
      .into('price_levels', sequence)
      .int(security)
      .int(place + 1);
    level.float(inCurrency(price)).float(inCurrency(halfWidth)).word(source).int(touches).int(bounces).int(breaks).end();
  }
}

const arePrices: readonly boolean[] = indicatorNames.map((name) => unitOf(name) === 'price');

function setupRow(sequence: number, one: FoundSetup, rows: Rows, names: Names): void {
  const row = rows.into('setups', sequence).int(names.security(one.symbol)).word(one.pattern);
  row.e4(one.entry).e4(one.stop).e4(one.target).float(one.confidence).float(inCurrency(one.invalidation)).bool(one.volumeConfirmed);
  const { count, won, meanR, deviationR } = one.record;
  row.int(count).int(won).float(meanR).float(deviationR);
  row.float(inCurrency(one.atr)).float(knownPrice(one.support)).float(one.minuteShares).end();
}

export function outcomeRow({ sequence, at }: Entry, event: EventOf<'setup_resolved'>, rows: Rows, names: Names): void {
  const { symbol, pattern, scanned, outcome, r } = event;
  const row = rows.into('setup_outcomes', sequence).instant(at).int(names.security(symbol)).word(pattern);
  row.int(scanned).word(outcome).float(r).end();
}
