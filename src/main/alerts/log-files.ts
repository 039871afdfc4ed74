import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '#domain/alerts/alert-record';
import { textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';

/** The folder of the alerts of a journal. */
export const alertsFolder = (journal: string): string => join(journal, 'alerts');

/** The file that is written; the earlier ones have numbers. */
export const currentFile = (folder: string): string => join(folder, 'alerts.jsonl');

/** Lies beside a log that was restored: the one that it is a copy of may have sent more under its name. */
export const restoredMark = (folder: string): string => join(folder, 'restored');

export const numberedFile = (folder: string, number: number): string => join(folder, `alerts-${String(number).padStart(8, '0')}.jsonl`);

/** Numbers of the earlier files, ascending. */
export function numbersIn(folder: string): readonly number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /^alerts-(\d{8})\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);
}

/** What a file holds. `torn` is where a line begins that has no end, null where there is none; `damaged` counts lines that are no lines. */
export type ReadLog = { readonly lines: readonly LogLine[]; readonly torn: number | null; readonly damaged: number };

/** Reads one file of the log; a last line without its end was being written when the process or the machine went. */
export function readLog(path: string): ReadLog {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes
    .toString('utf8', 0, end)
    .split('\n')
    .filter((text) => text !== '');
  const lines = texts.flatMap((text) => lineOf(text) ?? []);
  return { lines, torn: end < bytes.length ? end : null, damaged: texts.length - lines.length };
}

/** Every line that was ever written, oldest first; a file that is being written may end within a line. */
export function wholeLog(folder: string): readonly LogLine[] {
  const files = [...numbersIn(folder).map((number) => numberedFile(folder, number)), currentFile(folder)];
  return files.filter((path) => existsSync(path)).flatMap((path) => readLog(path).lines);
}

/** Cuts a torn line off, for good. */
export function cutTorn(path: string, at: number): void {
  const descriptor = openSync(path, 'r+');
  try {
    ftruncateSync(descriptor, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const kinds: ReadonlySet<string> = new Set<LogLine['kind']>([
  'begun',
  'raised',
  'read',
  'posted',
  'rerouted',
  'tried',
  'delivered',
  'failed',
  'acknowledged',
]);

/** We are the only ones who write it: its first word says whether a line is whole and ours. */
function lineOf(text: string): LogLine | null {
  const line = parsed(text);
  return kinds.has(textIn(line, 'kind') ?? '') ? (line as LogLine) : null;
}
