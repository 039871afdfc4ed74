import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { program } from '../journeys/catalyst.js';
import { serverUser } from './cluster.js';
import { ask, askOf, madeHome, newHome, opened, postmasters } from './homes.js';

const isThere = installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: the server of this platform is not installed, or nobody but root could run it)';
const rounds = Number(process.env['CATALYST_KILL_ROUNDS'] ?? 5);
const seed = Number(process.env['CATALYST_KILL_SEED'] ?? 1);

/** Numbers from 0 to 1, always the same ones for a seed (mulberry32). */
function chance(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

/** Writes row after row, each in a transaction of its own, until the server is gone; gives the last that it was told is there. */
async function writing(url: string, from: number): Promise<number> {
  const client = newClient(url);
  client.on('error', () => {});
  let told = from;
  try {
    await client.connect();
    for (;;) {
      await client.query('INSERT INTO rows (number) VALUES ($1)', [told + 1]);
      told++;
    }
  } catch {
    return told;
  } finally {
    await client.end().catch(() => {});
  }
}

test.skipIf(!isThere)(
  `a server that is killed while it writes loses nothing that it has confirmed, ${rounds} times${why}`,
  { timeout: 120_000 + rounds * 30_000 },
  async () => {
    const home = await madeHome();
    const next = chance(seed);
    let told = 0;
    for (let round = 0; round < rounds; round++) {
      const running = await opened(home);
      await askOf(running, 'CREATE TABLE IF NOT EXISTS rows (number int8 PRIMARY KEY)');
      const [all] = await askOf(running, 'SELECT count(*) AS count, coalesce(max(number), 0) AS last FROM rows');
      // One more may be there than was confirmed: it was killed between the disk and the answer.
      expect([Number(all?.['last']) - told, all?.['count']], `seed ${seed}, round ${round}`).toEqual([
        expect.toBeOneOf([0, 1]),
        all?.['last'],
      ]);
      expect(postmasters(home), `seed ${seed}, round ${round}`).toEqual([running.place?.pid]);
      const written = writing(running.connectionString, Number(all?.['last']));
      await sleep(50 + next() * 500);
      // Its first process, or one of those that serve: then the server begins anew by itself, with everything it had confirmed.
      const [served] =
        next() < 0.3 ? await ask(running.connectionString, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'") : [];
      kill(served === undefined ? running.place?.pid : Number(served['pid']));
      told = await written;
      await running.close();
    }
    expect(told).toBeGreaterThan(0);
  },
);

test.skipIf(!isThere)(
  `whoever starts it may be killed at any moment, also of the first run, ${rounds} times${why}`,
  { timeout: 120_000 + rounds * 40_000 },
  async () => {
    const next = chance(seed + 1);
    for (let round = 0; round < rounds; round++) {
      const home = round % 2 === 0 ? newHome() : await madeHome();
      const starter = spawn(process.execPath, [program, 'db', 'start', '--database', home], { stdio: 'ignore' });
      const gone = once(starter, 'exit');
      await sleep(next() * (round % 2 === 0 ? 5000 : 2000));
      const first = postmasters(home);
      starter.kill('SIGKILL');
      if (next() < 0.5) for (const pid of first) if (postmasters(home).includes(pid)) kill(pid);
      await gone;
      const running = await opened(home);
      expect(postmasters(home), `seed ${seed}, round ${round}`).toEqual([running.place?.pid]);
      await askOf(running, 'CREATE TABLE IF NOT EXISTS rows (number int8 PRIMARY KEY)');
      await running.stop();
      expect(postmasters(home)).toEqual([]);
    }
  },
);

test.skipIf(!isThere)(`processes that start it at the same instant share one server${why}`, { timeout: 120_000 }, async () => {
  const home = newHome();
  const starters = Array.from({ length: 4 }, () => spawn(process.execPath, [program, 'db', 'start', '--json', '--database', home]));
  const said = await Promise.all(
    starters.map(async (starter) => {
      let out = '';
      starter.stdout.on('data', (text) => {
        out += String(text);
      });
      await once(starter, 'close');
      return JSON.parse(out) as { readonly startedBy: string; readonly pid: number };
    }),
  );
  expect(said.map(({ startedBy }) => startedBy).sort()).toEqual(['adopted', 'adopted', 'adopted', 'us']);
  expect(new Set(said.map(({ pid }) => pid)).size).toBe(1);
  expect(postmasters(home)).toEqual([said[0]?.pid]);
});
