import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { recordText } from '#domain/patterns/record-text';
import { noRecord } from '#domain/patterns/setup';
import { TrackRecords } from '#domain/patterns/track-records';

test('a record in a line', () => {
  expect(recordText({ count: 41, won: 30, meanR: 0.21, deviationR: 0.49 })).toBe(
    '41 times, 30 won, 73 %, interval 58–84 %, mean R 0.21 ± 0.15',
  );
  expect(recordText({ count: 1, won: 0, meanR: -1, deviationR: 0 })).toBe('once, 0 won, 0 %, interval 0–79 %, mean R -1.00');
  expect(recordText(noRecord)).toBe('no record yet');
});

test('counts what has ended, by pattern; no gain is no win; the deviation is that of a sample', () => {
  const records = new TrackRecords();
  for (const r of [2, -1, 0, 1]) records.add('bull_flag', r);
  records.add('abcd', -1);
  expect(records.of('bull_flag')).toEqual({ count: 4, won: 2, meanR: 0.5, deviationR: expect.closeTo(Math.sqrt(5 / 3), 12) });
  expect(records.of('abcd')).toEqual({ count: 1, won: 0, meanR: -1, deviationR: 0 });
  expect(records.of('vwap_breakout')).toEqual(noRecord);
});

test('the hash knows every end', () => {
  const hashOf = (rs: readonly number[]): string => {
    const records = new TrackRecords();
    for (const r of rs) records.add('bull_flag', r);
    const hash = createHash('sha256');
    records.hashInto({ numbers: (values) => hash.update(new Uint8Array(values.buffer)), text: () => {} });
    return hash.digest('hex');
  };
  expect(new Set([hashOf([]), hashOf([1]), hashOf([1, -1]), hashOf([0.5, -0.5])]).size).toBe(4);
});
