import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { SymbolTable } from '#main/day/symbol-table';
import { LiveMemory } from '#main/paper/live-memory';

const HALT = Date.UTC(2026, 10, 30, 15, 0, 20);
const status = (symbol: number, status: 'halted' | 'trading'): Event => ({
  kind: 'asset_status_changed',
  symbol: symbolIndex(symbol),
  status,
});

/** Two names of which both are halted, and the minute that begins so many minutes after the one of the halt. */
function halted() {
  const memory = new LiveMemory(new SymbolTable());
  const see = (event: Event): void => memory.see({ sequence: 1, at: instant(HALT), cause: 0, event });
  for (const symbol of [0, 1]) see(status(symbol, 'halted'));
  const minute = (later: number, ...volume: readonly number[]): Frame =>
    ({ start: instant(HALT - 20_000 + later * MINUTE_MS), width: volume.length, volume }) as unknown as Frame;
  return { memory, see, minute };
}

test('E5: a bar of a minute that began after a halt says that the name trades again, though nobody has told it', () => {
  const { memory, minute, see } = halted();
  expect(memory.resumedIn(minute(0, 900, 900))).toEqual([]);
  expect(memory.resumedIn(minute(1, -1, 900))).toEqual([1]);
  see(status(1, 'trading'));
  expect(memory.resumedIn(minute(2, -1, 900))).toEqual([]);
  expect(memory.resumedIn(minute(3, 100))).toEqual([0]);
});
