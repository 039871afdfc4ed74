import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSplits } from '#adapters/files/corporate-actions';
import { hasReference, reference } from '#tests/reference-data';

const folder = mkdtempSync(join(tmpdir(), 'actions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const path = join(folder, 'actions.csv');
  writeFileSync(path, text);
  return readSplits(path);
};

test('splits are read with their dates', async () =>
  expect(await read('symbol,date,kind,ratio\r\nAAPL,2014-06-09,split,7\nX,2020-01-02,split,0.1\n')).toEqual({
    ok: true,
    value: [
      { symbol: 'AAPL', date: '2014-06-09', ratio: 7 },
      { symbol: 'X', date: '2020-01-02', ratio: 0.1 },
    ],
  }));

test('a factor file gives splits where the split factor changes, from the day after', async () =>
  expect(
    await read(
      'permtick,date,price_factor,split_factor,reference_price\nA,2014-05-07,0.9,0.0357143,1\nA,2014-06-06,0.9,0.0357143,645.57\nA,2050-12-31,1,0.25,0\nB,2050-12-31,1,1,0\n',
    ),
  ).toEqual({
    ok: true,
    value: [{ symbol: 'A', date: '2014-06-07', ratio: 7 }],
  }));

const bad: readonly [why: string, text: string, kind: string][] = [
  ['another header', 'a,b\n', 'other_shape'],
  ['a kind that is not known', 'symbol,date,kind,ratio\nA,2014-06-09,merger,7\n', 'bad_action'],
  ['a ratio of zero', 'symbol,date,kind,ratio\nA,2014-06-09,split,0\n', 'bad_action'],
  ['a date that does not exist', 'symbol,date,kind,ratio\nA,2014-06-31,split,2\n', 'bad_action'],
];
for (const [why, text, kind] of bad)
  test(`${why} is refused`, async () => expect(await read(text)).toMatchObject({ ok: false, problem: { kind } }));

test.skipIf(!hasReference)('the splits of Apple follow from its factors (needs CATALYST_REFERENCE)', async () => {
  const splits = await readSplits(reference('data/open/us_equity/lean/corporate_actions/factors.csv'));
  const apple = splits.ok ? splits.value.filter(({ symbol }) => symbol === 'AAPL').map(({ date, ratio }) => `${date} ${ratio}`) : [];
  expect(apple).toEqual(['2000-06-21 2', '2005-02-26 2', '2014-06-07 7', '2020-08-29 4']);
});
