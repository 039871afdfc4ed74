import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkStore } from '#main/bars/check-store';
import { importBars } from '#main/bars/import-bars';
import { openBarSource } from '#main/bars/open-bar-source';
import { hasReference, reference } from '#tests/reference-data';

const folder = mkdtempSync(join(tmpdir(), 'reference-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const us = (path: string): string => reference(`data/restricted/us_equity/${path}`);

async function imported(input: string, name: string) {
  const result = await importBars({ inputs: [us(input)], store: join(folder, name), barLabel: 'start', replace: false });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** Number of bars, and a hash over every grid. */
async function digest(path: string): Promise<{ bars: number; symbols: number; hash: string }> {
  const opened = await openBarSource({ path, barLabel: 'start', inProcess: true });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const { source } = opened.value;
  const hash = createHash('sha256');
  let bars = 0;
  let symbols = 0;
  for (const date of source.sessions) {
    const session = await source.load(date);
    bars += session.bars;
    symbols += session.listed.length;
    hash.update(`${date} ${session.listed.join()}`);
    const { minutes, open, high, low, close, volume } = session;
    for (const column of [minutes, open, high, low, close, volume])
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  await source.close();
  return { bars, symbols, hash: hash.digest('hex') };
}

test.skipIf(!hasReference)('29 sessions of 284 symbols are the same from files and from the store (needs CATALYST_REFERENCE)', async () => {
  const report = await imported('minute_284sym_2018', 'a');
  expect(report).toMatchObject({ rowsRead: 3_165_332, rowsKept: 3_165_332, rowsRefused: 0, missing: [] });
  expect(report.quality.stopped).toEqual([
    { symbol: 'CPN', last: '2018-03-08' },
    { symbol: 'JUNO', last: '2018-03-05' },
  ]);
  expect(report.quality.incomplete).toEqual([]);
  const files = await digest(us('minute_284sym_2018'));
  expect(files).toMatchObject({ bars: 3_165_332, symbols: 284 });
  expect(await digest(join(folder, 'a'))).toEqual(files);
  expect(await checkStore(join(folder, 'a'))).toMatchObject({ value: { rows: 3_165_332, faults: [] } });
});

test.skipIf(!hasReference)('the change of volume in January 2026 is found (needs CATALYST_REFERENCE)', async () => {
  const { quality, rowsKept } = await imported('1min_2025_2026', 'b');
  expect(rowsKept).toBe(762_883);
  expect(quality.volumeShifts[0]).toMatchObject({ date: '2026-01-22' });
  expect(quality.volumeShifts[0]?.times).toBeGreaterThan(20);
});

test.skipIf(!hasReference)('the session of 2026-03-31 is found to be cut at 11:05 (needs CATALYST_REFERENCE)', async () => {
  const { quality } = await imported('minute_43sym_2026_03.csv.gz', 'c');
  expect(quality.incomplete).toEqual([{ date: '2026-03-31', firstMinute: 570, lastMinute: 664, openMinute: 570, closeMinute: 960 }]);
});

test.skipIf(!hasReference)('long daily histories keep what is possible and refuse the rest (needs CATALYST_REFERENCE)', async () => {
  const report = await imported('daily_2001_2017_50sym.csv.gz', 'd');
  expect(report.rowsRead).toBe(206_718);
  expect(report.refused.map(({ fault, rows }) => [fault, rows])).toEqual([
    ['price_not_positive', 2],
    ['ohlc_violation', 1461],
  ]);
  expect(report.rowsKept + report.rowsRefused).toBe(report.rowsRead);
});
