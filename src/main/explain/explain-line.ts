import { indicatorNames, unitOf } from '#domain/indicators/indicator-names';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant } from '#domain/values/instant';
import { countedNews } from '#main/explain/counted-news';
import type { Outcome } from '#main/explain/day-record';
import { verdictOf } from '#main/explain/explain-text';
import { nothingOf } from '#main/explain/nothing-of';
import { intentsAt, outcomeLine } from '#main/explain/outcome-text';
import type { Explanation } from '#main/explain/read-explanation';
import { type Dropped, dropSentence } from '#main/explain/reason-text';
import { type ScanRecord, type StageRecord, scanBy } from '#main/explain/scan-record';
import { stageWords } from '#main/explain/stage-text';
import { clockText } from '#main/live/local-time';

type Found = Extract<Explanation, { readonly kind: 'found' }>;
const prices = new Set([
  'entry',
  'stop',
  'target',
  'close',
  'atr',
  'vwap',
  'support',
  'invalidation',
  'price',
  'halfWidth',
  'ema9',
  'ema21',
]);

/** The answer for machines: local times, prices as decimal text. Documented in docs/reference/explain.md. */
export function explanationLine(name: string, minute: number | null, found: Found): object {
  const { day } = found;
  const scan = minute === null ? null : scanBy(day.scans, minute);
  const scans = minute === null ? day.scans : scan === null ? [] : [scan];
  const intents = scan === null ? null : intentsAt(day, scan.at);
  return {
    symbol: name,
    date: day.opened.date,
    at: minute === null ? null : clockText(minute),
    timeZone: 'America/New_York',
    session: {
      open: clockText(day.opened.openMinute),
      close: clockText(day.opened.closeMinute),
      scans: day.scans.length,
      complete: day.closed,
    },
    universe:
      day.universe === null
        ? null
        : {
            size: day.universe.size,
            in: day.universe.reasons.length === 0,
            reasons: reasonsOf(day.universe),
          },
    scans: scans.map((each) => scanLine(each, found)),
    outcomes: day.outcomes.map((outcome) => outcomeFields(outcome, found, intents)),
  };
}

const reasonsOf = ({ reasons, settings }: Dropped): readonly object[] =>
  reasons.map((reason) => ({ reason, text: `it ${dropSentence(reason, settings)}` }));

const scanLine = (scan: ScanRecord, found: Found): object => ({
  scan: scan.scan,
  at: clockText(scan.minute),
  utc: formatInstant(scan.at),
  verdict: verdictOf(scan, found),
  stages: scan.stages.map((stage) => stageLine(stage, found)),
  news: newsLine(scan, found),
});

/** What counted of all that had been read by then. */
function newsLine(scan: ScanRecord, found: Found): object | null {
  const counted = countedNews(found, scan.at);
  if (counted === null) return null;
  const { told, left } = counted;
  const { catalyst, direction, strength, headline } = told.entry.event;
  const { text, source } = found.headlines.get(headline) ?? { text: null, source: null };
  const what = { catalyst, direction, strength, left, headline };
  return { date: told.date, at: clockText(told.minute), seq: told.entry.sequence, ...what, headlineText: text, headlineSource: source };
}

function stageLine(record: StageRecord, { headlines, measures }: Found): object {
  const { stage, sequence, keptCount, lastKept, outcome } = record;
  const common = { stage: stageWords[stage], seq: sequence, outcome, keptCount, lastKept };
  if (record.outcome === 'dropped') {
    const reasons = reasonsOf(record);
    return { ...common, reasons, ...(stage === 'indicators_agreed' && measures !== null && { recomputed: textual(measures) }) };
  }
  const { symbol: _, ...item } = record.kept.item;
  const said = record.kept.stage === 'indicators_agreed' ? { indicators: indicatorFields(record.kept.item.indicators) } : {};
  const headline = record.kept.stage === 'catalysts_confirmed' ? headlines.get(record.kept.item.headline) : undefined;
  return {
    ...common,
    rank: record.rank,
    ...(textual(item) as object),
    ...said,
    ...(headline !== undefined && { headlineText: headline.text, headlineSource: headline.source }),
  };
}

/** Each by its name; null for one that was not ready, and for a 0 that cannot be told from that. */
const indicatorFields = (values: readonly number[]): object =>
  Object.fromEntries(
    indicatorNames.flatMap((name, place) => {
      const value = values[place];
      if (value === undefined) return [];
      return [
        [name, value === 0 && nothingOf(name, values) !== 'nought' ? null : unitOf(name) === 'price' ? formatE4(Math.round(value)) : value],
      ];
    }),
  );

/** Prices as decimal text, wherever they stand in an item. */
function textual(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textual);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      prices.has(key) && typeof each === 'number' ? formatE4(Math.round(each)) : textual(each),
    ]),
  );
}

const outcomeFields = (outcome: Outcome, found: Found, intents: ReadonlySet<number> | null): object => ({
  at: clockText(found.day.clock.minuteAt(outcome.entry.at)),
  seq: outcome.entry.sequence,
  kind: outcome.entry.event.kind,
  intent: outcome.intent,
  ofThisScan: intents === null ? null : outcome.intent !== null && intents.has(outcome.intent),
  text: outcomeLine(outcome, found)?.slice('00:00  '.length) ?? null,
});
