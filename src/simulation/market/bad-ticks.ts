import { dayOf, type SessionDate } from '#domain/values/session-date';
import { type BarGrid, CENT } from '#simulation/market/minute-bars';
import type { RandomStream } from '#simulation/market/seeded-random';

/** A bar whose high or low was never traded, off by that fraction; open, close and the bars around it are right. */
export type BadTick = { readonly symbol: number; readonly row: number; readonly side: 'high' | 'low'; readonly off: number };

/** Per name and session. */
const BAD_TICK = 1 / 400;

/** Where a bad tick would fall that day; a minute without a bar has none in the end. */
export function drawBadTicks(stream: RandomStream, date: SessionDate, width: number, rows: number): readonly BadTick[] {
  const day = dayOf(date);
  const ticks: BadTick[] = [];
  for (let symbol = 0; symbol < width; symbol++) {
    if (!stream.restart(day, symbol).chance(BAD_TICK)) continue;
    ticks.push({ symbol, row: stream.below(rows), side: stream.chance(0.5) ? 'high' : 'low', off: stream.between(0.03, 0.1) });
  }
  return ticks;
}

/** Puts them into the grid, to the cent. */
export function writeBadTicks(grid: BarGrid, width: number, ticks: readonly BadTick[]): void {
  for (const { symbol, row, side, off } of ticks) {
    const cell = row * width + symbol;
    if ((grid.volume[cell] as number) < 0) continue;
    const moved = (grid[side][cell] as number) * (side === 'high' ? 1 + off : 1 - off);
    grid[side][cell] = Math.max(side === 'high' ? Math.ceil(moved / CENT) : Math.floor(moved / CENT), 1) * CENT;
  }
}
