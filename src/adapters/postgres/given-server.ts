import { setTimeout as sleep } from 'node:timers/promises';
import { newClient, sqlStateOf } from '#adapters/postgres/client';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { fail, ok, type Result } from '#domain/values/result';

/** The oldest that is tested. */
const VERSION_MIN = 15;
const TRIES = 5;
const PAUSE = 500;
const CONNECT_WITHIN = 5_000;

/** Whether the server that somebody has named can be used. What may pass by itself is tried again, a few times. */
export async function openGiven(url: string, { pauseMs = PAUSE } = {}): Promise<Result<RunningDatabase, DatabaseProblem>> {
  const named = nameOf(url);
  if (named === null) return fail({ kind: 'bad_address' });
  const unread = unreadFile(url);
  if (unread !== null) return fail(unread);
  for (let tries = 1; ; tries++) {
    const asked = await askVersion(url, named);
    if (asked.ok) {
      const version = asked.value.split(' ', 1)[0] ?? '';
      if (Number.parseInt(version, 10) < VERSION_MIN) return fail({ kind: 'too_old', server: named.server, version });
      return ok({ connectionString: url, version, startedBy: 'external', place: null, close: async () => {}, stop: async () => ok(null) });
    }
    if (asked.problem.kind !== 'unreachable' || tries === TRIES) return asked;
    await sleep(pauseMs * tries);
  }
}

/** An address may name files with certificates and keys; the driver reads them before it dials. */
function unreadFile(url: string): DatabaseProblem | null {
  try {
    newClient(url);
    return null;
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : '';
    return { kind: 'address_names_no_file', path, code: systemCode(error) };
  }
}

type Named = { readonly server: string; readonly database: string };

/** A server and its database without the password, for people; null for what is no address of a PostgreSQL. */
export function nameOf(url: string): Named | null {
  // An address without a host names the folder of a socket at its end; the parser of the standard knows no such thing.
  const text = url.replace(/^(postgres(?:ql)?:\/\/[^/?#]*)@\//, '$1@socket/').replace(/^(postgres(?:ql)?:\/\/)\//, '$1socket/');
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(text)) return null;
  const { hostname, port, pathname, searchParams, username } = new URL(text);
  const user = decoded(searchParams.get('user') ?? username);
  const host = searchParams.get('host') ?? decoded(hostname);
  const database = decoded(pathname.slice(1)) || user;
  const at = host.startsWith('/') ? host : `${host}:${searchParams.get('port') ?? (port || '5432')}`;
  return { server: `${user === '' ? '' : `${user}@`}${at}/${database}`, database };
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};

async function askVersion(url: string, named: Named): Promise<Result<string, DatabaseProblem>> {
  const client = newClient(url, { name: 'catalyst asks', connectWithinMs: CONNECT_WITHIN });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version') AS version");
    return ok(String(rows[0]?.version));
  } catch (error) {
    return fail(problemOf(error, named));
  } finally {
    await client.end().catch(() => {});
  }
}

/** Starting up, shutting down, ended by somebody, too many connections: these pass (PostgreSQL, appendix A). */
const passing = ['57P01', '57P02', '57P03', '53300'];

function problemOf(error: unknown, { server, database }: Named): DatabaseProblem {
  if (!(error instanceof Error)) throw error;
  const said = error.message;
  const code = sqlStateOf(error);
  // What the driver says of a server that does not answer, or speaks another language, has no code.
  if (code === null) return { kind: 'unreachable', server, code: 'code' in error ? systemCode(error) : 'no answer', said };
  if (passing.includes(code)) return { kind: 'unreachable', server, code, said };
  if (code.startsWith('28')) return { kind: 'login_refused', server, said };
  if (code === '3D000') return { kind: 'no_such_database', server, database };
  return { kind: 'refused_by_server', server, code, said };
}
