import { expect, test } from 'vitest';
import type { Event, EventKind } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import { QuietSessions } from '#main/live/quiet-sessions';

const funnel: readonly EventKind[] = ['candidates_found', 'catalysts_confirmed', 'setups_found'];

/** One that watches, and what it says at the end of a session in which so many stages let somebody through. */
function watching() {
  const quiet = new QuietSessions();
  const see = (event: { readonly kind: EventKind }): string | null =>
    quiet.see({ sequence: 1, at: instant(0), cause: 0, event: event as Event });
  const tells = (kind: EventKind, count: number): string | null => see({ kind, ...{ kept: Array.from({ length: count }, () => ({})) } });
  return (stages: number, { history = false, complete = true } = {}): string | null => {
    see({ kind: 'session_opened', ...{ history } });
    for (const [place, kind] of funnel.entries()) {
      tells(kind, 0);
      if (place < stages) expect(tells(kind, 1)).toBeNull();
      tells(kind, 0);
    }
    return see({ kind: 'session_closed', ...{ complete } });
  };
}

test.each([
  [0, 'no name moved'],
  [1, 'no headline spoke'],
  [2, 'no chart had a setup'],
])('F8: three sessions in which stage %i lets nobody through are told, and each one after', (stages, what) => {
  const session = watching();
  expect([session(stages), session(stages)]).toEqual([null, null]);
  expect(session(stages)).toContain(`ALARM    in 3 sessions in a row ${what}`);
  expect(session(stages)).toContain('in 4 sessions');
});

test('F8: a session in which somebody came through, or another stage was quiet, begins the count anew', () => {
  const session = watching();
  for (const stages of [0, 0, 3, 0, 0, 1, 1, 0, 0]) expect(session(stages)).toBeNull();
  expect(session(0)).toContain('in 3 sessions');
});

test('F8: sessions that only teach, and those that nobody saw whole, do not count', () => {
  const session = watching();
  session(0);
  for (const around of [{ history: true }, { complete: false }]) expect(session(0, around)).toBeNull();
  expect([session(0), session(0)]).toEqual([null, expect.stringContaining('in 3 sessions')]);
});
