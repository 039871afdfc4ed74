import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { CsvBars, type CsvBarsOptions } from '#adapters/files/csv-bars';
import { expectedHeaders, type Resolution } from '#adapters/files/csv-header';
import { type FileProblem, fileProblem } from '#adapters/files/file-problem';
import { fail, ok, type Result } from '#domain/values/result';

export type CsvFileRead = { readonly resolution: Resolution; readonly rows: number; readonly rounded: number; readonly bytes: number };

const CHUNK = 1 << 20;

/**
 * Reads one .csv or .csv.gz into the taker of `options`. When it fails in the middle, rows already taken are the
 * caller's to throw away: a file is used whole or not at all. More than `rowsMax` rows are too many.
 */
export async function readCsvFile(
  path: string,
  options: CsvBarsOptions,
  rowsMax = Number.POSITIVE_INFINITY,
): Promise<Result<CsvFileRead, FileProblem>> {
  const bars = new CsvBars(options);
  let head: Buffer | null = null;
  let bytes = 0;
  try {
    const source = createReadStream(path, { highWaterMark: CHUNK });
    const gunzip = path.endsWith('.gz') ? createGunzip({ chunkSize: CHUNK }) : null;
    if (gunzip !== null) source.on('error', (error) => gunzip.destroy(error));
    for await (const chunk of gunzip === null ? source : source.pipe(gunzip)) {
      const piece = chunk as Buffer;
      head ??= Buffer.from(piece.subarray(0, 80));
      bytes += piece.length;
      if (!bars.push(piece)) return fail(otherShape(path, head));
      if (bars.rows > rowsMax) return fail({ kind: 'too_many_rows', path, max: rowsMax });
    }
  } catch (error) {
    return fail(fileProblem(error, path, 'a file of bars'));
  }
  if (!bars.end() || bars.shape === null) return fail(otherShape(path, head));
  return ok({ resolution: bars.shape.resolution, rows: bars.rows, rounded: bars.rounded, bytes });
}

function otherShape(path: string, head: Buffer | null): FileProblem {
  return { kind: 'other_shape', path, expected: expectedHeaders, found: head === null ? 'an empty file' : printable(head) };
}

/** The first line as far as it can be shown. */
function printable(head: Buffer): string {
  const line = head.toString('latin1').split('\n', 1)[0] ?? '';
  return /^[\x20-\x7e\r\xef\xbb\xbf]*$/.test(line) ? `"${line.replace(/[\r\xef\xbb\xbf]/g, '')}"` : 'bytes that are not text';
}
