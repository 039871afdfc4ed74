import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type FileProblem, fileProblem } from '#adapters/files/file-problem';
import { fail, ok, type Result } from '#domain/values/result';

/** A line that cannot be used, and why in words. */
export type BadLine = { readonly kind: 'bad_line'; readonly path: string; readonly line: number; readonly found: string };
export type LineProblem = FileProblem | BadLine;

const CHUNK = 1 << 18;
const LINE_MAX = 65_536;
const LF = 10;

/**
 * Hands over the lines of a .csv or .csv.gz one after another, without their line feed, as text of one character a byte, so
 * that whatever they hold can be written again as it was. `take` gives a problem to stop with, or `null` to go on.
 */
export async function readLines<Problem extends { readonly kind: string }>(
  path: string,
  take: (line: string, number: number) => Problem | null,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<Result<number, LineProblem | Problem>> {
  let rest: Buffer = Buffer.alloc(0);
  let lines = 0;
  const tooLong = (): Result<never, BadLine> =>
    fail({ kind: 'bad_line', path, line: lines + 1, found: `more than ${LINE_MAX} bytes in one line` });
  try {
    const source = createReadStream(path, { highWaterMark: CHUNK });
    const gunzip = path.endsWith('.gz') ? createGunzip({ chunkSize: CHUNK }) : null;
    if (gunzip !== null) source.on('error', (error) => gunzip.destroy(error));
    for await (const chunk of gunzip === null ? source : source.pipe(gunzip)) {
      const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      let from = 0;
      for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
        if (end - from > LINE_MAX) return tooLong();
        lines++;
        const problem = take(bytes.toString('latin1', from, end), lines);
        if (problem !== null) return fail(problem);
        from = end + 1;
      }
      rest = Buffer.from(bytes.subarray(from));
      if (rest.length > LINE_MAX) return tooLong();
      await breathe();
    }
  } catch (error) {
    return fail(fileProblem(error, path, 'a file of bars'));
  }
  if (rest.length > 0) {
    lines++;
    const problem = take(rest.toString('latin1'), lines);
    if (problem !== null) return fail(problem);
  }
  return ok(lines);
}

/** The cells of a line; quoted ones may hold commas and doubled quotes. `null` when a quote is not closed on the line. */
export function cellsOf(line: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quote = /[^ ]/g;
    quote.lastIndex = at;
    const begins = quote.exec(line);
    if (begins?.[0] === '"') {
      at = begins.index;
      let cell = '';
      let end = line.indexOf('"', at + 1);
      while (end >= 0 && line[end + 1] === '"') {
        cell += line.slice(at + 1, end + 1);
        at = end + 1;
        end = line.indexOf('"', at + 1);
      }
      if (end < 0) return null;
      cells.push(cell + line.slice(at + 1, end));
      at = end + 1;
      while (line[at] === ' ') at++;
      if (at < line.length && line[at] !== ',') return null;
    } else {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return cells;
    at++;
    if (at === line.length) return [...cells, ''];
  }
}
