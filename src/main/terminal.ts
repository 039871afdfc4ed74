import { Failure } from '#main/commands/failure';
import { printable, printableJson } from '#main/commands/printable';

/** Whoever read what is printed has gone: nothing more has to be computed for it. */
export class ReaderGone extends Error {
  constructor() {
    super('nobody reads the output any more');
    this.name = 'ReaderGone';
  }
}

const ERASE_LINE = '\r\u001b[2K';

/**
 * The only door to the terminal. Each line is made printable as a whole, so a text from outside, wherever it stands in it,
 * neither steers the terminal nor begins a line of its own.
 */
export function show(...lines: readonly string[]): void {
  write(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** One object a line, for machines. */
export function showJson(value: unknown): void {
  write(`${printableJson(value)}\n`);
}

/** Lines whose texts were made printable one by one: those that go to a file as well, or hold marks of our own for a terminal. */
export function showMarked(lines: readonly string[]): void {
  write(`${lines.join('\n')}\n`);
}

/** A line for people beside the results. */
export function tell(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** What somebody should know of a run. */
export const note = (text: string): void => tell(`catalyst: ${text}`);

/** Rewrites the last line of a terminal; '' takes it away. Elsewhere nothing is written. */
export function rewrite(text: string, on: 'stdout' | 'stderr' = 'stderr'): void {
  if (!isTerminal(on)) return;
  const line = `${ERASE_LINE}${printable(text)}`;
  if (on === 'stdout') write(line);
  else process.stderr.write(line);
}

export const isTerminal = (on: 'stdout' | 'stderr'): boolean => process[on].isTTY === true;

/** Whether somebody can type an answer. */
export const hasKeyboard = (): boolean => process.stdin.isTTY === true;

/**
 * The stream tells of its error a second time, after the writing; without a listener that would be a bug. What nobody reads
 * of the notes is lost, and the run goes on.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function write(text: string): void {
  if (process.stdout.errored == null) process.stdout.write(text);
  const { errored } = process.stdout;
  if (errored == null) return;
  const code = 'code' in errored ? String(errored.code) : errored.message;
  throw code === 'EPIPE' ? new ReaderGone() : new Failure('badInput', `standard output could not be written (${code})`);
}
