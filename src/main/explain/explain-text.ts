import type { EventOf } from '#domain/events/event';
import { countedNews, type ToldNews } from '#main/explain/counted-news';
import type { DayRecord } from '#main/explain/day-record';
import { intentsAt, outcomeLine, outcomesOf } from '#main/explain/outcome-text';
import type { Explanation } from '#main/explain/read-explanation';
import { droppedText } from '#main/explain/reason-text';
import { type ScanRecord, scanBy } from '#main/explain/scan-record';
import { stageLines, stageWords } from '#main/explain/stage-text';
import { words } from '#main/explain/words';
import { clockText } from '#main/live/local-time';

type Found = Extract<Explanation, { readonly kind: 'found' }>;

/** How far the name came, in one sentence. */
export function verdictOf(scan: ScanRecord, found: Found): string {
  const { day } = found;
  if (day.universe !== null && day.universe.reasons.length > 0)
    return `not looked at: outside of the day's universe, ${droppedText(day.universe)}`;
  const last = scan.stages.at(-1);
  if (last === undefined) return 'the scan says nothing of it';
  if (last.outcome === 'dropped') return `not wanted: dropped at the ${stageWords[last.stage]}, ${droppedText(last)}`;
  const outcomes = outcomesOf(day, intentsAt(day, scan.at)).map(({ entry }) => entry.event.kind);
  if (outcomes.includes('order_filled')) return 'bought';
  if (outcomes.includes('intent_approved')) return 'wanted and approved, but the order was not filled';
  return outcomes.includes('intent_refused') ? 'wanted, and refused by the risk manager' : `kept at the ${stageWords[last.stage]}`;
}

/** "Why not at 10:15?": everything that one scan knew of the name, and what followed. */
export function scanLines(name: string, minute: number, found: Found): readonly string[] {
  const { day } = found;
  const { date, openMinute, closeMinute } = day.opened;
  const head = `${name} on ${date} at ${clockText(minute)}, New York time`;
  const hours = `the session ran from ${clockText(openMinute)} to ${clockText(closeMinute)}`;
  const scan = scanBy(day.scans, minute);
  if (scan === null) {
    const [first] = day.scans;
    const next = first === undefined ? 'There was no scan at all on that day' : `The first scan came at ${clockText(first.minute)}`;
    return [`${head}: no scan had been made by then (${hours}). ${next}.`, ...openLines(day), universeText(found)];
  }
  const outside = minute < openMinute || minute > closeMinute ? [`That is outside of the session: ${hours}.`] : [];
  const intents = intentsAt(day, scan.at);
  const followed = outcomesOf(day, intents).flatMap((outcome) => outcomeLine(outcome, found) ?? []);
  const others = day.outcomes
    .filter(({ intent }) => intent !== null && !intents.has(intent))
    .flatMap((outcome) => outcomeLine(outcome, found) ?? []);
  const halts = day.halts.filter(({ at }) => at <= scan.at);
  return [
    `${head}: ${verdictOf(scan, found)}.`,
    ...outside,
    `By the scan of ${clockText(scan.minute)}, number ${scan.scan} of ${day.scans.length} on that day.`,
    ...openLines(day),
    '',
    universeText(found),
    ...scan.stages.flatMap((stage) => stageLines(stage, found)),
    ...halts.map(({ at, event }) => `stop        ${stopText(event)}, ordered at ${clockText(day.clock.minuteAt(at))}`),
    ...headlineLines(found, scan.at),
    ...(followed.length > 0 ? ['', 'What followed:', ...followed.map((line) => `  ${line}`)] : []),
    ...(others.length > 0 ? ['', 'From other scans of that day:', ...others.map((line) => `  ${line}`)] : []),
  ];
}

const openLines = ({ closed }: DayRecord): readonly string[] =>
  closed ? [] : ['The journal ends before that session has closed: what came after it is not known.'];

function universeText({ day }: Found): string {
  const head = 'universe'.padEnd(11);
  if (day.universe === null) return `${head} none was selected on that day.`;
  const { size, reasons } = day.universe;
  if (reasons.length === 0) return `${head} in, one of ${size} names, by the days before.`;
  return `${head} out (of ${size} names), by the days before: ${droppedText(day.universe)}.`;
}

/**
 * What had been read about it by then, whether the stage of the catalysts was reached or not; of the days before only what
 * counts, which may be the cause that nothing of today explains.
 */
function headlineLines(found: Found, at: number): readonly string[] {
  const { day, news } = found;
  const { date } = day.opened;
  const counted = countedNews(found, at);
  const known = news.filter(({ date: on, entry }) => entry.at <= at && (on === date || entry === counted?.told.entry));
  const line = (told: ToldNews): string => {
    const { catalyst, direction, strength, headline } = told.entry.event;
    const when = `${told.date === date ? '' : `${told.date} `}${clockText(told.minute)}`;
    const left = told === counted?.told ? `, of which ${counted.left.toFixed(2)} is left: this is what counts` : '';
    return `  ${when}  ${words(catalyst)}, direction ${direction}, strength ${strength.toFixed(2)}${left}: ${quoted(found, headline)}`;
  };
  return known.length === 0 ? [] : ['', 'News of it by then:', ...known.map(line)];
}

function quoted({ headlines }: Found, headline: string): string {
  const told = headlines.get(headline);
  return `"${told?.text ?? headline}"${told === undefined || told.source === '' ? '' : ` (${told.source})`}`;
}

/** A line for each scan of the day. */
export function timelineLines(name: string, found: Found): readonly string[] {
  const { day } = found;
  const closed = day.outcomes.flatMap((outcome) => outcomeLine(outcome, found) ?? []);
  return [
    `${name} on ${day.opened.date}, New York time, ${day.scans.length} scans`,
    ...openLines(day),
    universeText(found),
    '',
    ...(day.scans.length === 0 ? ['No scan was made on that day.'] : []),
    ...day.scans.map((scan) => timelineRow(scan, found)),
    ...(closed.length > 0 ? ['', 'What was wanted, and what became of it:', ...closed.map((line) => `  ${line}`)] : []),
    '',
    'One scan in full: --at HH:MM.',
  ];
}

function timelineRow(scan: ScanRecord, { day }: Found): string {
  const time = clockText(scan.minute);
  const last = scan.stages.at(-1);
  if (last === undefined) return `${time}  ${day.universe !== null && day.universe.reasons.length > 0 ? 'outside of the universe' : '–'}`;
  const kept = scan.stages.flatMap((stage) =>
    stage.outcome === 'kept' ? [`${stageWords[stage.stage]} ${stage.rank}/${stage.keptCount}`] : [],
  );
  const end =
    last.outcome === 'dropped'
      ? [`dropped at ${stageWords[last.stage]}: ${last.reasons.map((reason) => reason.replaceAll('_', ' ')).join(', ')}`]
      : [];
  const intents = outcomesOf(day, intentsAt(day, scan.at)).map(({ entry }) => entry.event.kind);
  const verdict = intents.includes('intent_approved') ? ['approved'] : intents.includes('intent_refused') ? ['refused'] : [];
  return `${time}  ${[...kept, ...end, ...verdict].join(', ')}`;
}

/** Why the house stopped, and how far. */
const stopText = ({ reason, level }: EventOf<'halt_ordered'>): string => `${reason}, ${level}`.replaceAll('_', ' ');
