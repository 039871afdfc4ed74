import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';

/** Lines worth showing to a person, and how many. */
const telling = /\b(?:FATAL|PANIC|ERROR|error|fatal|could not|cannot|HINT|DETAIL)\b/;
const LINES = 4;

/** How long its logs were, so that afterwards only what is new is read. */
export const logSizes = (home: DatabaseHome): ReadonlyMap<string, number> =>
  new Map(logFiles(home).map((file) => [file, file === home.startLog ? 0 : statSync(file).size]));

/** What the server has said since, as it said it: the last lines that tell what is wrong, or the last ones at all. */
export function saidSince(home: DatabaseHome, before: ReadonlyMap<string, number>): string {
  return shortly(
    logFiles(home)
      .map((file) =>
        readFileSync(file)
          .subarray(before.get(file) ?? 0)
          .toString('utf8'),
      )
      .join('\n'),
  );
}

/** The last telling lines of a long text in one. */
export function shortly(text: string): string {
  const lines = text
    .split('\n')
    // When and which process is of no use in a sentence.
    .map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] */, '').trim())
    .filter((line) => line !== '');
  const told = lines.filter((line) => telling.test(line));
  return (told.length > 0 ? told : lines).slice(-LINES).join(' / ');
}

/** Free room where a folder lies, in whole megabytes. */
export function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

function logFiles({ logs, startLog }: DatabaseHome): readonly string[] {
  const own = existsSync(logs) ? readdirSync(logs).filter((name) => /^server-.*\.log$/.test(name)) : [];
  return [...(existsSync(startLog) ? [startLog] : []), ...own.map((name) => join(logs, name))];
}
