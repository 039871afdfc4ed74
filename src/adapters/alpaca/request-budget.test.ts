import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Grant, RequestBudget } from '#adapters/alpaca/request-budget';
import { type Instant, instant } from '#domain/values/instant';
import { type Priority, priorities } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';

/** A clock that somebody moves: who sleeps is woken when its time has come. */
class MovedClock implements Clock {
  #now = 1_700_000_000_000;
  #sleeping: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Instant {
    return instant(this.#now);
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.#sleeping.push({ at: this.#now + ms, wake });
      stop?.addEventListener('abort', () => wake());
    });
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#sleeping.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      this.#now = Math.max(this.#now, due?.at ?? end);
      if (due === undefined) break;
      this.#sleeping = this.#sleeping.filter((each) => each !== due);
      due.wake();
      await settled();
    }
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Wish = { readonly priority: Priority; grant: Grant | null; at: number };

function budgetOf(requests: number) {
  const clock = new MovedClock();
  const stop = new AbortController();
  const budget = new RequestBudget({ requests, clock, stop: stop.signal });
  const wish = (priority: Priority): Wish => {
    const made: Wish = { priority, grant: null, at: 0 };
    void budget.acquire(priority).then((grant) => {
      made.grant = grant;
      made.at = clock.now();
    });
    return made;
  };
  const answered = (priority: Priority, headers: Record<string, string> = {}, status = 200): void =>
    budget.release(priority, { kind: 'answer', status, headers, body: '' });
  /** Asks and is answered at once. */
  const send = async (priority: Priority, headers: Record<string, string> = {}, status = 200): Promise<Wish> => {
    const made = wish(priority);
    await settled();
    if (made.grant?.kind === 'granted') answered(priority, headers, status);
    return made;
  };
  return { clock, stop, budget, wish, answered, send };
}

const granted = (wishes: readonly Wish[]): number => wishes.filter(({ grant }) => grant?.kind === 'granted').length;

test('A18: of a minute a quarter is kept for what gets out, and all of it is to be had for that', async () => {
  const { send, wish } = budgetOf(200);
  for (let place = 0; place < 150; place++) expect((await send('read')).grant?.kind).toBe('granted');
  const late = wish('entry');
  await settled();
  expect(late.grant).toBeNull();
  const exits: Wish[] = [];
  for (const priority of ['flatten', 'cancel', 'protect'] as const)
    for (let place = 0; place < 20; place++) exits.push(await send(priority));
  expect(granted(exits)).toBe(50);
});

test('A18: the rate is what went out in the last minute, or what the broker says if that is more', async () => {
  const { clock, send, budget } = budgetOf(200);
  expect(budget.rate).toEqual({ used: 0, limit: 200 });
  for (let place = 0; place < 30; place++) await send('read');
  expect(budget.rate).toEqual({ used: 30, limit: 200 });
  // Somebody else uses the account, too.
  const reset = String(Math.floor(clock.now() / 1000) + 40);
  await send('read', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '15', 'x-ratelimit-reset': reset });
  expect(budget.rate).toEqual({ used: 85, limit: 100 });
  await clock.pass(62_000);
  expect(budget.rate).toEqual({ used: 0, limit: 100 });
});

test('A18: who is more urgent goes first, whoever came first', async () => {
  const { clock, send, wish } = budgetOf(20);
  for (let place = 0; place < 20; place++) await send('flatten');
  await clock.pass(52_000);
  const wishes = [...priorities].reverse().map((priority) => wish(priority));
  await clock.pass(9_001);
  const order = wishes.filter(({ grant }) => grant?.kind === 'granted').map(({ priority }) => priority);
  expect(new Set(order)).toEqual(new Set(['flatten', 'cancel', 'protect', 'reconcile']));
  expect(wishes.find(({ priority }) => priority === 'entry')?.grant).toMatchObject({ kind: 'no_budget' });
});

test('A18: one free place goes to the first of the list', async () => {
  const { clock, send, wish } = budgetOf(10);
  await send('flatten');
  await clock.pass(55_000);
  for (let place = 0; place < 9; place++) await send('flatten');
  const wishes = [...priorities].reverse().map((priority) => wish(priority));
  await clock.pass(6_001);
  expect(wishes.filter(({ grant }) => grant?.kind === 'granted').map(({ priority }) => priority)).toEqual(['flatten']);
});

const patience: readonly (readonly [priority: Priority, ms: number])[] = [
  ['flatten', 10_000],
  ['reconcile', 15_000],
  ['entry', 3_000],
  ['read', 5_000],
];
for (const [priority, ms] of patience)
  test(`A18: ${priority} waits ${ms} ms for its turn, and is then provably not sent`, async () => {
    const { clock, send, wish } = budgetOf(10);
    for (let place = 0; place < 10; place++) await send('flatten');
    const late = wish(priority);
    await clock.pass(ms - 1);
    expect(late.grant).toBeNull();
    await clock.pass(1);
    expect(late.grant?.kind).toBe('no_budget');
    expect(late.grant?.kind === 'no_budget' ? late.grant.waitMs : 0).toBe(61_000 - ms);
  });

test('no minute ever sees more than the limit, nor more of the ordinary than their share', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          pause: fc.integer({ min: 0, max: 3_000 }),
          priority: fc.constantFrom(...priorities),
          many: fc.integer({ min: 1, max: 8 }),
        }),
        {
          maxLength: 60,
        },
      ),
      async (steps) => {
        const { clock, wish, answered } = budgetOf(20);
        const sent: Wish[] = [];
        for (const { pause, priority, many } of steps) {
          await clock.pass(pause);
          for (let place = 0; place < many; place++) {
            const made = wish(priority);
            await settled();
            sent.push(made);
            if (made.grant?.kind === 'granted') answered(priority);
          }
        }
        await clock.pass(30_000);
        const times = sent.filter(({ grant }) => grant?.kind === 'granted');
        for (const { at: from } of times) {
          const minute = times.filter(({ at }) => from <= at && at <= from + 60_000);
          expect(minute.length).toBeLessThanOrEqual(20);
        }
        expect(sent.every(({ grant }) => grant !== null)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

const reset = (clock: MovedClock, s: number): string => String(Math.floor(clock.now() / 1000) + s);

test('AC-18: the limit is learnt from the answers, and a limit that makes no sense is not', async () => {
  const { clock, send, wish } = budgetOf(10);
  for (const limit of ['0', '-1', '3', '99999999', 'many', '']) await send('flatten', { 'x-ratelimit-limit': limit });
  const wishes = [wish('read'), wish('read'), wish('read')];
  await settled();
  // Six of ten are gone, and three are kept.
  expect(granted(wishes)).toBe(1);
  await clock.pass(61_001);
  await send('read', { 'x-ratelimit-limit': '1000' });
  for (let place = 0; place < 500; place++) await send('read');
  expect((await send('read')).grant?.kind).toBe('granted');
});

test('A6: what others use of the account is learnt too', async () => {
  const { clock, send } = budgetOf(200);
  await send('read', { 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '51', 'x-ratelimit-reset': reset(clock, 30) });
  expect((await send('entry')).grant?.kind).toBe('granted');
  expect((await send('entry')).grant).toBeNull();
  expect((await send('cancel')).grant?.kind).toBe('granted');
  await clock.pass(31_000);
  expect((await send('entry')).grant?.kind).toBe('granted');
});

test('A6: an answer that was overtaken gives back nothing that a later one has taken', async () => {
  const { clock, send } = budgetOf(200);
  const said = (remaining: string) => ({ 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset(clock, 30) });
  await send('read', said('51'));
  expect((await send('read', said('150'))).grant?.kind).toBe('granted');
  expect((await send('entry')).grant).toBeNull();
});

test('A6: what is under way may not be counted yet in what is left', async () => {
  const { clock, send, wish, answered } = budgetOf(200);
  const both = [wish('read'), wish('read')];
  await settled();
  expect(granted(both)).toBe(2);
  answered('read', { 'x-ratelimit-remaining': '52', 'x-ratelimit-reset': reset(clock, 30) });
  expect((await send('entry')).grant?.kind).toBe('granted');
  expect((await send('entry')).grant).toBeNull();
});

test('A6: a word about the rate is believed for a minute, whatever reset it names', async () => {
  const { clock, send } = budgetOf(200);
  await send('read', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' });
  await clock.pass(60_001);
  expect((await send('read')).grant?.kind).toBe('granted');
});

test('whoever comes when a thousand wait is told at once', async () => {
  const { send, wish } = budgetOf(10);
  for (let place = 0; place < 10; place++) await send('flatten');
  const waiting = Array.from({ length: 1_000 }, () => wish('read'));
  const late = wish('read');
  await settled();
  expect([late.grant, waiting.some(({ grant }) => grant !== null)]).toEqual([{ kind: 'no_budget', waitMs: 5_000 }, false]);
});

test('A6: after 429 the ordinary wait for the reset, and exits go on after a second', async () => {
  const { clock, send, wish } = budgetOf(200);
  await send('read', { 'x-ratelimit-reset': reset(clock, 4) }, 429);
  const [reads, exit] = [wish('read'), wish('flatten')];
  await settled();
  expect([reads.grant, exit.grant]).toEqual([null, null]);
  await clock.pass(1_000);
  expect([reads.grant, exit.grant?.kind]).toEqual([null, 'granted']);
  await clock.pass(3_001);
  expect(reads.grant?.kind).toBe('granted');
});

test('A6: 429 without headers, or with wrong ones, holds nobody for longer than a minute', async () => {
  for (const headers of [{}, { 'x-ratelimit-reset': '9999999999' }, { 'retry-after': '99999' }, { 'x-ratelimit-reset': 'x' }]) {
    const { clock, send } = budgetOf(200);
    await send('read', headers, 429);
    await clock.pass(60_001);
    expect((await send('read')).grant?.kind, JSON.stringify(headers)).toBe('granted');
  }
});

test('I13: sixteen ordinary requests are under way at most, and the urgent go on beside them', async () => {
  const { wish, answered } = budgetOf(200);
  const reads = Array.from({ length: 30 }, () => wish('read'));
  const exits = Array.from({ length: 50 }, () => wish('cancel'));
  await settled();
  expect([granted(reads), granted(exits)]).toEqual([16, 50]);
  answered('read');
  await settled();
  expect(granted(reads)).toBe(17);
});

test('a stop gives up all that waits and all that comes', async () => {
  const { stop, send, wish } = budgetOf(10);
  for (let place = 0; place < 10; place++) await send('flatten');
  const waiting = wish('flatten');
  stop.abort();
  await settled();
  expect([waiting.grant, (await send('cancel')).grant]).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }]);
});
