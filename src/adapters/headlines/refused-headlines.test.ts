import { expect, test } from 'vitest';
import { RefusedHeadlines } from '#adapters/headlines/refused-headlines';

test('refused rows are counted by their fault, each with the place of its first', () => {
  const refused = new RefusedHeadlines();
  refused.add('bad_time', 'a.csv', 7);
  for (let line = 2; line < 1_000; line++) refused.add('no_headline', 'b.csv', line);
  refused.add('bad_time', 'b.csv', 1_000);
  expect(refused.tallies()).toEqual([
    { kind: 'bad_time', rows: 2, first: { file: 'a.csv', line: 7 } },
    { kind: 'no_headline', rows: 998, first: { file: 'b.csv', line: 2 } },
  ]);
});
