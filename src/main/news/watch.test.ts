import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HeadlineLog } from '#adapters/headlines/headline-log';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { fail } from '#domain/values/result';
import type { NewsProblem, NewsSource, NewsStream } from '#engine/ports/news-source';
import { CursorFile } from '#main/news/cursor-file';
import { watch } from '#main/news/watch';

const folder = mkdtempSync(join(tmpdir(), 'watch-'));
afterAll(() => rmSync(folder, { recursive: true }));
let number = 0;

/** When a source that always fails like this was asked within so many minutes, while its stream comes up every minute. */
async function asked(problem: NewsProblem, minutes: number): Promise<readonly number[]> {
  const file = join(folder, `${number++}`);
  const log = await HeadlineLog.open(`${file}.csv`, []);
  const cursors = CursorFile.open(`${file}.json`);
  if (!log.ok || !cursors.ok) throw new Error('the disk');
  const stop = new AbortController();
  const clock = new SteppedClock();
  const times: number[] = [];
  const source: NewsSource = {
    name: 'wire',
    question: '',
    overlapMs: 0,
    pollMs: MINUTE_MS,
    async *pages() {
      times.push(clock.now() / MINUTE_MS);
      yield fail(problem);
    },
  };
  const stream: NewsStream = {
    name: 'wire',
    async *follow(stopped) {
      while (!stopped.aborted) {
        yield { kind: 'stream_ready' };
        await clock.sleep(MINUTE_MS, stopped);
      }
    },
  };
  const watching = watch({
    vendors: [{ source, stream }],
    books: { log: log.value, cursors: cursors.value },
    clock,
    from: instant(0),
    stop,
    say: () => {},
  });
  await clock.run(minutes * MINUTE_MS);
  stop.abort();
  await watching;
  log.value.close();
  return times;
}

/** Sleepers wake in their order, as soon as all others wait. */
class SteppedClock {
  #now = 0;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  now(): Instant {
    return instant(this.#now);
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { at: this.#now + ms, wake: () => (this.#sleepers.delete(sleeper), resolve()) };
      this.#sleepers.add(sleeper);
      stop?.addEventListener('abort', sleeper.wake);
      if (stop?.aborted === true) sleeper.wake();
    });
  }

  async run(until: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const first = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (first === undefined || first.at > until) return;
      this.#now = Math.max(this.#now, first.at);
      first.wake();
    }
  }
}

test('a vendor that asks for silence gets it, however often its stream comes back', async () => {
  expect(await asked({ kind: 'rate_limited', waitMs: 10 * MINUTE_MS, said: '' }, 25)).toEqual([0, 10, 20]);
});

test('a wish of years is taken for a day', async () => {
  const day = DAY_MS / MINUTE_MS;
  expect(await asked({ kind: 'rate_limited', waitMs: 9999 * DAY_MS, said: '' }, day + 1)).toEqual([0, day]);
});

test('after any other problem a stream that is up again is a reason to ask', async () => {
  expect((await asked({ kind: 'refused', status: 401, said: '' }, 5)).length).toBeGreaterThan(3);
});
