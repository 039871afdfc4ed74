import { expect, test } from 'vitest';
import { BarRows } from '#adapters/files/bar-rows';
import { GridColumns, gridOf } from '#adapters/files/session-grid';
import type { SessionDate } from '#domain/values/session-date';

const hours = { openMinute: 570, closeMinute: 960, preOpenMinute: 240, postCloseMinute: 1200, utcOffsetMinutes: -240 };
const names = ['C', 'A', 'B'];

type Bar = readonly [symbol: number, minute: number, volume: number];

function grid(columns: GridColumns, bars: readonly Bar[]) {
  const rows = new BarRows();
  const twice: number[] = [];
  for (const [line, [symbol, minute, volume]] of bars.entries())
    rows.append(Int32Array.of(0, symbol, minute, 2, 3, 1, 2, volume, 0, line), 0, 1);
  const made = gridOf({ date: '2018-03-12' as SessionDate, rows, names, columns, hours, duplicate: (_, line) => twice.push(line) });
  return { ...made, twice };
}

test('every regular minute has a row, others only when something traded', () => {
  const { minutes } = grid(new GridColumns(), [
    [0, 500, 1],
    [1, 600, 1],
    [1, 1100, 1],
  ]);
  expect(minutes).toHaveLength(392);
  expect([minutes[0], minutes[1], minutes[390], minutes[391]]).toEqual([500, 570, 959, 1100]);
});

test('a bar stands in its cell; the others are absent', () => {
  const { open, high, low, close, volume, bars, width } = grid(new GridColumns(), [[1, 571, 7]]);
  expect([width, bars]).toEqual([1, 1]);
  expect([open[1], high[1], low[1], close[1], volume[1]]).toEqual([2, 3, 1, 2, 7]);
  expect([open[0], volume[0]]).toEqual([0, -1]);
});

test('new tickers take the next columns by name; old ones keep theirs', () => {
  const columns = new GridColumns();
  expect(
    grid(columns, [
      [2, 570, 1],
      [0, 570, 1],
    ]).listed,
  ).toEqual(['B', 'C']);
  const later = grid(columns, [
    [1, 570, 5],
    [2, 570, 6],
  ]);
  expect(later.listed).toEqual(['A']);
  expect([...later.volume.subarray(0, 3)]).toEqual([6, -1, 5]);
});

test('the first of two bars of a cell stays and the second is told', () => {
  const { volume, twice, bars } = grid(new GridColumns(), [
    [1, 570, 7],
    [1, 570, 8],
  ]);
  expect([volume[0], bars, twice]).toEqual([7, 1, [1]]);
});

test('grids lie in shared memory', () => expect(grid(new GridColumns(), [[0, 570, 1]]).open.buffer).toBeInstanceOf(SharedArrayBuffer));
