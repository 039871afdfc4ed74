import { expect, test } from 'vitest';
import { parseRfc3339 } from '#domain/values/rfc3339';

const rows: readonly [text: string, same: string | null][] = [
  ['2026-11-24T14:30:00Z', '2026-11-24T14:30:00.000Z'],
  ['2026-11-24T09:30:00-05:00', '2026-11-24T14:30:00.000Z'],
  ['2026-11-25T00:00:00+09:30', '2026-11-24T14:30:00.000Z'],
  ['2026-11-24T14:30:00.123456789Z', '2026-11-24T14:30:00.123Z'],
  ['2026-11-24T14:30:00.5Z', '2026-11-24T14:30:00.500Z'],
  ['2026-11-24t14:30:00z', '2026-11-24T14:30:00.000Z'],
  ['2026-11-24T14:30:00', null],
  ['2026-11-24 14:30:00Z', null],
  ['2026-11-24T14:30Z', null],
  ['2026-02-30T14:30:00Z', null],
  ['2026-11-24T24:00:00Z', null],
  ['2026-11-24T14:30:00+25:00', null],
  ['', null],
];
for (const [text, same] of rows) {
  test(`${JSON.stringify(text)} is ${same ?? 'no instant'}`, () =>
    expect(parseRfc3339(text)).toBe(same === null ? null : Date.parse(same)));
}
