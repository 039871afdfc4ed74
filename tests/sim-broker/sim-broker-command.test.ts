import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textIn } from '#domain/values/json-field';
import { catalyst, started } from '../journeys/catalyst.js';
import { until } from './running-broker.js';

type Began = {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
};

async function began(args: readonly string[], holds: (out: string) => boolean): Promise<Began> {
  const child = started(['sim-broker', '--symbols', '3', ...args]);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (bytes) => {
    out += String(bytes);
  });
  child.stderr?.on('data', (bytes) => {
    err += String(bytes);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => holds(out), 20_000);
  return { child, out: () => out, err: () => err, ended };
}

test('a program reads the addresses from one line, trades there, and ends it by the admin port', async () => {
  const run = await began(['--json'], (out) => out.includes('\n'));
  const said: unknown = JSON.parse(run.out());
  const [trading, admin] = [textIn(said, 'trading'), textIn(said, 'admin')];
  const headers = { 'APCA-API-KEY-ID': textIn(said, 'keyId') ?? '', 'APCA-API-SECRET-KEY': textIn(said, 'secret') ?? '' };
  expect(await (await fetch(`${trading}/v2/account`, { headers })).json()).toMatchObject({ status: 'ACTIVE', cash: '100000' });
  expect((await fetch(`${trading}/v2/account`)).status).toBeGreaterThanOrEqual(401);
  await fetch(`${admin}/shutdown`, { method: 'POST' });
  expect([await run.ended, run.out().split('\n').length, run.err()]).toEqual([0, 2, '']);
});

test('a person reads that it is simulated, first of all, and Ctrl-C ends it cleanly', async () => {
  const run = await began([], (out) => out.includes('Ctrl-C'));
  expect(run.out().startsWith('SIMULATED: ')).toBe(true);
  expect(run.out()).toMatch(/export APCA_API_KEY_ID=SIMULATED[A-Z0-9]+\n/);
  expect(run.out()).toMatch(/export APCA_API_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n/);
  run.child.kill('SIGINT');
  expect([await run.ended, run.err()]).toEqual([0, 'catalyst: the simulated broker has ended; its account is gone with it\n']);
});

test('K5: the keys are written for their owner alone, and never over a file that is there', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sim-broker-')), 'keys');
  const run = await began(['--json', '--key-file', file], (out) => out.includes('\n'));
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/^APCA_API_KEY_ID=SIMULATED\w+\nAPCA_API_SECRET_KEY=SIMULATED-NOT-A-SECRET-\w+\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(catalyst(['sim-broker', '--key-file', file])).toMatchObject({ code: 3, out: '' });
});

test('recorded bars are a market too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sim-broker-'));
  const rows = ['13:30', '13:31', '13:32'].map((minute, place) => `ACME,2026-03-16T${minute}:00Z,50,50.${place}5,49.9,50.01,10000`);
  writeFileSync(join(folder, 'bars.csv'), ['symbol,timestamp_utc,open,high,low,close,volume', ...rows, ''].join('\n'));
  writeFileSync(join(folder, 'news.csv'), 'headline,timestamp_utc,symbol\nAcme to be acquired,2026-03-16T13:00:00Z,ACME\n');
  const recorded = ['--data', join(folder, 'bars.csv'), '--news', join(folder, 'news.csv'), '--from', '2026-03-16'];
  const run = await began([...recorded, '--at', '09:32', '--speed', '0', '--json'], (out) => out.includes('\n'));
  const said: unknown = JSON.parse(run.out());
  const headers = { 'APCA-API-KEY-ID': textIn(said, 'keyId') ?? '', 'APCA-API-SECRET-KEY': textIn(said, 'secret') ?? '' };
  const ask = async (path: string): Promise<unknown> => (await fetch(`${textIn(said, 'data')}${path}`, { headers })).json();
  expect(await ask('/v2/stocks/ACME/bars?timeframe=1Min&start=2026-03-16')).toMatchObject({
    bars: [
      { t: '2026-03-16T13:30:00Z', h: 50.05 },
      { t: '2026-03-16T13:31:00Z', h: 50.15, v: 10_000 },
    ],
  });
  expect(await ask('/v1beta1/news?symbols=ACME')).toMatchObject({ news: [{ headline: 'Acme to be acquired', symbols: ['ACME'] }] });
  expect(await ask('/v2/assets/ACME')).toMatchObject({ symbol: 'ACME', tradable: true });
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
});

const noFaults = join(mkdtempSync(join(tmpdir(), 'sim-broker-')), 'faults.json');
writeFileSync(noFaults, '[{"name":"x","on":"moon"}]');

const wrongs: readonly [args: readonly string[], code: number, says: string][] = [
  [['--from', '2026-03-15'], 2, 'the market is closed (weekend)'],
  [['--at', '25:00'], 2, 'Expected a minute of the day'],
  [['--speed', '-1'], 2, 'Expected how many seconds'],
  [['--port', '70000'], 2, 'Expected a port'],
  [['--symbols', '0'], 2, '--symbols must be at least 1'],
  [['--data', 'nowhere'], 2, '--data needs --from'],
  [['--news', 'nowhere'], 2, '--news goes with --data'],
  [['--data', 'nowhere', '--from', '2026-03-16'], 3, 'nowhere'],
  [['--faults', 'nowhere'], 3, 'nowhere could not be read (ENOENT)'],
  [['--faults', noFaults], 3, 'rule 1: expected "on" to be one of'],
];
for (const [args, code, says] of wrongs) {
  test(`catalyst sim-broker ${args.join(' ').replace(noFaults, 'faults.json')} ends with code ${code} and a sentence`, () => {
    expect(catalyst(['sim-broker', ...args])).toMatchObject({ code, err: expect.stringContaining(says) });
  });
}
