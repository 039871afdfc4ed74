import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { factorOn, readPriceFactors } from '#adapters/files/price-factors';
import { dayOf, parseSessionDate } from '#domain/values/session-date';

const path = join(mkdtempSync(join(tmpdir(), 'factors-')), 'actions.csv');

function day(text: string): number {
  const date = parseSessionDate(text);
  if (date === null) throw new Error(`${text} is a date`);
  return dayOf(date);
}

async function factorsOf(text: string, dates: readonly string[]): Promise<readonly (readonly [number, number])[]> {
  writeFileSync(path, text);
  const read = await readPriceFactors(path);
  if (!read.ok) throw new Error(read.problem.kind);
  return dates.map((date) => {
    const { price, shares } = factorOn(read.value.get('A') ?? [], day(date));
    return [price, shares] as const;
  });
}

test('splits multiply, and each holds before its date', async () => {
  const text = 'symbol,date,kind,ratio\nB,2019-01-01,split,9\nA,2020-03-01,split,2\nA,2021-03-01,split,4\n';
  expect(await factorsOf(text, ['2020-02-29', '2020-03-01', '2021-02-28', '2021-03-01'])).toEqual([
    [1 / 8, 8],
    [1 / 4, 4],
    [1 / 4, 4],
    [1, 1],
  ]);
});

test('a row of a factor file holds up to and including its date', async () => {
  const text = 'permtick,date,price_factor,split_factor,reference_price\nA,2020-01-10,0.5,0.25,1\nA,2020-02-10,0.8,1,1\n';
  expect(await factorsOf(text, ['2020-01-01', '2020-01-10', '2020-01-11', '2020-02-10', '2020-02-11'])).toEqual([
    [0.125, 4],
    [0.125, 4],
    [0.8, 1],
    [0.8, 1],
    [1, 1],
  ]);
});

test('rows that run backwards are refused', async () => {
  writeFileSync(path, 'permtick,date,price_factor,split_factor,reference_price\nA,2020-02-10,1,1,1\nA,2020-01-10,1,1,1\n');
  expect(await readPriceFactors(path)).toMatchObject({ ok: false, problem: { kind: 'bad_action', line: 3 } });
});
