import { expect, test } from 'vitest';
import { inOrder } from '#adapters/postgres/dumped-tables';

test('each table comes behind those that it refers to', () => {
  const references = [
    { from: 'fills', to: 'orders' },
    { from: 'orders', to: 'journals' },
    { from: 'bars', to: 'journals' },
  ];
  expect(inOrder(['bars', 'fills', 'journals', 'orders', 'zones'], references)).toEqual(['journals', 'zones', 'bars', 'orders', 'fills']);
});

test('tables in a circle cannot be filled one by one', () => {
  const references = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];
  expect(() => inOrder(['a', 'b'], references)).toThrow(/in a circle: a, b/);
});
