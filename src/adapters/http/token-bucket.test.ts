import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from '#adapters/http/token-bucket';
import { instant } from '#domain/values/instant';

const stop = new AbortController().signal;

/** When each request went out, given the pauses between the wishes for them. */
async function sent(pauses: readonly number[], burst: number): Promise<readonly number[]> {
  let now = 1_000_000;
  const clock = {
    now: () => instant(now),
    sleep: async (ms: number): Promise<void> => {
      now += ms;
    },
  };
  const bucket = new TokenBucket({ requests: 10, perMs: 1000, burst }, clock);
  const times: number[] = [];
  for (const pause of pauses) {
    now += pause;
    await bucket.take(stop);
    times.push(now);
  }
  return times;
}

test('whatever is wished, no second sees more than the rate and the burst', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 5 }),
      async (pauses, burst) => {
        const times = await sent(pauses, burst);
        for (const from of times) expect(times.filter((at) => from <= at && at < from + 1000).length).toBeLessThanOrEqual(10 + burst - 1);
      },
    ),
  );
});

test('who comes slowly never waits', async () => {
  expect(await sent([0, 100, 100, 250], 1)).toEqual([1_000_000, 1_000_100, 1_000_200, 1_000_450]);
});
