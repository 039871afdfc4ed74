import { type Interval, wilson } from '#domain/statistics/wilson';
import { type Comparison, compared, type Mean } from '#main/study/clustered-mean';
import type { PatternStudy, StudyTally } from '#main/study/pattern-study';

/** Fewer entries or sessions say nothing. Judgement. */
const ENTRIES_MIN = 30;
const SESSIONS_MIN = 10;

export type Verdict = 'better' | 'not better' | "can't say";

/** So many deviations leave 2.5 % for thirty comparisons together, by Student's distribution for two dozen sessions. */
const SURE = 3.5;
/** An advantage of less than this, in R, is none. Judgement: about what fees and what the fill model leaves out may cost. */
const ADVANTAGE_MIN = 0.05;

/** Better only when that holds although some thirty rows are asked at once; not better when the interval has no room for an advantage. */
export function verdictOf({ seen, random }: StudyTally, { difference }: Comparison): Verdict {
  const sessions = new Set(seen.ends.map(({ session }) => session)).size;
  if (Math.min(seen.ends.length, random.ends.length) < ENTRIES_MIN || sessions < SESSIONS_MIN) return "can't say";
  if (difference.mean > SURE * difference.deviation) return 'better';
  return difference.interval.high < ADVANTAGE_MIN ? 'not better' : "can't say";
}

const signed = (value: number): string => (Number.isFinite(value) ? `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}` : '–');
const between = ({ low, high }: Interval): string => (Number.isFinite(low) ? `${signed(low)} … ${signed(high)}` : '–');
const meanText = ({ mean, interval }: Mean): string => `${signed(mean)} (${between(interval)})`;
const percent = (share: number): string => `${(100 * share).toFixed(0)}`;

function rateText(ends: readonly { readonly r: number }[]): string {
  if (ends.length === 0) return '–';
  const won = ends.filter(({ r }) => r > 0).length;
  const { low, high } = wilson(won, ends.length);
  return `${percent(won / ends.length)} % (${percent(low)}–${percent(high)})`;
}

const words = (name: string): string => name.replaceAll('_', ' ');

function rowOf(tally: StudyTally, sessions: number, seed: number): string {
  const { pattern, sightings, seen, random } = tally;
  const comparison = compared(seen.ends, random.ends, sessions, seed);
  const cells = [
    words(pattern.name),
    sightings,
    seen.ends.length,
    rateText(seen.ends),
    meanText(comparison.seen),
    rateText(random.ends),
    meanText(comparison.random),
    meanText(comparison.difference),
    verdictOf(tally, comparison),
  ];
  return `| ${cells.join(' | ')} |`;
}

const head = [
  '| pattern | seen | entered | won | mean R | won by lot | mean R by lot | difference | better than by lot? |',
  '|---|--:|--:|--:|--:|--:|--:|--:|---|',
];

/** One data set of the study as Markdown: a table for each group and side. */
export function studyText(name: string, study: PatternStudy, seed: number): string {
  const { tallies, dates } = study;
  const table = (title: string, group: string, side: number): readonly string[] => [
    `### ${title}`,
    '',
    ...head,
    ...tallies.filter(({ pattern }) => pattern.group === group && pattern.side === side).map((one) => rowOf(one, dates.length, seed)),
    '',
  ];
  return [
    `## ${name}`,
    '',
    `${dates.length} sessions, ${dates[0] ?? 'none'} to ${dates.at(-1) ?? 'none'}, seed ${seed}. The first five only teach.`,
    '',
    ...table('Chart patterns for a rise', 'chart', 1),
    ...table('Their twins for a fall', 'chart', -1),
    ...table('Candlesticks for a rise', 'candlestick', 1),
    ...table('Candlesticks for a fall', 'candlestick', -1),
  ].join('\n');
}

/** What the tables are, how to read them, and the command that makes them. */
export function studyHead(command: string): string {
  return ['# What became of each pattern', '', ...howToRead, '', 'Made by', '', `    ${command}`, '', ''].join('\n');
}

const howToRead = [
  '- Asked at every five-minute close from 09:45 to 15:30 of every name with five earlier sessions, a price of 5 dollars and 10 million',
  '  dollars a day; one open sighting for each name and pattern.',
  '- Each is entered at a marketable limit within three minutes, with the stop of Stage 1 and a target two risks away,',
  '  and is sold ten minutes before the close. Falls are followed on a chart that stands on its head.',
  '- **By lot**: for each sighting an entry at the same instant, the same way, in another name drawn from those that could have been',
  '  traded. A rising market helps both alike, so only the difference speaks of the pattern.',
  '- R is what was won over what was planned to be at risk, after the cost of crossing (a cent or 2 bp a side, a tenth of the way',
  "  that a stop's bar ran on), before fees and without the limits on shares of a bar's volume. No short pays borrow.",
  '- After a rate stands its 95 % interval by Wilson, as if entries were independent; they are not, so it is too narrow. After a',
  '  mean stands a 95 % interval by drawing whole sessions again: names move together, and a day is one throw.',
  `- With ${ENTRIES_MIN} entries in ${SESSIONS_MIN} sessions: "better" when the difference is more than ${SURE} deviations above nought, since some thirty rows are`,
  `  asked at once; "not better" when its interval has no room for an advantage of ${ADVANTAGE_MIN} R; otherwise nothing can be said.`,
];
