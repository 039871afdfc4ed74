import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type FileProblem, fileProblem } from '#adapters/files/file-problem';
import { fail, ok, type Result } from '#domain/values/result';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';

/** Files that can hold bars, by name. */
const barFile = /\.(csv|csv\.gz|parquet)$/;
const sessionFile = /^(\d{4}-\d\d-\d\d)\.csv(\.gz)?$/;

export type BarFiles =
  | { readonly kind: 'file_a_session'; readonly sessions: readonly { readonly date: SessionDate; readonly path: string }[] }
  | { readonly kind: 'any_files'; readonly paths: readonly string[] };

const expected = 'a folder of .csv, .csv.gz or .parquet files of bars, or one such file';

/** Which files of bars lie at a path, sorted by name; a folder in which each is named YYYY-MM-DD holds a session in each. */
export async function findBarFiles(path: string): Promise<Result<BarFiles, FileProblem>> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      if (barFile.test(path)) return ok({ kind: 'any_files', paths: [path] });
      return fail({ kind: 'other_shape', path, expected, found: `a file named ${basename(path)}` });
    }
    const names = (await readdir(path)).filter((name) => barFile.test(name)).sort();
    if (names.length === 0) return fail({ kind: 'other_shape', path, expected, found: 'no such file in it' });
    const sessions = names.flatMap((name) => {
      const date = parseSessionDate(sessionFile.exec(name)?.[1] ?? '');
      return date === null ? [] : [{ date, path: join(path, name) }];
    });
    const distinct = new Set(sessions.map(({ date }) => date)).size;
    if (distinct === names.length) return ok({ kind: 'file_a_session', sessions });
    return ok({ kind: 'any_files', paths: names.map((name) => join(path, name)) });
  } catch (error) {
    return fail(fileProblem(error, path, expected));
  }
}
