import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { formatInstant, instant } from '#domain/values/instant';
import { program, type Ran, sessionLines } from './catalyst.js';
import { madeSessions, newFolder, writeSessions } from './made-data.js';

const HEADLINES = 1_000_000;
const PEAK_BYTES_MAX = 350 * 1024 * 1024;
/** More than the shelf holds in memory. */
const STORIES = 100_000;

const work = newFolder('many-headlines');
const data = join(work, 'bars');
const scratch = join(work, 'scratch');
const [from, to] = ['2019-06-24', '2019-06-25'];
const opening = Date.parse(`${from}T13:30:00Z`);

beforeAll(async () => {
  mkdirSync(scratch);
  writeSessions(data, await madeSessions({ seed: 5, symbols: 2, from, count: 2 }));
});

/** Writes a file of headlines piece by piece. */
function write(name: string, header: string, rows: number, line: (row: number) => string): string {
  const file = join(work, name);
  const descriptor = openSync(file, 'w');
  let piece = `${header}\n`;
  for (let row = 0; row < rows; row++) {
    piece += `${line(row)}\n`;
    if (piece.length < 1 << 20) continue;
    writeSync(descriptor, piece);
    piece = '';
  }
  writeSync(descriptor, piece);
  closeSync(descriptor);
  return file;
}

/** Runs the days in a process of their own, which says at its end how many kilobytes it held at most. */
function day(args: readonly string[], temporary = scratch): Ran & { readonly peakBytes: number } {
  const peak = join(work, 'peak');
  const tell = `import { writeFileSync } from 'node:fs';
    process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`;
  const telling = `data:text/javascript,${encodeURIComponent(tell)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', telling, program, 'day', '--data', data, '--from', from, '--to', to, '--json', ...args],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: temporary } },
  );
  return { code: status, out: stdout, err: stderr, peakBytes: Number(readFileSync(peak, 'utf8')) * 1024 };
}

const headlinesTold = ({ out }: Ran): readonly unknown[] => sessionLines(out).map(({ headlines }) => headlines);

test('of a million headlines that repeat each other each is told once a session, and memory stays flat', () => {
  const sources = ['wire', 'paper', 'radio'];
  const texts = ['beats quarterly earnings estimates as demand for its pumps grows', 'raises its forecast for the year, and says why'];
  const secondOf = (row: number): number => {
    // Half of them the same row again, half at other seconds, newest first; of every hundred one in the next session.
    const later = row % 100 === 99 ? 24 * 3600 : 0;
    return later + (row % 2 === 0 ? 60 : 4 * 3600 - Math.floor(row / 100));
  };
  const file = write('repeats.csv', 'timestamp_utc,symbol,headline,source', HEADLINES, (row) => {
    const time = formatInstant(instant(opening + 1000 * secondOf(row)));
    return `${time},,"Acme ${texts[row % 4 === 0 ? 0 : 1]}",${sources[row % 3]}`;
  });
  const began = performance.now();
  const ran = day(['--news', file]);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`a million repeats: ${seconds.toFixed(1)} s, peak of ${Math.round(ran.peakBytes / 1024 / 1024)} MiB\n`);
  // Two texts of three sources; in the second session one text.
  expect(headlinesTold(ran)).toEqual([6, 3]);
  expect(ran.err).toBe(
    'catalyst: 1,000,000 headlines read, 1,000,000 of them in the range\n' +
      'catalyst: 999,991 headlines repeat another word for word in the same session and are told once\n',
  );
  expect(ran.code).toBe(0);
  expect(ran.peakBytes).toBeLessThan(PEAK_BYTES_MAX);
});

test('a million rows that are refused take a line a fault', () => {
  const file = write('refused.csv', 'timestamp_utc,headline', HEADLINES, (row) =>
    row % 2 === 0 ? 'yesterday,Acme up' : '2019-06-24T14:00:00Z,',
  );
  const ran = day(['--news', file]);
  expect(ran.err).toBe(
    `catalyst: 500000 headlines refused: a time that is not ISO-8601 in UTC to the second or millisecond, or that does not exist, first at ${file}:2
catalyst: 500000 headlines refused: a headline of which nothing can be seen, first at ${file}:3
catalyst: 0 headlines read, 0 of them in the range; what counts as a catalyst is a surge of price and volume alone
catalyst: ${file} has no headline
`,
  );
  expect(ran.code).toBe(0);
  expect(ran.peakBytes).toBeLessThan(PEAK_BYTES_MAX);
});

test('more headlines than are held in memory are told all the same, and leave nothing in the folder for temporary files', () => {
  const told = 'Acme tells the world at some length what nobody had asked for and more or less what it told them all the last time: story';
  const file = write('stories.csv', 'timestamp_utc,headline,vendor_id', STORIES, (row) => {
    const time = formatInstant(instant(opening + 1000 * ((row * 7919) % 18_000) + (row % 2 === 0 ? 0 : 24 * 3600 * 1000)));
    return `${time},${told} ${row},wire:${row}`;
  });
  const ran = day(['--news', file]);
  expect(headlinesTold(ran)).toEqual([STORIES / 2, STORIES / 2]);
  expect(ran.err).toBe(
    `catalyst: ${STORIES.toLocaleString('en-US')} headlines read, ${STORIES.toLocaleString('en-US')} of them in the range\n`,
  );
  expect(ran.code).toBe(0);
  expect(ran.peakBytes).toBeLessThan(PEAK_BYTES_MAX);
  expect(readdirSync(scratch)).toEqual([]);

  const journal = join(work, 'journal');
  expect(day(['--journal', journal]).code).toBe(0);
  const failed = day(['--news', file, '--journal', journal]);
  expect(failed.err).toContain('use another folder');
  expect(failed.code).toBe(4);
  expect(readdirSync(scratch)).toEqual([]);

  const missing = join(work, 'missing');
  const refused = day(['--news', file], missing);
  expect(refused.code).toBe(3);
  expect(refused.err).toBe(
    `catalyst: headlines could not be put aside in ${missing} (ENOENT); TMPDIR may name another folder for temporary files\n`,
  );
});
