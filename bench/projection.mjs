// How fast a journal gets into the database, and whether memory stays flat meanwhile.
//
//     node bench/projection.mjs <folder of a journal> [ledger,market,decisions] [--database <url>]
//
// Into a fresh database of our own server with its usual, durable settings, or into the one that is given. Prints what was written a
// second, and the memory of the process in tenths of the way. bench/year-journal.mjs makes a journal of a million entries.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrateUp } from '../dist/adapters/postgres/migrations.js';
import { openDatabase } from '../dist/adapters/postgres/open-database.js';
import { NewestEntry } from '../dist/engine/journal/newest.js';
import { systemClock } from '../dist/main/news/system-clock.js';
import { projecting } from '../dist/main/record/projecting.js';
import { machine } from './machine.mjs';

const words = process.argv.slice(2);
const given = words.indexOf('--database');
const url = given < 0 ? '' : words.splice(given, 2)[1];
const [directory, list = 'ledger,market,decisions'] = words;
if (directory === undefined) {
  console.error('which journal? node bench/projection.mjs <folder> [ledger,market,decisions] [--database <url>]');
  process.exit(2);
}

const home = mkdtempSync(join(tmpdir(), 'bench-database-'));
// The server may run as another user.
chmodSync(home, 0o755);
const opened = await openDatabase({ url, home: join(home, 'database'), database: 'bench_projection' });
if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
const running = opened.value;
const migrated = await migrateUp(running.connectionString);
if (!migrated.ok) throw new Error(JSON.stringify(migrated.problem));

const entries = new NewestEntry(resolve(directory)).look()?.sequence ?? 0;
const memory = new Map();
const began = performance.now();
const ends = new Map();
const done = await projecting({
  address: async () => running.connectionString,
  directory: resolve(directory),
  name: `bench ${Date.now()}`,
  projections: list.split(','),
  isFollowing: false,
  isLocked: false,
  signal: new AbortController().signal,
  clock: systemClock,
  patienceMs: 10_000,
  told: ({ projection, written }) => {
    const tenth = Math.floor((10 * (written?.sequence ?? 0)) / entries);
    if (projection === 'ledger' || list === projection) memory.set(tenth, Math.round(process.memoryUsage.rss() / 1e6));
    ends.set(projection, (performance.now() - began) / 1000);
  },
});
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.resourceUsage ? process.cpuUsage() : {};
console.log(machine());
for (const { projection, rows } of done) {
  const took = ends.get(projection);
  console.log(
    `${projection}: ${rows} rows in ${took.toFixed(1)} s, ${Math.round(entries / took)} entries/s, ${Math.round(rows / took)} rows/s`,
  );
}
console.log(
  `all: ${entries} entries in ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)} entries/s; processor ${((user + system) / 1e6).toFixed(1)} s here`,
);
console.log(`memory by tenths of the way (MB): ${[...memory.values()].join(' ')}`);
await running.stop();
rmSync(home, { recursive: true, force: true });
