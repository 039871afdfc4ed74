import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Arrival, HeadlineLog, keyOf, knownAt } from '#adapters/headlines/headline-log';
import { instant } from '#domain/values/instant';
import { type Headline, headline } from '#engine/ports/headline';
import { headlinesIn } from '#tests/headlines-in';

const folder = mkdtempSync(join(tmpdir(), 'headline-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let file = '';
let number = 0;
beforeEach(() => {
  file = join(folder, `${number++}.csv`);
});

const at = (text: string) => instant(Date.parse(text));
const story = (id: number, text = `Story ${id}`): Headline =>
  headline({
    vendor: 'alpaca',
    vendorId: String(id),
    publishedAt: at('2026-11-24T14:00:00Z'),
    updatedAt: at('2026-11-24T14:00:05Z'),
    receivedAt: at('2026-11-24T14:00:06.250Z'),
    outlet: 'Wire, "the"',
    text,
    url: 'https://news.example/1,2',
    symbols: ['EXMP', 'BRK.B'],
  });

async function opened(seen: readonly string[] = []): Promise<HeadlineLog> {
  const log = await HeadlineLog.open(file, seen);
  if (!log.ok) throw new Error(JSON.stringify(log.problem));
  return log.value;
}

async function written(headlines: readonly Headline[], arrival: Arrival = 'live'): Promise<number> {
  const log = await opened();
  const result = log.append(headlines, arrival);
  log.close();
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value.length;
}

async function read() {
  const result = await headlinesIn(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

test('what is written is read back by the reader of headlines, with both times, the id, the outlet and the tickers', async () => {
  await written([story(1, 'Says "yes", then\nno 😀')]);
  const { headlines, refused } = await read();
  expect(refused).toEqual([]);
  expect(headlines).toEqual([
    {
      line: 2,
      publishedAt: at('2026-11-24T14:00:00Z'),
      date: null,
      text: 'Says "yes", then no 😀',
      source: 'Wire, "the"',
      tickers: ['EXMP', 'BRK.B'],
      vendorId: 'alpaca:1',
      receivedAt: at('2026-11-24T14:00:06.250Z'),
      knownAt: at('2026-11-24T14:00:06.250Z'),
    },
  ]);
});

test('what came later as history was known by its last update, not by its arrival', async () => {
  await written([story(1)], 'history');
  expect((await read()).headlines[0]?.knownAt).toBe(at('2026-11-24T14:00:05Z'));
});

test('a row without a publication counts by when it became known, and claims no publication', async () => {
  await written([{ ...story(1), publishedAt: null }]);
  expect((await read()).headlines[0]).toMatchObject({ publishedAt: null, date: null, knownAt: at('2026-11-24T14:00:06.250Z') });
});

test('nothing is written twice, in one call, in two, or after a restart; a revision is', async () => {
  expect(await written([story(1), story(1), story(2)])).toBe(2);
  expect(await written([story(2), story(3)])).toBe(1);
  expect(await written([story(3, 'Story 3, corrected')])).toBe(1);
  expect((await read()).headlines.map(({ text }) => text)).toEqual(['Story 1', 'Story 2', 'Story 3', 'Story 3, corrected']);
});

test('what another file has seen is not written into this one', async () => {
  const log = await opened([keyOf(story(1).id, story(1).revision)]);
  expect(log.append([story(1), story(2)], 'live')).toMatchObject({ ok: true, value: [{ id: 'alpaca:2' }] });
  log.close();
});

test('a torn line is cut off, wherever it was torn, and its story is written again', async () => {
  await written([story(1), story(2)]);
  const whole = readFileSync(file);
  const first = whole.indexOf(10, whole.indexOf(10) + 1) + 1;
  for (let size = 0; size <= whole.length; size += 7) {
    writeFileSync(file, whole.subarray(0, size));
    expect(await written([story(1), story(2)])).toBe(size < first ? 2 : size < whole.length ? 1 : 0);
    expect(readFileSync(file).equals(whole)).toBe(true);
  }
});

test('a long torn tail is cut off too', async () => {
  await written([story(1)]);
  const whole = readFileSync(file);
  appendFileSync(file, 'x'.repeat(200_000));
  await written([]);
  expect(readFileSync(file).equals(whole)).toBe(true);
});

for (const mine of ['date,headline\n2018-01-02,Mine\n', 'date,headline\n2018-01-02,The last line has no end', 'no line at all', '\n'])
  test(`a file of another kind is left as it is: ${JSON.stringify(mine)}`, async () => {
    writeFileSync(file, mine);
    expect(await HeadlineLog.open(file, [])).toMatchObject({ ok: false, problem: { kind: 'another_file' } });
    expect(readFileSync(file, 'utf8')).toBe(mine);
  });

test('a folder that is not there, and a name that asks for packing, are refused', async () => {
  expect(await HeadlineLog.open(join(folder, 'none', 'x.csv'), [])).toMatchObject({
    ok: false,
    problem: { kind: 'unwritable_file', code: 'ENOENT' },
  });
  expect(await HeadlineLog.open(`${file}.gz`, [])).toMatchObject({ ok: false, problem: { kind: 'packed_file' } });
  expect(existsSync(`${file}.gz`)).toBe(false);
});

test('a file that is renamed, removed or replaced while it is written takes no more rows, and says so', async () => {
  const gone = { ok: false, problem: { kind: 'file_gone', file } };
  const log = await opened();
  expect(log.append([story(1)], 'live')).toMatchObject({ ok: true });
  renameSync(file, `${file}.moved`);
  expect(log.append([story(2)], 'live')).toEqual(gone);
  writeFileSync(file, '');
  expect(log.append([story(2)], 'live')).toEqual(gone);
  renameSync(`${file}.moved`, file);
  expect(log.append([story(2)], 'live')).toMatchObject({ ok: true, value: [{ id: 'alpaca:2' }] });
  log.close();
  expect((await read()).headlines.map(({ vendorId }) => vendorId)).toEqual(['alpaca:1', 'alpaca:2']);
});

test('when a row could have been read', () => {
  const times = { publishedAt: at('2026-01-01T10:00:00Z'), updatedAt: at('2026-01-01T11:00:00Z'), receivedAt: at('2026-01-01T12:00:00Z') };
  expect(knownAt({ ...times, arrival: 'live' })).toBe(times.receivedAt);
  expect(knownAt({ ...times, arrival: 'history' })).toBe(times.updatedAt);
  expect(knownAt({ ...times, updatedAt: null, arrival: 'history' })).toBe(times.publishedAt);
  expect(knownAt({ publishedAt: null, updatedAt: null, receivedAt: times.receivedAt, arrival: 'history' })).toBe(times.receivedAt);
  expect(knownAt({ publishedAt: times.publishedAt, updatedAt: null, receivedAt: null, arrival: 'live' })).toBe(times.publishedAt);
});
