import { expect, test } from 'vitest';
import { Occurrences } from './occurrences.js';
import { walk } from './walk/walk.js';

const STEPS = 800;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

test(`the hard rules hold on ${seeds.length} random walks of ${STEPS} steps each`, () => {
  const seen = new Occurrences();
  for (const seed of seeds) seen.take(walk(seed, STEPS));
  const mustOccur = [
    ...['restart', 'halt: daily_loss flatten', 'flatten with open positions', 'five at once', 'halved after three losses'],
    ...['stop cleared', 'entered by an answer', 'settled: entry expired decline', 'refused: changed_terms'],
    ...['tightened', 'a worse report', 'order: trailing_stop', 'order: time_stop', 'order: operator_close'],
  ];
  expect(seen.missing(mustOccur)).toEqual([]);
});
