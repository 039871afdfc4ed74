import { expect, test } from 'vitest';
import { bearPatterns, bullPatterns } from '#domain/patterns/patterns';
import { noiseOf } from '#tests/charts/noise';

/** Most sightings that may begin, a name and day, where there is nothing to be seen; the figures found are in docs/reference/patterns.md. */
const most: Readonly<Record<string, number>> = {
  opening_range_breakout: 1.1,
  bull_flag: 0.5,
  cup_and_handle: 0.15,
  ascending_triangle: 0.2,
  abcd: 0.5,
  flat_top_breakout: 0.15,
  vwap_breakout: 0.6,
  gap_and_go: 0.15,
  red_to_green: 0.25,
};

test.each([0.0005, 0.001, 0.002])('a random walk whose minutes move by %f has few patterns', (volatility) => {
  const found = noiseOf([...bullPatterns, ...bearPatterns], { walks: 100, volatility });
  for (const [i, { kind }] of bullPatterns.entries()) {
    const rates = [found[i] as number, found[i + bullPatterns.length] as number];
    for (const rate of rates) expect([kind, rate]).toEqual([kind, Math.min(rate, most[kind] as number)]);
  }
  // What is never seen in noise was perhaps never looked for.
  expect(found.filter((rate) => rate > 0).length).toBeGreaterThan(10);
});
