import { existsSync, readFileSync } from 'node:fs';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { OWNER } from '#adapters/postgres/server/making';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { fail, ok, type Result } from '#domain/values/result';

/** The address of a database of a running server of ours, with its password. */
export function ownAddress(
  folder: string,
  { socketFolder, port }: { readonly socketFolder: string; readonly port: number },
  database: string,
): Result<string, DatabaseProblem> {
  const { password: file } = databaseHome(folder);
  if (!existsSync(file)) return fail({ kind: 'password_missing', file });
  const login = `${OWNER}:${readFileSync(file, 'utf8').trim()}`;
  const name = encodeURIComponent(database);
  return ok(
    socketFolder === ''
      ? `postgresql://${login}@127.0.0.1:${port}/${name}`
      : `postgresql://${login}@/${name}?host=${encodeURIComponent(socketFolder)}&port=${port}`,
  );
}
