import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DatabaseHome, shortHash } from '#adapters/postgres/server/database-home';

/** Where a server listens: a socket in a folder, or a port of this machine alone. */
export type Listening = { readonly socketFolder: string; readonly port: number };

const MIB = 1024 ** 2;
/** In the name of a socket; it is in nobody's way, since each server has a folder of its own. */
const SOCKET_PORT = 5432;
/** Bytes in the path of a socket, with the zero at its end (sockaddr_un: 108 on Linux, 104 on macOS). */
const socketPathMax = process.platform === 'linux' ? 107 : 103;

/** The folder of the socket: beside the data, or a short one where that path would be too long. */
export function socketFolder(home: DatabaseHome, temporary: string = tmpdir()): string {
  const folders = [join(home.folder, 'socket'), join(temporary, home.name), join('/tmp', `catalyst-${shortHash(home.folder)}`)];
  const fits = (folder: string): boolean => Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= socketPathMax;
  return folders.find(fits) ?? folders[2] ?? '';
}

/** Windows has no sockets that PostgreSQL's clients use by default: a port there, free at this moment. */
export async function listening(home: DatabaseHome, overTcp: boolean): Promise<Listening> {
  return overTcp ? { socketFolder: '', port: await freePort() } : { socketFolder: socketFolder(home), port: SOCKET_PORT };
}

export const isFree = async (port: number): Promise<boolean> => (await portOf(port)) === port;

const freePort = async (): Promise<number> => (await portOf(0)) ?? SOCKET_PORT;

const portOf = (wanted: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });

type Setting = readonly [name: string, value: string, because: string];

/** For a server of 4 processors and 8 GB that does other things as well. What ALTER SYSTEM sets goes before these. */
function settings(home: DatabaseHome, { socketFolder: folder, port }: Listening): readonly Setting[] {
  const shared = Math.max(32, Math.min(512, Math.floor(totalmem() / MIB / 8)));
  return [
    ['listen_addresses', folder === '' ? '127.0.0.1' : '', 'this machine only: through the socket, or the loopback where there are none'],
    ['port', String(port), 'in the name of the socket; a free one, another at each start, where it is a port'],
    [
      'unix_socket_directories',
      folder === '' ? '' : `"${folder.replaceAll('"', '""')}"`,
      'a folder that only the server and its owner may pass',
    ],
    ['unix_socket_permissions', '0700', 'and a socket for nobody else'],
    ['password_encryption', 'scram-sha-256', 'a password is asked for on every way; it lies beside the data'],
    ['cluster_name', home.name, 'in the titles of the processes: how we know them when the first one was killed'],
    ['max_connections', '40', 'a pool for each of a handful of processes; each connection is a process'],
    ['shared_buffers', `${shared}MB`, 'an eighth of the memory, at most 512 MB: trading needs the rest'],
    ['effective_cache_size', `${shared * 4}MB`, 'what the kernel is likely to keep of our files'],
    ['work_mem', '16MB', 'for each sort; forty of them still fit'],
    ['maintenance_work_mem', '128MB', 'for making indexes and vacuuming'],
    ['max_parallel_workers_per_gather', '1', 'reports may be slow, trading may not; and containers have 64 MB of /dev/shm'],
    ['random_page_cost', '1.1', 'a solid-state disk'],
    ['jit', 'off', 'our queries are short; compiling them takes longer'],
    ['fsync', 'on', 'what was committed is on the disk'],
    ['synchronous_commit', 'on', 'before anybody is told'],
    ...(process.platform === 'linux'
      ? [['recovery_init_sync_method', 'syncfs', 'after a crash all files are written in one call; one for each takes seconds'] as const]
      : []),
    ['full_page_writes', 'on', 'a page that was half written when the power went is made again'],
    ['wal_level', 'replica', 'a base backup can be taken while it runs'],
    ['min_wal_size', '80MB', 'the log takes little room on a quiet day'],
    ['max_wal_size', '512MB', 'and a bounded one in a rebuild; recovery after a crash reads no more than about that'],
    ['checkpoint_timeout', '5min', 'the same bound in time'],
    ['wal_compression', 'on', 'full pages cost more disk than processor'],
    ['idle_in_transaction_session_timeout', '10min', 'a transaction that was forgotten would keep every dead row'],
    ['timezone', 'UTC', 'as everything that is recorded'],
    ['datestyle', 'ISO, YMD', 'what our reader of columns expects'],
    ['lc_messages', 'C', 'messages that can be looked up'],
    ['logging_collector', 'on', 'its log lies in the home, not on a terminal'],
    ['log_directory', home.logs, ''],
    ['log_filename', 'server-%a.log', 'a file for each day of the week'],
    ['log_truncate_on_rotation', 'on', 'which is begun anew a week later'],
    ['log_rotation_age', '1d', ''],
    ['log_rotation_size', '0', 'a second file of a day would have the same name'],
    ['log_file_mode', '0600', 'statements with values may stand in it'],
    ['log_timezone', 'UTC', ''],
    ['log_line_prefix', '%m [%p] %a ', 'when, which process, which of our programs'],
    ['log_min_duration_statement', '1000', 'what took a second is worth a look'],
    ['log_checkpoints', 'off', 'one line every five minutes says nothing'],
  ];
}

/** In single quotes a backslash would begin a character of another kind: paths of Windows are full of them. */
const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** The text of postgresql.conf. It is written anew at each start, so that a new Catalyst brings its own. */
export function configuration(home: DatabaseHome, at: Listening): string {
  const lines = settings(home, at).flatMap(([name, value, because]) => [
    ...(because === '' ? [] : [`# ${because}`]),
    `${name} = ${quoted(value)}`,
  ]);
  const head = ['# Written by Catalyst at each start. Settings of your own: ALTER SYSTEM SET name = value, which goes before these.'];
  return `${[...head, ...lines].join('\n')}\n`;
}

/** The text of pg_hba.conf: who may come in by which way. */
export const admission = `# Written by Catalyst at each start.
# TYPE  DATABASE     USER  ADDRESS        METHOD
local   all          all                  scram-sha-256
local   replication  all                  scram-sha-256
host    all          all   127.0.0.1/32   scram-sha-256
host    replication  all   127.0.0.1/32   scram-sha-256
`;
