import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { Replaying } from '#engine/journal/recorder';
import type { Asked } from '#engine/ports/operator';
import { Requests } from '#engine/requests';
import { sayingOnce } from '../saying-once.js';

/** Where the day begins: what is said before it enters then. */
const BEGIN = 50;

const asked = (at: number, because = 'x'): Asked => ({
  at: instant(at),
  request: { kind: 'stop_trading', level: 'flatten', by: 'ann', from: 'person', because },
});

/** The door of a journal that ends behind these requests. */
class Ending implements Pick<Replaying, 'caughtUp' | 'nextKind' | 'nextDoor'> {
  readonly #left: Asked[];

  constructor(door: readonly Asked[]) {
    this.#left = [...door];
  }

  caughtUp(): boolean {
    return this.#left.length === 0;
  }

  nextKind() {
    return this.caughtUp() ? null : 'request_received';
  }

  nextDoor() {
    const [first] = this.#left;
    if (first === undefined) return null;
    return { sequence: 1, at: first.at, cause: 0, origin: 'door', event: { kind: 'request_received', request: first.request } } as const;
  }

  pass(): void {
    this.#left.shift();
  }
}

/** What enters in each stretch of a run on that journal, while an operator says this. */
function entering(door: readonly Asked[], says: readonly Asked[], ...ends: readonly number[]): readonly (readonly Asked[])[] {
  const past = new Ending(door);
  const requests = new Requests(sayingOnce(says), past);
  let now = BEGIN;
  return ends.map((end) => {
    requests.stretch({ from: instant(now), until: instant(end) });
    const all: Asked[] = [];
    for (;;) {
      const next = requests.next({ now: instant(now), before: instant(end) });
      if (next === null) break;
      past.pass();
      all.push(next);
      now = next.at;
    }
    now = end;
    return all;
  });
}

test('what was said before the day, and recorded at its beginning, is not taken twice', () => {
  expect(entering([asked(BEGIN)], [asked(10)], 100, 200)).toEqual([[asked(BEGIN)], []]);
});

test('of two that were said before the day and of which the journal holds one, the other is taken', () => {
  const says = [asked(10, 'one'), asked(20, 'two')];
  expect(entering([asked(BEGIN, 'one')], says, 100)).toEqual([[asked(BEGIN, 'one'), asked(BEGIN, 'two')]]);
});

test('a journal that ends behind a double holds both of them', () => {
  const double = [asked(60), asked(60)];
  expect(entering(double, double, 100, 200)).toEqual([double, []]);
});

test('a recorded request of the very end of a stretch waits for the next one', () => {
  expect(entering([asked(100)], [], 100, 200)).toEqual([[], [asked(100)]]);
});
