import { expect, test } from 'vitest';
import { newFolder } from './made-data.js';
import { awkwardLengths, survives, wholeDay } from './supervised-day.js';

test.each(['script', 'person'] as const)(
  'wherever a supervised day fails, started again with a %s it is the day that did not fail',
  async (who) => {
    const day = await wholeDay(`${newFolder('supervised')}/whole`);
    const parts = [1, 2, 3, 4, 5].map((part) => Math.floor((day.entries.length * part) / 6));
    const lengths = [1, ...awkwardLengths(day), ...parts, day.entries.length - 1, day.entries.length];
    expect(lengths.length).toBeGreaterThan(60);
    const lost: number[] = [];
    for (const length of lengths) if (!(await survives(day, length, who))) lost.push(length);
    expect(lost).toEqual([]);
  },
);
