import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROW_DAY, ROW_INTS, ROW_LINE } from '#adapters/files/bar-rows';
import { Staging } from '#adapters/files/staging';

const rowsOf = (days: readonly number[], firstLine: number): Int32Array => {
  const rows = new Int32Array(days.length * ROW_INTS);
  for (const [index, day] of days.entries()) {
    rows[index * ROW_INTS + ROW_DAY] = day;
    rows[index * ROW_INTS + ROW_LINE] = firstLine + index;
  }
  return rows;
};

test('only rows of kept files come out, in order of reading, on disk or not', () => {
  const file = fc.record({ days: fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }), { maxLength: 4 }), keep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (files, bufferedMax) => {
      const folder = mkdtempSync(join(tmpdir(), 'staging-'));
      const staging = new Staging(folder, bufferedMax);
      const expected = new Map<number, number[]>();
      let line = 0;
      for (const { days, keep } of files) {
        for (const batch of days) {
          staging.take(rowsOf(batch, line), batch.length);
          if (keep) for (const [index, day] of batch.entries()) expected.set(day, [...(expected.get(day) ?? []), line + index]);
          line += batch.length;
        }
        if (keep) staging.keep();
        else staging.drop();
      }
      expect(staging.days()).toEqual([...expected.keys()].sort((a, b) => a - b));
      for (const [day, lines] of expected) {
        const { values, count } = staging.takeOut(day);
        expect(Array.from({ length: count }, (_, row) => values[row * ROW_INTS + ROW_LINE])).toEqual(lines);
      }
      rmSync(folder, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
