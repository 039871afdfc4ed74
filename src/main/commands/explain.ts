import { unreachable } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';
import { ticker } from '#domain/values/symbol';
import { Failure } from '#main/commands/failure';
import type { Moment } from '#main/commands/moment-option';
import { readingJournal } from '#main/commands/reading-journal';
import { explanationLine } from '#main/explain/explain-line';
import { scanLines, timelineLines } from '#main/explain/explain-text';
import { type Explanation, readExplanation } from '#main/explain/read-explanation';
import { show, showJson } from '#main/terminal';

export type ExplainOptions = {
  readonly journal: string;
  readonly symbol: string;
  readonly at?: Moment;
  readonly date?: SessionDate;
  readonly json: boolean;
};

/** Why a name was or was not bought at some minute, from the journal alone; without a minute, a line for each scan. */
export function explainCommand({ journal, symbol, at, date, json }: ExplainOptions): void {
  if (at?.date != null && date !== undefined && at.date !== date)
    throw new Failure('usage', `--at says ${at.date} and --date says ${date}: give one day`);
  const question = { directory: journal, name: symbol, date: at?.date ?? date ?? null, minute: at?.minute ?? null };
  const explanation = readingJournal(() => readExplanation(question));
  if (explanation.kind !== 'found') throw new Failure('badInput', problemText(symbol, date ?? at?.date ?? null, explanation));
  const name = explanation.symbols.indexOf(ticker(symbol)) === null ? symbol.toUpperCase() : symbol;
  const minute = at?.minute ?? null;
  if (json) showJson(explanationLine(name, minute, explanation));
  else show(...(minute === null ? timelineLines(name, explanation) : scanLines(name, minute, explanation)));
}

type Problem = Exclude<Explanation, { readonly kind: 'found' }>;

function problemText(symbol: string, date: SessionDate | null, problem: Problem): string {
  switch (problem.kind) {
    case 'unknown_symbol': {
      const like = problem.like.length === 0 ? '' : `; like it there are ${problem.like.join(', ')}`;
      return `${symbol} is none of the ${problem.names} names that the journal lists${like}`;
    }
    case 'not_yet_listed':
      return `${symbol} was first listed after ${problem.date}: nothing is known of it on that day`;
    case 'teaching_day':
      return `${problem.date} only taught the averages: nothing was scanned in it. Scanned were ${daysText(problem.days)}`;
    case 'unknown_day':
      return problem.days.length === 0
        ? 'the journal holds no session that was scanned'
        : `the journal holds no session ${date ?? ''}; scanned were ${daysText(problem.days)}`;
    default:
      return unreachable(problem);
  }
}

const daysText = (days: readonly SessionDate[]): string =>
  days.length <= 5 ? days.join(', ') : `${days[0]} to ${days.at(-1)}, ${days.length} sessions`;
