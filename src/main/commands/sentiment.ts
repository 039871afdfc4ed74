import { writeFileSync } from 'node:fs';
import { describeFinbertProblem, openFinbert } from '#adapters/finbert/finbert';
import { type FileText, readTextFile } from '#adapters/headlines/text-column';
import { type SentimentSpan, sentimentOf } from '#domain/news/sentiment/sentiment';
import { Failure } from '#main/commands/failure';
import { refuseOwnInput } from '#main/commands/own-output';
import { printable, printableJson } from '#main/commands/printable';
import { isTerminal, note, showMarked } from '#main/terminal';

type Options = { readonly in?: string; readonly out?: string; readonly json: boolean; readonly finbert?: string };

type Reading = FileText & { readonly polarity: -1 | 0 | 1; readonly score: number; readonly spans: readonly SentimentSpan[] };

const words = { '-1': 'negative', '0': 'neutral', '1': 'positive' } as const;
const wordOf = (polarity: -1 | 0 | 1) => words[`${polarity}`];

/** How good or bad texts are, and by which of their words. */
export async function sentimentCommand(given: readonly string[], options: Options): Promise<void> {
  refuseOwnInput(options.out, [options.in]);
  const texts = [...given.map((text, at) => ({ line: at + 1, text })), ...(options.in === undefined ? [] : await textsOf(options.in))];
  if (texts.length === 0) throw new Failure('usage', 'nothing to read: give texts, or a file with --in');
  const readings = options.finbert === undefined ? texts.map(read) : await readWith(options.finbert, texts);
  const underline = options.out === undefined && isTerminal('stdout');
  const lines = readings.map((reading) => (options.json ? jsonOf(reading) : options.out ? rowOf(reading) : shownOf(reading, underline)));
  if (options.out === undefined) showMarked(lines);
  else write(options.out, options.json ? lines : ['line,polarity,score,text', ...lines]);
}

async function textsOf(file: string): Promise<readonly FileText[]> {
  const found = await readTextFile(file);
  if (!found.ok) {
    throw new Failure(
      'badInput',
      found.problem.kind === 'no_text_column'
        ? `${file}: no column is called text, headline, sentence or title; the header is: ${found.problem.received}`
        : `${file} cannot be read (${found.problem.code})`,
    );
  }
  const { texts, refusedLines } = found.value;
  if (refusedLines.length > 0)
    note(`${file}: ${refusedLines.length} rows left out, the first in line ${refusedLines[0]}: no CSV, too few cells, or too long`);
  return texts;
}

function read(text: FileText): Reading {
  return { ...text, ...sentimentOf(text.text) };
}

async function readWith(directory: string, texts: readonly FileText[]): Promise<readonly Reading[]> {
  const opened = await openFinbert(directory);
  if (!opened.ok) throw new Failure('badInput', describeFinbertProblem(opened.problem));
  const scores = await opened.value.scoresOf(texts.map(({ text }) => text));
  await opened.value.close();
  if (!scores.ok) throw new Failure('badInput', describeFinbertProblem(scores.problem));
  return texts.map((text, at) => ({ ...text, polarity: scores.value[at]?.polarity ?? 0, score: scores.value[at]?.score ?? 0, spans: [] }));
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;

function jsonOf({ line, text, polarity, score, spans }: Reading): string {
  const evidence = spans.map((span) => ({ ...span, text: text.slice(span.from, span.to) }));
  return printableJson({ line, text, polarity: wordOf(polarity), score, spans: evidence });
}

const rowOf = ({ line, text, polarity, score }: Reading): string =>
  `${line},${wordOf(polarity)},${score.toFixed(4)},"${inert(printable(text)).replaceAll('"', '""')}"`;

/** A spreadsheet runs a cell that begins like a formula, quoted or not; behind an apostrophe it is a text. */
const inert = (text: string): string => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text);

/** The verdict and the text, then a line for each piece of evidence; the evidence is underlined where a terminal can. */
function shownOf({ text, polarity, score, spans }: Reading, underline: boolean): string {
  let marked = '';
  let at = 0;
  for (const { from, to } of spans) {
    const evidence = printable(text.slice(from, to));
    marked += printable(text.slice(at, from)) + (underline ? `\u001b[4m${evidence}\u001b[24m` : evidence);
    at = to;
  }
  const head = `${wordOf(polarity).padEnd(8)} ${signed(score)}  ${marked}${printable(text.slice(at))}`;
  return [
    head,
    ...spans.map((span) => `${' '.repeat(15)} ${signed(span.weight)} ${span.why.padEnd(16)} ${printable(text.slice(span.from, span.to))}`),
  ].join('\n');
}

function write(file: string, lines: readonly string[]): void {
  try {
    writeFileSync(file, `${lines.join('\n')}\n`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('badInput', `${file} cannot be written (${code})`);
  }
}
