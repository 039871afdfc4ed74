import { actionsOf, actionText } from '#domain/alerts/actions';
import { adviceOf } from '#domain/alerts/advice';
import type { Alert, Place, Severity } from '#domain/alerts/alert';
import { detailsOf } from '#domain/alerts/details';
import { headlineOf } from '#domain/alerts/headline';
import type { Message } from '#domain/alerts/message';
import { severityOf } from '#domain/alerts/severity';
import { bothTimes, spaced } from '#domain/alerts/words';
import { counted } from '#domain/values/counted';
import { firstWords } from '#domain/values/first-words';
import { formatInstant } from '#domain/values/instant';

/** A line of a mail's header has at most 78 characters. Source: RFC 5322, 2.1.1. */
export const SUBJECT_MAX = 78;
/** So many alerts are told one by one; of the rest there is a count. */
const TOLD_MAX = 20;

export type Told = {
  readonly message: Message;
  /** Those that the message tells, and those that it reminds of. */
  readonly alerts: readonly Alert[];
  readonly open: readonly Alert[];
  /** The folder of the journal, as it stands in commands. */
  readonly journal: string;
};

export type Worded = { readonly subject: string; readonly text: string; readonly html: string; readonly data: unknown };

/** The message in words. No text from outside makes a line, a header, a link or a mark-up of its own. */
export function letterOf(told: Told): Worded {
  const { message, alerts, open } = told;
  const sections = sectionsOf(told).map(({ title, lines }) => ({ title, lines: lines.map(shown) }));
  const headline = shown(`${headOf(told)}${summaryOf(told)}`);
  const text = [headline, '', ...sections.flatMap(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`), ''])]
    .join('\n')
    .trimEnd();
  return {
    subject: firstWords(headline, SUBJECT_MAX),
    text: `${text}\n`,
    html: htmlOf(headline, sections),
    data: {
      purpose: message.purpose,
      severity: message.severity,
      place: placeOf(told),
      at: formatInstant(message.at),
      escalated: message.escalated,
      count: alerts.length,
      alerts: alerts.slice(0, TOLD_MAX).map(dataOf),
      open: open.slice(0, TOLD_MAX).map(({ id }) => id),
    },
  };
}

type Section = { readonly title: string; readonly lines: readonly string[] };

const severityWords: Readonly<Record<Severity, string>> = { critical: 'CRITICAL', warning: 'WARNING', information: 'INFO' };
const placeWords: Readonly<Record<Place, string>> = { simulated: 'SIMULATED ', recorded: 'RECORDED ', paper: 'PAPER ', live: '' };

const placeOf = ({ alerts, open }: Told): Place => [...alerts, ...open][0]?.place ?? 'live';

const headOf = (told: Told): string => `${placeWords[placeOf(told)]}${severityWords[told.message.severity]}: `;

function summaryOf({ message, alerts, open }: Told): string {
  const [first] = alerts;
  switch (message.purpose) {
    case 'alert':
      return first === undefined ? 'an alert' : headlineOf(first.facts);
    case 'group':
      return `${alerts.length} × ${first === undefined ? 'alerts' : spaced(first.facts.kind)}${namesOf(alerts)}`;
    case 'reminder':
      return open.length === 1 && open[0] !== undefined
        ? `STILL OPEN: ${headlineOf(open[0].facts)}`
        : `STILL OPEN: ${open.length} critical alerts are not acknowledged`;
    case 'digest':
      return `Digest: ${counted(alerts.length, 'alert')} held back`;
  }
}

/** What the alerts of a group are about, where they have a name. */
function namesOf(alerts: readonly Alert[]): string {
  const names = [...new Set(alerts.flatMap(({ facts }) => ('ticker' in facts && facts.ticker !== null ? [facts.ticker] : [])))];
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

function sectionsOf(told: Told): readonly Section[] {
  const { message, alerts, open, journal } = told;
  const [first] = alerts;
  if (message.purpose === 'alert' && first !== undefined) return wholeOf(first, journal);
  const known = message.purpose === 'reminder' ? open : alerts;
  const shown = known.slice(0, TOLD_MAX);
  const more = known.length - shown.length;
  return [
    ...(message.purpose === 'reminder'
      ? [{ title: 'Nobody has acknowledged', lines: [...shown.map(lineOf), ...moreOf(more)] }]
      : [{ title: 'What happened', lines: [...kindsOf(alerts), ...shown.map(lineOf), ...moreOf(more)] }]),
    ...(message.purpose === 'reminder' && alerts.length > 0
      ? [
          {
            title: 'Told again since',
            lines: [`${counted(alerts.length, 'time')}, last at ${bothTimes((alerts.at(-1) ?? alerts[0])?.at ?? message.at)}`],
          },
        ]
      : []),
    ...(message.purpose === 'reminder' ? [{ title: 'Already done', lines: actionLines(shown) }] : []),
    { title: 'Look closer', lines: [command('alerts list --open', journal), command('ledger', journal)] },
    ...(message.severity === 'critical' ? [{ title: 'Acknowledge', lines: acknowledging(shown, journal) }] : []),
  ];
}

function wholeOf(alert: Alert, journal: string): readonly Section[] {
  const { facts, at, sequence, id } = alert;
  const actions = actionLines([alert]);
  const advice = adviceOf(facts).flatMap((each) => [each.says, ...(each.command === null ? [] : [`  ${command(each.command, journal)}`])]);
  return [
    { title: 'What happened', lines: detailsOf(facts) },
    ...(actions.length === 0 ? [] : [{ title: 'Already done', lines: actions }]),
    ...(advice.length === 0 ? [] : [{ title: 'What to do', lines: advice }]),
    { title: 'When', lines: [bothTimes(at)] },
    {
      title: 'Record',
      lines: [sequence === null ? `alert ${id}; it stands in no journal` : `alert ${id}, entry ${sequence} of ${journal}`],
    },
    ...(severityOf(facts) === 'critical' && facts.kind !== 'test_alert'
      ? [{ title: 'Acknowledge', lines: acknowledging([alert], journal) }]
      : []),
  ];
}

const actionLines = (alerts: readonly Alert[]): readonly string[] =>
  [...new Set(alerts.flatMap(({ facts }) => actionsOf(facts)))].map(actionText);

/** The journal stands before what a person still has to fill in. */
const command = (words: string, journal: string): string =>
  `npx catalyst ${words.replace(/(?= --by )|$/, () => ` --journal ${quoted(journal)}`)}`;

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

const acknowledging = (alerts: readonly Alert[], journal: string): readonly string[] => [
  'Reminders end when somebody says that they have seen it:',
  `  ${command(`alerts ack ${alerts.map(({ id }) => id).join(' ')} --by YOU --because 'WHAT YOU DID'`, journal)}`,
];

const lineOf = ({ id, at, facts }: Alert): string => `${id}  ${bothTimes(at)}  ${headlineOf(facts)}`;

const moreOf = (more: number): readonly string[] => (more > 0 ? [`and ${counted(more, 'more', 'more')}`] : []);

/** How many of each, when there are several kinds. */
function kindsOf(alerts: readonly Alert[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { facts } of alerts) counts.set(facts.kind, (counts.get(facts.kind) ?? 0) + 1);
  return [[...counts].map(([kind, count]) => `${count} × ${spaced(kind)}`).join(', ')];
}

const dataOf = ({ id, at, sequence, facts }: Alert): unknown => ({
  id,
  at: formatInstant(at),
  sequence,
  severity: severityOf(facts),
  headline: headlineOf(facts),
  details: detailsOf(facts),
  done: actionsOf(facts),
  facts,
});

/**
 * A line as it may be shown. It stays one line, and nothing in it steers or hides; nothing of ours holds an address, so one
 * that comes from outside is not made into a link by whoever shows it.
 */
const shown = (line: string): string =>
  line
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('://', ':[//]')
    .replace(/\bwww\./gi, 'www[.]');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** No pictures, no style sheets, nothing to load: it reads in every client. */
function htmlOf(headline: string, sections: readonly Section[]): string {
  const parts = sections.map(
    ({ title, lines }) =>
      `<h3>${escaped(title)}</h3>\n<p>${lines.map((line) => escaped(line).replace(/^ +/, '&nbsp;&nbsp;')).join('<br>\n')}</p>`,
  );
  return `<!doctype html>\n<html><body>\n<h2>${escaped(headline)}</h2>\n${parts.join('\n')}\n</body></html>\n`;
}
