import type { AgreedCandidate, Candidate, ConfirmedCandidate, FoundSetup } from '#domain/events/funnel';
import { type IndicatorName, indicatorNames, unitOf } from '#domain/indicators/indicator-names';
import { recordText } from '#domain/patterns/record-text';
import type { DrawnLine } from '#domain/patterns/setup';
import { unreachable } from '#domain/values/assert';
import { amount, signed } from '#main/explain/amounts';
import { nothingOf } from '#main/explain/nothing-of';
import type { Explanation, Told } from '#main/explain/read-explanation';
import { droppedText } from '#main/explain/reason-text';
import type { StageRecord } from '#main/explain/scan-record';
import { words } from '#main/explain/words';
import { clockText } from '#main/live/local-time';
import { type Measures, RSI_MAX, RSI_MIN, VOLUME_RATIO_MIN } from '#production/technical/agreement';

type Found = Extract<Explanation, { readonly kind: 'found' }>;

export const stageWords: Readonly<Record<StageRecord['stage'], string>> = {
  candidates_found: 'candidates',
  catalysts_confirmed: 'catalysts',
  indicators_agreed: 'indicators',
  setups_found: 'setups',
  intents_chosen: 'intents',
};

const MAX: Readonly<Record<StageRecord['stage'], number>> = {
  candidates_found: 100,
  catalysts_confirmed: 35,
  indicators_agreed: 20,
  setups_found: 10,
  intents_chosen: 5,
};

/** One stage in a line or some: how it went, and what was known there. */
export function stageLines(record: StageRecord, found: Found): readonly string[] {
  const head = `${stageWords[record.stage].padEnd(11)}`;
  if (record.outcome === 'dropped') {
    const again =
      record.stage === 'indicators_agreed' && found.measures !== null ? [`${' '.repeat(12)}${measuresText(found.measures)}`] : [];
    return [`${head} dropped: ${droppedText(record)}.${lackText(record)}`, ...again];
  }
  const { kept, rank, keptCount, lastKept } = record;
  const last = lastKept === null ? '' : `, the last kept had ${lastKept.toFixed(2)}`;
  const first = `${head} kept, ${rank} of ${keptCount} (at most ${MAX[record.stage]}), score ${kept.item.score.toFixed(2)}${last}`;
  const more = keptLines(kept, found).map((line) => `${' '.repeat(12)}${line}`);
  return [first, ...more];
}

/** Not written down of a name that is dropped, so it is said where the figures come from. */
const measuresText = ({ close, vwap, ema9, ema21, rsi, volumeRatio }: Measures): string =>
  `worked out again from the bars of the journal: last close ${amount(close)}, VWAP ${amount(vwap)}, EMA 9 ${amount(ema9)}, EMA 21 ${amount(ema21)}, RSI 14 ${rsi.toFixed(1)} (${RSI_MIN} to ${RSI_MAX} may be bought), volume ${volumeRatio.toFixed(2)} × (${VOLUME_RATIO_MIN} at least)`;

/** What it would have taken: the scores of the dropped are not written down. */
function lackText({ outcome, lastKept, ...record }: StageRecord): string {
  if (outcome !== 'dropped' || !('reasons' in record) || !record.reasons.includes('ranked_below') || lastKept === null) return '';
  return ` The last that was kept had a score of ${lastKept.toFixed(2)}.`;
}

function keptLines(kept: Extract<StageRecord, { readonly outcome: 'kept' }>['kept'], found: Found): readonly string[] {
  switch (kept.stage) {
    case 'candidates_found':
      return [candidateText(kept.item)];
    case 'catalysts_confirmed':
      return catalystLines(kept.item, found.headlines.get(kept.item.headline));
    case 'indicators_agreed':
      return indicatorLines(kept.item);
    case 'setups_found':
      return setupLines(kept.item);
    case 'intents_chosen':
      return [`highest correlation with a better one: ${kept.item.correlation.toFixed(2)} (0 is none, or unknown)`];
    default:
      return unreachable(kept);
  }
}

const candidateText = ({ gap, change, relativeVolume, minuteVolume }: Candidate): string =>
  `gap ${signed(gap)}, move ${signed(change)}, volume ${relativeVolume.toFixed(1)} × the usual by this minute, ${minuteVolume.toFixed(1)} × in it`;

function catalystLines(item: ConfirmedCandidate, headline: Told | undefined): readonly string[] {
  const { catalyst, direction, strength, sentiment, reliability, outlets } = item;
  const way = direction > 0 ? 'good' : direction < 0 ? 'bad' : 'neither good nor bad';
  const facts = `${words(catalyst)}, ${way} for a buyer, strength ${strength.toFixed(2)}, sentiment ${sentiment.toFixed(2)}, reliability ${reliability.toFixed(2)}, ${outlets} ${outlets === 1 ? 'outlet' : 'outlets'}`;
  const text = headline === undefined ? [] : [`"${headline.text}"${headline.source === '' ? '' : ` (${headline.source})`}`];
  return [facts, ...text];
}

function indicatorLines(item: AgreedCandidate): readonly string[] {
  const { close, vwap, atr, volumeRatio, levels, indicators } = item;
  const said = indicators.map((value, place) => indicatorText(indicatorNames[place], value, indicators));
  const levelText = levels.map(
    ({ price, source, touches, bounces, breaks }) =>
      `${price <= close ? 'support' : 'resistance'} ${amount(price)} (${words(source)}, ${touches} touches, ${bounces} held, ${breaks} broken)`,
  );
  return [
    `last close ${amount(close)}, VWAP ${amount(vwap)}, ATR of five minutes ${amount(atr)}, lately ${volumeRatio.toFixed(2)} × the shares a minute of the last twenty minutes`,
    ...levelText,
    ...(said.length > 0 ? [said.join(', ')] : []),
  ];
}

/** A journal of a later program may hold more of them than have a name here. */
function indicatorText(name: IndicatorName | undefined, value: number, values: readonly number[]): string {
  if (name === undefined) return `${value}`;
  const unit = unitOf(name);
  const nothing = value === 0 ? nothingOf(name, values) : 'nought';
  if (nothing !== 'nought') return `${words(name)} ${nothing === 'none' ? 'none' : '0 or none'}`;
  return `${words(name)} ${unit === 'price' ? amount(value) : unit === 'shares' ? value.toFixed(0) : value.toFixed(1)}`;
}

function setupLines(item: FoundSetup): readonly string[] {
  const { pattern, entry, stop, target, confidence, invalidation, volumeConfirmed, record, drawing } = item;
  const lines = drawing.map(drawnText);
  return [
    `${words(pattern)}: entry ${amount(entry)}, stop ${amount(stop)}, target ${amount(target)}, confidence ${confidence.toFixed(2)}, no longer valid beyond ${amount(invalidation)}, volume ${volumeConfirmed ? 'went along' : 'did not go along'}`,
    `setups of this shape that have ended: ${recordText(record)}`,
    ...(lines.length > 0 ? [`drawing: ${lines.join('; ')}`] : []),
  ];
}

/** A line of a few points in full, one that bends with every bar by its ends. */
export function drawnText({ role, points }: DrawnLine): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return words(role);
  if (points.length <= DRAWN_MAX) return `${words(role)} ${points.map(pointText).join(' to ')}`;
  return `${words(role)} ${pointText(first)} to ${pointText(last)} over ${points.length} points`;
}

const DRAWN_MAX = 6;
const pointText = ({ minute, price }: DrawnLine['points'][number]): string => `${clockText(minute)} ${amount(price)}`;
