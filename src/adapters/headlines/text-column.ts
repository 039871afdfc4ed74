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

/** A packed file of one endless line must not fill the memory; what is longer is no text that anybody reads. */
const LINE_MAX = 4 * 1024 * 1024;

async function readLines(pieces: AsyncIterable<string>): Promise<Result<TextFile, TextFileProblem>> {
  const texts: FileText[] = [];
  const refusedLines: number[] = [];
  let line = 1;
  let rest = '';
  let isTooLong = false;
  const end = (): void => {
    const text = rest.replace(/\r$/, '');
    if (isTooLong) refusedLines.push(line);
    else if (text.trim() !== '') texts.push({ line, text });
    line++;
    rest = '';
    isTooLong = false;
  };
  for await (const piece of pieces) {
    for (const [at, part] of piece.split('\n').entries()) {
      if (at > 0) end();
      if (!isTooLong) rest += part;
      if (rest.length <= LINE_MAX) continue;
      isTooLong = true;
      rest = '';
    }
  }
  end();
  return ok({ texts, refusedLines });
}
