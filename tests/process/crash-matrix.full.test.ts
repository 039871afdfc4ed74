import { afterEach, expect, test } from 'vitest';
import { endChildren } from '../journeys/running-day.js';
import { crashed } from './crash-cell.js';
import { type CellName, cells, type Restart, restarts } from './crash-cells.js';

afterEach(endChildren);

const names = Object.keys(cells) as readonly CellName[];
const ways = Object.keys(restarts) as readonly Restart[];
/** Each step with one of the restarts, in turn; all three of each when CATALYST_WHOLE_MATRIX is set. */
const isWhole = process.env['CATALYST_WHOLE_MATRIX'] !== undefined;
const rows = names.flatMap((cell, row) => ways.filter((_, way) => isWhole || way === row % ways.length).map((way) => [cell, way] as const));

test.each(rows)('G1: %s, restart %s: one order, protected, whole, ready in 20 seconds', { timeout: 240_000 }, async (cell, way) => {
  expect(await crashed(cell, way)).toBeLessThan(20_000);
});
