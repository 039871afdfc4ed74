import { describe, expect, test } from 'vitest';
import { copies } from './rules/copies.js';
import { readTree, tree } from './rules/tree.js';

const sum = (name: string, item: string, factor = 2): string => `
  export function ${name}(${item}s: readonly number[]): number {
    let sum = 0;
    for (const ${item} of ${item}s) {
      if (${item} < 0) continue;
      if (${item} > 1000) throw new Error('too much');
      sum += ${item} * ${factor};
      if (sum > 100_000) return sum - (${item} % 7) + (${item} === 3 ? 1 : 0);
    }
    return sum / (${item}s.length + 1);
  }`;
const said = (first: string, second: string, path = 'src/adapters/b/two.ts'): string =>
  copies(tree({ 'src/adapters/a/one.ts': first, [path]: second })).join();

describe('K6: two copies of one thing', () => {
  test('are found, also under other names', () => {
    expect(said(sum('total', 'price'), sum('total', 'price'))).toBe('src/adapters/a/one.ts:2 and src/adapters/b/two.ts:2 are copies');
    expect(said(sum('total', 'price'), sum('gather', 'amount'))).toContain('are copies');
  });

  test('are none where a number differs, in a test, or when they are short', () => {
    expect(said(sum('total', 'price'), sum('total', 'price', 3))).toBe('');
    expect(said(sum('total', 'price'), sum('total', 'price'), 'src/adapters/b/two.test.ts')).toBe('');
    expect(said('export const a = (x: number): number => x + 1;', 'export const b = (y: number): number => y + 1;')).toBe('');
  });

  test('are not in this repository', () => expect(copies(readTree())).toEqual([]));
});
