import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { SymbolTable } from '#main/day/symbol-table';
import { systemClock } from '#main/news/system-clock';
import { Bell } from '#main/paper/bell';
import { LiveMemory } from '#main/paper/live-memory';
import { opened } from '#tests/one-service';

test('C11: what is thrown beside the loop ends the rest that the loop takes next', async () => {
  const bell = new Bell();
  bell.fail(new Error('first'));
  bell.fail(new Error('second'));
  const rest = { ms: 1, msMax: 1, clock: systemClock, stop: new AbortController().signal };
  await expect(bell.rest(rest)).rejects.toThrow('first');
});

test('C7: a name that was set apart is let go in a later session, not in the same', () => {
  const memory = new LiveMemory(new SymbolTable());
  const see = (event: Event): void => memory.see({ sequence: 1, at: instant(0), cause: 0, event });
  const [monday, tuesday] = ['2018-03-12', '2018-03-13'] as readonly string[] as [SessionDate, SessionDate];
  see({ ...opened(0), date: monday });
  see({ kind: 'name_quarantined', symbol: symbolIndex(0), why: 'shares' });
  expect(memory.quarantinedBefore(monday)).toEqual([]);
  expect(memory.quarantinedBefore(tuesday)).toEqual([0]);
  see({ kind: 'name_released', symbol: symbolIndex(0) });
  expect(memory.quarantinedBefore(tuesday)).toEqual([]);
});
