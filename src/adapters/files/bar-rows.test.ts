import { expect, test } from 'vitest';
import { TickerTable } from '#adapters/files/bar-rows';

test('D11: one listing has one number, however its class is written, in whatever order', () => {
  const table = new TickerTable();
  expect(['BRK-B', 'ACME', 'BRK.B', 'BRK/B', 'BRK-B', 'ACME'].map((text) => table.indexOf(text))).toEqual([0, 1, 0, 0, 0, 1]);
  expect(table.names).toEqual(['BRK.B', 'ACME']);
});
