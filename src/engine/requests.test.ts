import { describe, expect, test } from 'vitest';
import type { EventKind } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { instant } from '#domain/values/instant';
import type { Replaying } from '#engine/journal/recorder';
import type { Asked, Operator } from '#engine/ports/operator';
import { Requests } from '#engine/requests';
import { sayingOnce } from '#tests/saying-once';

const request = (because: string): Request => ({ kind: 'clear_stop', by: 'ann', from: 'person', because });
const asked = (at: number, because = 'x'): Asked => ({ at: instant(at), request: request(because) });

const saying = (...all: readonly Asked[]): Operator => sayingOnce(all);

/** A journal whose door holds these: a request, or something else at an instant. */
function holding(...door: readonly (Asked | 'minute')[]): Replaying & { pass(): void } {
  const left = [...door];
  const kind = (): EventKind | null => (left[0] === undefined ? null : left[0] === 'minute' ? 'bars_closed' : 'request_received');
  return {
    nextKind: kind,
    caughtUp: () => left.length === 0,
    nextDoor() {
      const [first] = left;
      if (first === undefined || first === 'minute') return null;
      return { sequence: 1, at: first.at, cause: 0, origin: 'door', event: { kind: 'request_received', request: first.request } };
    },
    pass: () => void left.shift(),
  };
}

/** All that is taken in stretches that end with these instants; what a journal holds is made again as a run would. */
function taken(requests: Requests, past: (Replaying & { pass(): void }) | null, ...ends: readonly number[]): readonly Asked[] {
  const all: Asked[] = [];
  let now = 0;
  for (const end of ends) {
    requests.stretch({ from: instant(now), until: instant(end) });
    for (;;) {
      const behind = past?.caughtUp() === false;
      const next = requests.next({ now: instant(now), before: instant(end) });
      if (next === null) break;
      if (behind) past?.pass();
      all.push(next);
      now = next.at;
    }
    now = end;
    if (past?.nextKind() === 'bars_closed') past.pass();
  }
  return all;
}

test('without an operator and without a journal nothing is asked', () => {
  expect(taken(new Requests(), null, 100)).toEqual([]);
});

test('a request of the very end of a stretch belongs to the next one', () => {
  const requests = new Requests(saying(asked(99), asked(100), asked(101)), null);
  expect(taken(requests, null, 100)).toEqual([asked(99)]);
  expect(taken(requests, null, 200)).toEqual([asked(100), asked(101)]);
});

test('what comes too late for its instant is taken now', () => {
  const requests = new Requests(saying(asked(50)), null);
  requests.stretch({ from: instant(0), until: instant(200) });
  expect(requests.next({ now: instant(100), before: instant(200) })).toEqual(asked(100));
});

test('something else of the stretch may come first', () => {
  const requests = new Requests(saying(asked(50)), null);
  requests.stretch({ from: instant(0), until: instant(200) });
  expect(requests.next({ now: instant(0), before: instant(50) })).toBeNull();
  expect(requests.next({ now: instant(0), before: instant(51) })).toEqual(asked(50));
});

describe('a journal that is made again', () => {
  const twice = [asked(50, 'double'), asked(50, 'double')] as const;
  test.each<readonly [what: string, door: readonly (Asked | 'minute')[], says: readonly Asked[], expected: readonly Asked[]]>([
    ['gives the words of a person who says nothing again', [asked(50), 'minute', asked(150)], [], [asked(50), asked(150)]],
    ['is not said twice by whoever says the same again', [asked(50), 'minute'], [asked(50), asked(250)], [asked(50), asked(250)]],
    ['ends between two requests of one minute', [asked(50)], [asked(50), asked(60)], [asked(50), asked(60)]],
    ['ends between a request and its double', [twice[0]], twice, twice],
    [
      'ends behind the second of three that differ in nothing but their instants',
      [asked(50), asked(51)],
      [asked(50), asked(51), asked(52)],
      [asked(50), asked(51), asked(52)],
    ],
    ['holds a double', [...twice, 'minute'], twice, twice],
    [
      'knows better than an operator who would now say something else',
      [asked(60), 'minute'],
      [asked(50), asked(250)],
      [asked(60), asked(250)],
    ],
    ['did not hear what an operator now says of its time', ['minute', 'minute'], [asked(50), asked(150), asked(250)], [asked(250)]],
    [
      'ends behind a request before which an operator would now say another',
      [asked(60)],
      [asked(50, 'y'), asked(70)],
      [asked(60), asked(70)],
    ],
    ['may end before everything', [], [asked(50)], [asked(50)]],
  ])('%s', (_, door, says, expected) => {
    const past = holding(...door);
    expect(taken(new Requests(saying(...says), past), past, 100, 200, 300)).toEqual(expected);
  });

  test('says when a request comes, whatever else is due', () => {
    const past = holding(asked(50));
    const requests = new Requests(null, past);
    requests.stretch({ from: instant(0), until: instant(100) });
    expect(requests.next({ now: instant(0), before: instant(10) })).toEqual(asked(50));
  });
});
