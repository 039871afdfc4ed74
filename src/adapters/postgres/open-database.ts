import { openGiven } from '#adapters/postgres/given-server';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import { type OwnServer, openOwn } from '#adapters/postgres/server/own-server';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import type { Result } from '#domain/values/result';

/** The server whose address is given; without one a PostgreSQL of our own, whose files lie in `home`. */
export function openDatabase({
  url,
  ...own
}: OwnServer & { readonly url?: string | undefined }): Promise<Result<RunningDatabase, DatabaseProblem>> {
  return url === undefined || url === '' ? openOwn(own) : openGiven(url);
}
