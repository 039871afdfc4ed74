import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { readCsv } from '#adapters/headlines/csv';
import { systemCode } from '#adapters/headlines/system-code';
import { type UnreadableFile, withText } from '#adapters/headlines/text-file';
import { formatInstant, type Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import type { Headline } from '#engine/ports/headline';

/** How a headline came: as it happened, or later, when its own times are all that tells when it was known. */
export type Arrival = 'live' | 'history';

const logColumns = [
  'timestamp_utc',
  'symbol',
  'headline',
  'source',
  'url',
  'vendor_id',
  'revision',
  'updated_utc',
  'received_utc',
  'arrival',
] as const;
const HEADER = logColumns.join();

export type LogProblem =
  | UnreadableFile
  | { readonly kind: 'unwritable_file'; readonly file: string; readonly code: string }
  | { readonly kind: 'another_file'; readonly file: string; readonly expected: string }
  /** It was renamed or removed while it was being written. */
  | { readonly kind: 'file_gone'; readonly file: string }
  | { readonly kind: 'packed_file'; readonly file: string };

const NEWLINE = 10;
const TAIL_BYTES = 64 * 1024;

/**
 * A CSV file of headlines that only grows. One row is one line, written and synced before anyone hears of it, so what a
 * killed process leaves is whole lines and at most one torn one, which the next start cuts off. What it holds is never
 * written again: the file itself is what says what has been seen.
 */
export class HeadlineLog {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #seen: Set<string>;
  #size: number;

  private constructor(file: string, descriptor: number, seen: Set<string>) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#seen = seen;
    this.#size = fstatSync(descriptor).size;
  }

  static async open(file: string, alsoSeen: Iterable<string>): Promise<Result<HeadlineLog, LogProblem>> {
    if (file.endsWith('.gz')) return fail({ kind: 'packed_file', file });
    const isNew = !existsSync(file);
    const opened = attempt(file, () => openSync(file, isNew ? 'wx+' : 'r+'));
    if (!opened.ok) return opened;
    const descriptor = opened.value;
    // Before anything is cut off: what is no file of ours keeps its last line, whether it has an end or not.
    const isOurs = attempt(file, () => beginsAsOurs(descriptor));
    if (!isOurs.ok || !isOurs.value) {
      closeSync(descriptor);
      return isOurs.ok ? fail({ kind: 'another_file', file, expected: HEADER }) : isOurs;
    }
    const cut = attempt(file, () => cutTornTail(descriptor));
    if (!cut.ok) return cut;
    const read = await withText(file, (pieces) => keysIn(pieces));
    if (!read.ok) return read;
    const keys = read.value;
    for (const key of alsoSeen) keys.add(key);
    const log = new HeadlineLog(file, descriptor, keys);
    const headed = log.#size === 0 ? log.#write(`${HEADER}\n`) : ok(null);
    return headed.ok ? ok(log) : headed;
  }

  /** Writes those that are not there yet, and answers with them; none of them when the disk refuses. */
  append(headlines: readonly Headline[], arrival: Arrival): Result<readonly Headline[], LogProblem> {
    const fresh = new Map<string, Headline>();
    for (const each of headlines) {
      const key = keyOf(each.id, each.revision);
      if (!this.#seen.has(key)) fresh.set(key, each);
    }
    if (fresh.size === 0) return ok([]);
    const written = this.#write([...fresh.values()].map((each) => rowOf(each, arrival)).join(''));
    if (!written.ok) return written;
    for (const key of fresh.keys()) this.#seen.add(key);
    return ok([...fresh.values()]);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** Whether the name still leads to what is written; else rows would vanish with a file that nobody can see. */
  get #isThere(): boolean {
    const named = statSync(this.#file, { throwIfNoEntry: false });
    const { ino, dev } = fstatSync(this.#descriptor);
    return named !== undefined && named.ino === ino && named.dev === dev;
  }

  /** All of the text, or none: what a full disk took of it is taken back. */
  #write(text: string): Result<null, LogProblem> {
    const there = attempt(this.#file, () => this.#isThere);
    if (!there.ok) return there;
    if (!there.value) return fail({ kind: 'file_gone', file: this.#file });
    const bytes = Buffer.from(text);
    const written = attempt(this.#file, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#size + at);
      fdatasyncSync(this.#descriptor);
    });
    if (!written.ok) {
      attempt(this.#file, () => ftruncateSync(this.#descriptor, this.#size));
      return written;
    }
    this.#size += bytes.length;
    return ok(null);
  }
}

export const keyOf = (id: string, revision: string): string => `${id}#${revision}`;

/** The system's refusal as a value. */
function attempt<Value>(file: string, act: () => Value): Result<Value, LogProblem> {
  try {
    return ok(act());
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    return fail({ kind: 'unwritable_file', file, code });
  }
}

/** Cuts off what follows the last end of a line. */
function cutTornTail(descriptor: number): void {
  const { size } = fstatSync(descriptor);
  const tail = Buffer.alloc(TAIL_BYTES);
  for (let end = size; end > 0; end -= Math.min(end, TAIL_BYTES)) {
    const from = Math.max(0, end - TAIL_BYTES);
    const count = readSync(descriptor, tail, 0, end - from, from);
    const newline = tail.subarray(0, count).lastIndexOf(NEWLINE);
    if (newline === -1) continue;
    if (from + newline + 1 < size) ftruncateSync(descriptor, from + newline + 1);
    return;
  }
  ftruncateSync(descriptor, 0);
}

/** Whether it begins with the header, or is no longer than a torn one. */
function beginsAsOurs(descriptor: number): boolean {
  const wanted = Buffer.from(`${HEADER}\n`);
  const begin = Buffer.alloc(wanted.length);
  const count = readSync(descriptor, begin, 0, wanted.length, 0);
  return begin.subarray(0, count).equals(wanted.subarray(0, count));
}

/** What the file holds already. */
async function keysIn(pieces: AsyncIterable<string>): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const record of readCsv(pieces)) {
    const cells = record.kind === 'row' ? record.cells : [];
    keys.add(keyOf(cells[logColumns.indexOf('vendor_id')] ?? '', cells[logColumns.indexOf('revision')] ?? ''));
  }
  return keys;
}

function rowOf(headline: Headline, arrival: Arrival): string {
  const cells: Readonly<Record<(typeof logColumns)[number], string>> = {
    timestamp_utc: headline.publishedAt === null ? '' : formatInstant(headline.publishedAt),
    symbol: headline.symbols.join(' '),
    headline: headline.text,
    source: headline.outlet,
    url: headline.url,
    vendor_id: headline.id,
    revision: headline.revision,
    updated_utc: formatInstant(headline.updatedAt),
    received_utc: formatInstant(headline.receivedAt),
    arrival,
  };
  return `${logColumns.map((name) => cellOf(cells[name])).join()}\n`;
}

/** A blank at either end would be lost to readers that trim. */
const cellOf = (text: string): string => (/^[\w.:/ +-]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`);

/** When the house could have read a row of such a file. */
export function knownAt(row: {
  readonly publishedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly receivedAt: Instant | null;
  readonly arrival: Arrival;
}): Instant | null {
  if (row.arrival === 'live' && row.receivedAt !== null) return row.receivedAt;
  // The text is that of the last update: before it, nobody had read this.
  const { publishedAt, updatedAt } = row;
  if (publishedAt === null || updatedAt === null) return publishedAt ?? updatedAt ?? row.receivedAt;
  return updatedAt > publishedAt ? updatedAt : publishedAt;
}
