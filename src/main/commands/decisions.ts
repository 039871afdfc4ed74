import type { DecisionKind, DecisionRecord } from '#domain/decisions/decision-record';
import { emptyTally, type Tally, tallied } from '#domain/decisions/tally';
import type { SessionDate } from '#domain/values/session-date';
import { Failure } from '#main/commands/failure';
import { printable, printableJson } from '#main/commands/printable';
import { readingJournal } from '#main/commands/reading-journal';
import type { SymbolTable } from '#main/day/symbol-table';
import { documentOf } from '#main/decisions/decision-document';
import { tableHead, tableLine, totalLines, wholeText } from '#main/decisions/decision-text';
import { readDecisions } from '#main/decisions/read-decisions';
import { fileOutput, WriteFailed } from '#main/indicators/output-file';
import { note, show, showJson } from '#main/terminal';

export type DecisionsOptions = {
  readonly journal: string;
  readonly kind?: DecisionKind;
  readonly symbol?: string;
  readonly date?: SessionDate;
  readonly overrides: boolean;
  readonly id?: string;
  readonly json: boolean;
  readonly out?: string;
};

/** Where the lines go: to the terminal, or aside until all of them are written. */
type Sink = { line(text: string): void; json(value: unknown): void; done(): Promise<void>; drop(): Promise<void> };

/** Every decision of a journal with what became of the road taken and of the others, from the journal alone. */
export async function decisionsCommand(options: DecisionsOptions): Promise<void> {
  const sink = options.out === undefined ? terminal : await fileSink(options.out);
  try {
    readingJournal(() => tell(options, sink));
    await sink.done();
  } catch (error) {
    await sink.drop();
    if (error instanceof WriteFailed)
      throw new Failure('badInput', `${options.out ?? 'standard output'} could not be written (${error.reason})`);
    throw error;
  }
}

function tell(options: DecisionsOptions, sink: Sink): void {
  const tallies = new Map<DecisionKind, Tally>();
  const table = !options.json && options.id === undefined;
  if (table) sink.line(tableHead);
  let told = 0;
  const decisions = readDecisions(options.journal);
  let step = decisions.next();
  for (; !step.done; step = decisions.next()) {
    const { record, symbols, settings } = step.value;
    if (!isWanted(record, symbols, options)) continue;
    told++;
    tallies.set(record.kind, tallied(tallies.get(record.kind) ?? emptyTally, record));
    if (options.json) sink.json(documentOf(record, symbols));
    else if (options.id !== undefined) for (const line of wholeText(record, symbols, settings)) sink.line(line);
    else sink.line(tableLine(record, symbols));
  }
  if (options.id !== undefined && told === 0) throw new Failure('badInput', `the journal holds no decision ${options.id} like that`);
  if (table) for (const line of ['', ...totalLines(tallies)]) sink.line(line);
  if (step.value !== null) note(`the tail of the journal is torn after entry ${step.value.afterSequence}`);
}

function isWanted(record: DecisionRecord, symbols: SymbolTable, { kind, symbol, date, overrides, id }: DecisionsOptions): boolean {
  const name = record.symbol === null ? null : symbols.nameOf(record.symbol);
  return (
    (kind === undefined || record.kind === kind) &&
    (symbol === undefined || name === symbol || name === symbol.toUpperCase()) &&
    (date === undefined || record.session === date) &&
    (!overrides || record.override) &&
    (id === undefined || record.id === id || (name !== null && record.id === `${id}-${name}` && symbol !== undefined))
  );
}

const nothing = (): Promise<void> => Promise.resolve();
const terminal: Sink = { line: (text) => show(text), json: (value) => showJson(value), done: nothing, drop: nothing };

async function fileSink(path: string): Promise<Sink> {
  const output = await fileOutput(path);
  const write = (text: string): void => output.write(Buffer.from(`${text}\n`, 'utf8').toString('latin1'));
  return {
    line: (text) => write(printable(text)),
    json: (value) => write(printableJson(value)),
    done: () => output.finish(),
    drop: () => output.abandon(),
  };
}
