import { openGiven } from '#adapters/postgres/given-server';
import { openDatabase } from '#adapters/postgres/open-database';
import { ownAddress } from '#adapters/postgres/server/own-address';
import { stopOwn } from '#adapters/postgres/server/own-server';
import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { ownStatus } from '#adapters/postgres/server/server-status';
import type { Result } from '#domain/values/result';
import { Failure } from '#main/commands/failure';
import { chosenDatabase, type DatabaseOptions } from '#main/database/chosen-database';
import { databaseText } from '#main/database/problem-text';
import { show, showJson } from '#main/terminal';

type Json = { readonly json?: boolean };

/** Starts our own server and leaves it running; one of somebody else's is only asked whether it is there. */
export async function startCommand({ json = false, ...options }: DatabaseOptions & Json): Promise<void> {
  const chosen = chosenDatabase(options, process.env);
  const running = orFail(await openDatabase({ ...chosen, keep: true }));
  const { version, startedBy, place } = running;
  await running.close();
  if (json) return showJson({ startedBy, version, ...place });
  if (place === null) return show(`DATABASE_URL names a PostgreSQL ${version} that answers; there is nothing to start`);
  const what = startedBy === 'us' ? 'started' : 'runs already';
  show(`${what}: PostgreSQL ${version}, process ${place.pid}, ${whereOf(place)}`, 'it stays until catalyst db stop');
}

export async function stopCommand(options: DatabaseOptions): Promise<void> {
  const { url, home } = chosenDatabase(options, process.env);
  if (url !== '') throw new Failure('failedCheck', 'DATABASE_URL names a server that is not ours: it is stopped where it was started');
  const stopped = orFail(await stopOwn(home));
  show(stopped === null ? `no server runs in ${home}` : `stopped: process ${stopped.pid}`);
}

/** Only looks: code 1 when nothing runs, so that a script can ask. */
export async function statusCommand({ json = false, ...options }: DatabaseOptions & Json): Promise<void> {
  const { url, home, database } = chosenDatabase(options, process.env);
  if (url !== '') {
    const { version } = orFail(await openGiven(url));
    return json ? showJson({ state: 'external', version }) : show(`PostgreSQL ${version} answers at the address in DATABASE_URL`);
  }
  const status = orFail(ownStatus(home));
  const { state } = status;
  const isReady = state.kind === 'ready';
  const version = isReady ? orFail(await openGiven(orFail(ownAddress(status.home, state, database)))).version : null;
  const found = {
    state: state.kind,
    home: status.home,
    bytes: status.bytes,
    installed: status.installed,
    kept: status.isKept,
    ...(isReady && {
      pid: state.pid,
      port: state.port,
      socketFolder: state.socketFolder,
      startedAt: new Date(state.startedAt).toISOString(),
    }),
    ...(version !== null && { version }),
  };
  if (json) showJson(found);
  else
    show(
      `state    ${wordsOf[state.kind]}${status.isKept ? ', kept until catalyst db stop' : ''}`,
      `home     ${status.home}`,
      `size     ${(status.bytes / 1024 ** 2).toFixed(1)} MB on disk`,
      `version  ${version ?? `${status.installed} is installed`}`,
      ...(isReady ? [`process  ${state.pid}, since ${new Date(state.startedAt).toISOString()}`, `address  ${whereOf(state)}`] : []),
    );
  if (!isReady) throw new Failure('failedCheck', `the database ${wordsOf[state.kind]}; catalyst db start starts it`);
}

export async function urlCommand(options: DatabaseOptions): Promise<void> {
  const { url, home, database } = chosenDatabase(options, process.env);
  if (url !== '') return show(url);
  const status = orFail(ownStatus(home));
  if (status.state.kind !== 'ready')
    throw new Failure('failedCheck', 'the database does not run, and an address would lead nowhere: catalyst db start');
  show(orFail(ownAddress(status.home, status.state, database)));
}

const wordsOf = {
  absent: 'has not been made yet',
  stopped: 'is stopped',
  changing: 'is starting or stopping',
  orphaned: 'was killed, and what is left of it is ending',
  ready: 'runs',
} as const;

const whereOf = ({ socketFolder, port }: { readonly socketFolder: string; readonly port: number }): string =>
  socketFolder === '' ? `port ${port} of this machine` : `socket in ${socketFolder}`;

function orFail<Value>(result: Result<Value, DatabaseProblem>): Value {
  if (!result.ok) throw new Failure('failedCheck', databaseText(result.problem));
  return result.value;
}
