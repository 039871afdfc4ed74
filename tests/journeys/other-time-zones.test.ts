import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { program, type Ran, sessionLines, summaryIn } from './catalyst.js';
import { madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';

/** Where somebody may sit: at the exchange, in UTC, and in UTC+8 and UTC+11, where the clocks do not change. */
const zones = ['America/New_York', 'UTC', 'Asia/Shanghai', 'Asia/Magadan'] as const;

function inZone(zone: string, args: readonly string[]): Ran {
  const env = { ...process.env, TZ: zone };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env, maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
}

/** Five sessions teach; those of the second week are traded under the other clock. */
const changes: readonly (readonly [what: string, from: string, to: string, hours: readonly (readonly [day: string, hour: string])[]])[] = [
  [
    'forward on Sunday 2026-03-08',
    '2026-03-02',
    '2026-03-09',
    [
      ['2026-03-06', '14:30/21:00'],
      ['2026-03-09', '13:30/20:00'],
    ],
  ],
  [
    'back on Sunday 2026-11-01',
    '2026-10-26',
    '2026-11-02',
    [
      ['2026-10-30', '13:30/20:00'],
      ['2026-11-02', '14:30/21:00'],
    ],
  ],
];

test('the zones are known to this machine, so that they are really another clock', () => {
  const hours = zones.map((zone) => {
    const script = 'process.stdout.write(String(new Date(Date.UTC(2026, 2, 9, 12)).getHours()))';
    return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, TZ: zone } }).stdout;
  });
  expect(hours).toEqual(['8', '12', '20', '23']);
});

test.each(changes)(
  'E2: where the clocks go %s the sessions move in UTC, and wherever somebody sits the days are the same',
  { timeout: 120_000 },
  async (_, from, to, hours) => {
    const work = newFolder('zones');
    const made = await madeSessions({ seed: 11, symbols: 8, from, count: 6 });
    const data = writeSessions(join(work, 'bars'), made);
    const news = writeHeadlines(join(work, 'news.csv'), made);
    const journals = zones.map((zone) => join(work, zone.replace('/', '-')));
    const ran = zones.map((zone, place) => {
      const journal = journals[place] ?? '';
      const words = ['day', '--from', from, '--to', to, '--data', data, '--news', news, '--json', '--journal', journal];
      const { code, out, err } = inZone(zone, words);
      const ledger = inZone(zone, ['ledger', '--journal', journal]).out;
      return { code, err, sessions: sessionLines(out), hash: summaryIn(out)?.journalHash, ledger };
    });
    const [first] = ran;
    expect([first?.code, first?.ledger]).toEqual([0, expect.stringContaining('  fill ')]);
    for (const other of ran) expect(other).toEqual(first);
    const opened = [...decodeEntries(journals[0] ?? '', { kinds: ['session_opened'] })].map(({ event }) => event);
    const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);
    for (const [day, expected] of hours) {
      const session = opened.find(({ date }) => date === day);
      expect([day, `${clock(session?.open ?? 0)}/${clock(session?.close ?? 0)}`]).toEqual([day, expected]);
      expect(session).toMatchObject({ openMinute: 570, closeMinute: 960 });
    }
  },
);
