import { expect, test } from 'vitest';
import { classesOf } from '#domain/news/share-classes';
import { columnOn } from '#domain/news/ticker-renames';
import type { SessionDate } from '#domain/values/session-date';

const rows: readonly [text: string, date: string, columns: readonly string[], means: string | undefined][] = [
  ['FB', '2022-06-08', ['FB'], 'FB'],
  ['META', '2022-06-08', ['FB'], undefined],
  ['META', '2022-06-09', ['FB'], 'FB'],
  ['FB', '2022-06-09', ['META'], 'META'],
  ['FB', '2022-06-08', ['META'], undefined],
  ['META', '2021-07-01', ['META'], undefined],
  ['META', '2022-06-09', ['META', 'FB'], 'META'],
  ['QQQ', '2003-01-02', ['QQQ'], 'QQQ'],
  ['QQQ', '2008-01-02', ['QQQQ'], undefined],
  ['QQQQ', '2008-01-02', ['QQQ'], 'QQQ'],
  ['QQQ', '2012-01-03', ['QQQQ'], 'QQQQ'],
  ['SYMC', '2023-01-03', ['GEN'], 'GEN'],
  ['SYMC', '2022-11-07', ['GEN'], undefined],
  ['GEN', '2023-01-03', ['SYMC'], 'SYMC'],
  ['QQQ', '2012-01-03', ['SPY'], undefined],
  ['__proto__', '2012-01-03', ['SPY'], undefined],
];
test.each(rows)('%s on %s among %j is %s', (text, date, columns, means) => {
  expect(columnOn(text, date as SessionDate, new Map(columns.map((name) => [name, name])))).toBe(means);
});

test('all classes of a company are told, the one that counts first', () => {
  expect(classesOf('GOOG')).toEqual(['GOOGL', 'GOOG']);
  expect(classesOf('BRK.A')).toEqual(['BRK.B', 'BRK.A']);
  expect(classesOf('AAPL')).toEqual(['AAPL']);
});
