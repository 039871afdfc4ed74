import { levelSources } from '#domain/indicators/level-source';
import type { SourceRecord } from '#main/study/level-tally';
import type { Interval } from '#main/study/session-bootstrap';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
const between = ({ low, high }: Interval): string => `${points(low)} … ${points(high)}`;

const head = [
  '| source | levels | touches | bounces | breaks | bounce rate (95 %) | of random levels | difference in points (95 %) | verdict |',
  '| --- | ---: | ---: | ---: | ---: | --- | ---: | --- | --- |',
];

function row({ source, real, random, difference, differenceBetween, realBetween, verdict, realRate, randomRate }: SourceRecord): string {
  const range = `${percent(realBetween.low)} … ${percent(realBetween.high)}`;
  const decided = random.bounces + random.breaks;
  const cells = [
    source,
    ...[real.levels, real.touches, real.bounces, real.breaks].map(String),
    `${percent(realRate)} (${range})`,
    `${percent(randomRate)} of ${decided}`,
    `${points(difference)} (${between(differenceBetween)})`,
    verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}

function sentence(records: readonly SourceRecord[]): string {
  const of = (verdict: SourceRecord['verdict']): string =>
    records
      .filter((record) => record.verdict === verdict)
      .map(({ source }) => source)
      .join(', ') || 'none';
  const missing = levelSources.filter((source) => records.every((record) => record.source !== source));
  const never = missing.length === 0 ? '' : ` Never met in these bars: ${missing.join(', ')}.`;
  return `Better than random levels: ${of('better')}. Not better: ${of('not better')}. Can't say: ${of("can't say")}.${never}`;
}

/** The record of a study as a table and a plain sentence. */
export function levelRecordText(title: string, records: readonly SourceRecord[]): string {
  return `## ${title}\n\n${[...head, ...records.map(row)].join('\n')}\n\n${sentence(records)}\n`;
}
