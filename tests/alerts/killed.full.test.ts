import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { program } from '../journeys/catalyst.js';
import { until } from '../process/until.js';
import { TestMailServer } from './mail-server.js';
import { account, bareShares, lossWarned, open, sessionOpened, started, Watched } from './watched.js';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const MINUTES = 60;
const KILLS = 12;

/** `catalyst alerts watch` in a process of its own. */
function watching(journal: string, config: string, url: string): ChildProcess {
  const args = [program, 'alerts', 'watch', '--journal', journal, '--config', config];
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, CATALYST_SMTP_URL: url } });
  children.push(child);
  return child;
}

test('M1: a watch that is killed again and again raises each alert once and delivers each at least once, copies under one name', async () => {
  const mail = await TestMailServer.start();
  const day = new Watched({ channels: {}, variables: {} });
  const config = join(day.journal, 'alerts.yaml');
  const channel = 'kind: mail\n    urlFromEnv: CATALYST_SMTP_URL\n    from: catalyst@example.org\n    to: [you@example.org]';
  writeFileSync(config, `channels:\n  mail:\n    ${channel}\nroutes:\n  critical: [mail]\npolicy: { hourlyCap: 1000, groupSeconds: 0 }\n`);
  day.write(started(), account, sessionOpened(), lossWarned(0.75));
  for (let kill = 0, written = 0; kill < KILLS; kill++) {
    const child = watching(day.journal, config, mail.url);
    // Some servers take the text and say nothing: then nobody knows, and it comes again.
    if (kill % 3 === 0) mail.doings.push('go');
    const gone = once(child, 'exit');
    // From before it has read anything to well into its deliveries; the rest is the machine's chance.
    const living = 450 + ((kill * 7) % KILLS) * 150;
    for (let waited = 0; waited < living; waited += 150) {
      if (written < MINUTES) day.write(bareShares(open + ++written));
      await sleep(150);
    }
    child.kill('SIGKILL');
    await gone;
  }
  day.now = instant(day.now + 1);
  day.write(bareShares(open + 1_000));
  watching(day.journal, config, mail.url);
  await until('the last alert has come', () => mail.taken.some(({ raw }) => raw.includes('alert ') && isTold(day, mail)));
  const raised = day.lines.flatMap((line) => (line.kind === 'raised' ? [line.alert] : []));
  const fromJournal = raised.filter(({ sequence }) => sequence !== null);
  const sequences = fromJournal.map(({ sequence }) => sequence);
  expect(new Set(sequences).size).toBe(sequences.length);
  const writtenAlerts = day.writer.sequence - 3;
  expect(sequences).toHaveLength(writtenAlerts);
  expect(new Set(raised.map(({ id }) => id)).size).toBe(raised.length);
  // Who gets the same letter twice sees that it is the same.
  const names = new Map<string, string>();
  for (const { messageId, subject } of mail.taken) {
    expect(names.get(messageId) ?? subject).toBe(subject);
    names.set(messageId, subject);
  }
  await mail.close();
  await day.close();
});

/** Whether every alert of the journal stands in a mail that came. */
function isTold(day: Watched, mail: TestMailServer): boolean {
  const came = new Set(mail.taken.map(({ messageId }) => Number(/\.(\d+)@/.exec(messageId)?.[1])));
  const told = new Set(day.lines.flatMap((line) => (line.kind === 'posted' && came.has(line.message.id) ? line.message.alerts : [])));
  const raised = day.lines.flatMap((line) => (line.kind === 'raised' && line.alert.sequence !== null ? [line.alert] : []));
  return raised.length === day.writer.sequence - 3 && raised.every(({ id }) => told.has(id));
}
