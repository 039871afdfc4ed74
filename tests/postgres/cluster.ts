import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '#tests/process/until';

/** Who a server of a test runs as: PostgreSQL refuses root. Null where there is nobody to be. */
export function serverUser(): { readonly uid: number; readonly gid: number } | null {
  const own = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  if (own.uid !== 0) return own;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10));
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid: uid ?? -1, gid: gid ?? -1 };
  }
  return null;
}

/** A folder that the user of a server may reach and write in. Long names are avoided: the path of a socket ends at 107 bytes. */
export function serverFolder(name: string): string {
  const user = serverUser();
  const folder = mkdtempSync(join(process.env['CATALYST_TEST_SERVERS'] ?? tmpdir(), `${name}-`));
  if (user !== null && process.getuid?.() === 0) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** A server of a test's own, made by the `initdb` of a folder of binaries, reached by a socket, never by a port. */
export class Cluster {
  readonly folder: string;
  readonly #bin: string;
  #child: ChildProcess;

  private constructor(folder: string, bin: string, child: ChildProcess) {
    this.folder = folder;
    this.#bin = bin;
    this.#child = child;
  }

  /** It syncs nothing, and so is quick: what is tested here is not what happens when the power goes. */
  static async start(bin: string): Promise<Cluster> {
    const folder = serverFolder('pg');
    const [data, sockets] = ['data', 'socket'].map((name) => join(folder, name));
    const as = { ...serverUser(), cwd: folder };
    const locale = ['--encoding=UTF8', '--locale=C', '--auth=trust', '--username=catalyst'];
    const made = spawnSync(join(bin, 'initdb'), ['-D', `${data}`, '--no-sync', ...locale], { ...as, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? ''}${made.stderr}`);
    mkdirSync(`${sockets}`, { mode: 0o777 });
    chmodSync(`${sockets}`, 0o777);
    return new Cluster(folder, bin, await Cluster.#serve(bin, folder));
  }

  static async #serve(bin: string, folder: string): Promise<ChildProcess> {
    const [data, sockets, log] = ['data', 'socket', 'log'].map((name) => join(folder, name));
    const as = { ...serverUser(), cwd: folder };
    const loose = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
    const settings = [...loose, 'listen_addresses=', `unix_socket_directories=${sockets}`, 'max_connections=60', 'shared_buffers=64MB'];
    const output = openSync(`${log}`, 'w');
    const child = spawn(join(bin, 'postgres'), ['-D', `${data}`, ...settings.flatMap((setting) => ['-c', setting])], {
      ...as,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const pidFile = join(`${data}`, 'postmaster.pid');
    await until(`the server in ${folder} is ready`, () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${readFileSync(`${log}`, 'utf8')}`);
      return existsSync(pidFile) && isReady(readFileSync(pidFile, 'utf8'), child);
    });
    return child;
  }

  /** Gone from one moment to the next, as for want of memory. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await until('the server is gone', () => this.#child.exitCode !== null || this.#child.signalCode !== null);
  }

  /** On what it has left; its orphans may hold on to that for a moment. */
  async again(): Promise<void> {
    for (let tries = 0; ; tries++)
      try {
        this.#child = await Cluster.#serve(this.#bin, this.folder);
        return;
      } catch (error) {
        if (tries === 20) throw error;
        await sleep(200);
      }
  }

  /** The address of one of its databases. */
  url(database: string): string {
    return `postgresql://catalyst@/${database}?host=${encodeURIComponent(join(this.folder, 'socket'))}`;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      // The immediate shutdown: whatever it held is thrown away in the next line.
      this.#child.kill('SIGQUIT');
      await until('the server has ended', () => this.#child.exitCode !== null || this.#child.signalCode !== null);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A file that a killed server has left behind says so of the one before. */
const isReady = (text: string, { pid }: ChildProcess): boolean => Number.parseInt(text, 10) === pid && /^ready/m.test(text);
