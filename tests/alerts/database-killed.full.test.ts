import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { verifyJournal } from '#engine/journal/reader';
import { readFollower } from '#main/record/lag';
import { program } from '../journeys/catalyst.js';
import { adopt, endChildren } from '../journeys/running-day.js';
import { Cluster, serverUser } from '../postgres/cluster.js';
import { embeddedBin } from '../postgres/servers.js';
import { bought, trading } from '../process/trading.js';
import { until } from '../process/until.js';
import { asked, hashes, project, withSchema } from '../record/projected.js';
import { HookServer } from './hook-server.js';
import { TestMailServer } from './mail-server.js';

afterEach(endChildren);

const bin = embeddedBin();
const isThere = bin !== null && serverUser() !== null;

const config = `channels:
  mail:
    kind: mail
    urlFromEnv: CATALYST_SMTP_URL
    from: catalyst@example.org
    to: [you@example.org]
  chat: { kind: webhook, urlFromEnv: CATALYST_CHAT_URL }
routes:
  critical: [mail, chat]
policy: { hourlyCap: 100, groupSeconds: 0 }
watch: { databaseAwaySeconds: 2, projectorSilentSeconds: 5 }
`;

function start(words: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return adopt(spawn(process.execPath, [program, ...words], { stdio: 'ignore', env: { ...process.env, ...env } }));
}

async function database(cluster: Cluster, name: string): Promise<string> {
  const client = newClient(cluster.url('postgres'));
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  return withSchema(cluster.url(name));
}

test.skipIf(!isThere)(
  `H1: the database is killed while shares are bought: trading goes on, people are told by mail and webhook, and again when it is back${isThere ? '' : ' (skipped: there is no embedded PostgreSQL or no user for it)'}`,
  async () => {
    const cluster = await Cluster.start(bin ?? '');
    const [mail, hooks] = [await TestMailServer.start(), await HookServer.start()];
    const isTold = (text: string): boolean =>
      mail.taken.some(({ subject }) => subject.includes(text)) && hooks.taken.some(({ body }) => body.includes(text));
    try {
      const url = await database(cluster, 'killed');
      const made = await trading();
      const { journal, sim, paper } = made;
      const file = join(mkdtempSync(join(tmpdir(), 'catalyst-alerts-')), 'alerts.yaml');
      writeFileSync(file, config);
      const follow = ['db', 'follow', '--journal', journal, '--as', 'journal'];
      let follower = start(follow, { DATABASE_URL: url });
      start(['alerts', 'watch', '--journal', journal, '--config', file, '--since', 'now'], {
        CATALYST_SMTP_URL: mail.url,
        CATALYST_CHAT_URL: hooks.url,
      });
      const isWritten = (): boolean => {
        const state = readFollower(journal);
        return state !== null && state.lags.length === 3 && state.lags.every(({ sequence }) => sequence === state.newest?.sequence);
      };
      await until('the database has everything', isWritten);
      await cluster.kill();
      const before = entriesIn(journal);
      await bought(made);
      await until('it is told', () => isTold('Database lost'));
      expect(entriesIn(journal)).toBeGreaterThan(before);
      expect(paper.hasEnded).toBe(false);
      await cluster.again();
      await until('its end is told', () => isTold('Database is back'));
      await until('the database has everything', isWritten);
      expect(await asked(url, 'select * from catalyst.fills')).not.toEqual([]);
      // The one who writes it is killed as well.
      follower.kill('SIGKILL');
      await until('that is told', () => isTold('Nobody writes the database'));
      follower = start(follow, { DATABASE_URL: url });
      await until('so is its end', () => isTold('The database is written again'));
      await paper.end();
      await sim.end();
      await until('the database has everything', isWritten);
      follower.kill('SIGTERM');
      await until('it has ended', () => readFollower(journal)?.hasEnded === true);
      const clean = await database(cluster, 'clean');
      await project(clean, journal);
      expect(await hashes(url)).toEqual(await hashes(clean));
    } finally {
      endChildren();
      await mail.close();
      await hooks.close();
      await cluster.stop();
    }
  },
  300_000,
);

function entriesIn(journal: string): number {
  const verified = verifyJournal(journal);
  return verified.ok ? verified.value.entries : 0;
}
