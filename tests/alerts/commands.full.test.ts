import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { program } from '../journeys/catalyst.js';
import { TestMailServer } from './mail-server.js';
import { account, bareShares, sessionOpened, started, Watched } from './watched.js';

/** Runs the built program; the mail server of this process goes on meanwhile. */
async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn(process.execPath, [program, 'alerts', ...args], { env: { ...process.env, ...env } });
  let out = '';
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (out += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

test('a person sets alerts up, tries them, has a journal told, and acknowledges', async () => {
  const mail = await TestMailServer.start();
  const day = new Watched({ channels: {}, variables: {} });
  const file = join(mkdtempSync(join(tmpdir(), 'catalyst-alerts-')), 'alerts.yaml');
  const env = { CATALYST_SMTP_URL: mail.url };
  day.write(started(), account, sessionOpened(), bareShares());
  expect(await run(['init', '--out', file], env)).toMatchObject({ code: 0 });
  expect(await run(['init', '--out', file], env)).toMatchObject({ code: 3 });
  const bare = await run(['check', file], { CATALYST_SMTP_URL: '' });
  expect(bare).toMatchObject({ code: 1 });
  expect(bare.out).toContain('set CATALYST_SMTP_URL');
  expect(await run(['test', '--config', file], env)).toMatchObject({ code: 0 });
  expect(mail.taken).toHaveLength(3);
  expect(await run(['watch', '--journal', day.journal, '--config', file, '--once'], env)).toMatchObject({ code: 0 });
  expect(mail.taken.some(({ subject }) => subject.startsWith('PAPER CRITICAL: NO STOP for 200 of 200 NVDA'))).toBe(true);
  expect((await run(['list', '--journal', day.journal, '--open'], env)).out).toContain('OPEN');
  expect(await run(['ack', '99', '--journal', day.journal, '--by', 'ada', '--because', 'x'], env)).toMatchObject({ code: 1 });
  expect(await run(['ack', '1', '--journal', day.journal, '--because', 'x'], env)).toMatchObject({ code: 2 });
  writeFileSync(file, 'channels: 1\n');
  expect(await run(['check', file], env)).toMatchObject({ code: 3 });
  await mail.close();
  await day.close();
}, 120_000);
