import { readCsv } from '#adapters/headlines/csv';
import { type UnreadableFile, withText } from '#adapters/headlines/text-file';
import { fail, ok, type Result } from '#domain/values/result';

/** A text of a file, with the line that it begins on. */
export type FileText = { readonly line: number; readonly text: string };

export type TextFile = { readonly texts: readonly FileText[]; readonly refusedLines: readonly number[] };

export type TextFileProblem = UnreadableFile | { readonly kind: 'no_text_column'; readonly file: string; readonly received: string };

const columns = ['text', 'headline', 'sentence', 'title'];
const RECEIVED_MAX = 80;

/** Texts of a CSV file with a column of that name, or of any other file, one a line; either may be packed (.gz). */
export async function readTextFile(file: string): Promise<Result<TextFile, TextFileProblem>> {
  const isTable = /\.csv(\.gz)?$/i.test(file);
  const read = await withText(file, (pieces) => (isTable ? readTable(file, pieces) : readLines(pieces)));
  return read.ok ? read.value : read;
}

async function readTable(file: string, pieces: AsyncIterable<string>): Promise<Result<TextFile, TextFileProblem>> {
  let column = -1;
  let header: string | null = null;
  const texts: FileText[] = [];
  const refusedLines: number[] = [];
  for await (const record of readCsv(pieces)) {
    if (header === null) {
      const names =
        record.kind === 'row'
          ? record.cells.map((name) =>
              name
                .replace(/^\ufeff/, '')
                .trim()
                .toLowerCase(),
            )
          : [];
      header = names.join(',');
      column = names.findIndex((name) => columns.includes(name));
      if (column === -1) break;
      continue;
    }
    const text = record.kind === 'row' ? record.cells[column] : undefined;
    if (text === undefined) refusedLines.push(record.line);
    else texts.push({ line: record.line, text });
  }
  if (column === -1) return fail({ kind: 'no_text_column', file, received: (header ?? '').slice(0, RECEIVED_MAX) });
  return ok({ texts, refusedLines });
}

async function readLines(pieces: AsyncIterable<string>): Promise<Result<TextFile, TextFileProblem>> {
  let all = '';
  for await (const piece of pieces) all += piece;
  const texts = all.split(/\r?\n/).map((text, at) => ({ line: at + 1, text }));
  return ok({ texts: texts.filter(({ text }) => text.trim() !== ''), refusedLines: [] });
}
