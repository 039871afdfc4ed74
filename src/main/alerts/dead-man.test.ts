import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { triesOnce } from '#main/alerts/channels';
import { DeadMan } from '#main/alerts/dead-man';
import { HookServer } from '#tests/alerts/hook-server';

let hooks: HookServer;
beforeEach(async () => {
  hooks = await HookServer.start();
});
afterEach(() => hooks.close());

const asked = (): readonly string[] => hooks.taken.map(({ path }) => path.replace('/hook/secret-part-of-it', 'ping'));

test('a failure is told though a ping is underway when it begins, and again until the outside has taken it', async () => {
  let now = 0;
  let heard = 0;
  const dead = new DeadMan({
    url: new URL(hooks.url),
    everyMs: 60_000,
    tellsFailures: true,
    http: triesOnce([], new AbortController().signal),
    elapsed: () => now,
    seen: () => void heard++,
    failed: (error) => {
      throw error;
    },
  });
  const looked = async (troubles: readonly string[], answers: number): Promise<void> => {
    dead.look(troubles);
    await expect.poll(() => heard).toBe(answers);
    await sleep(0);
  };
  dead.look([]);
  dead.look(['no bars come in']);
  await expect.poll(() => heard).toBe(1);
  await sleep(0);
  hooks.answers.push({ status: 503 });
  await looked(['no bars come in'], 2);
  now += 10_000;
  await looked(['no bars come in'], 3);
  now += 60_000;
  await looked(['no bars come in'], 3);
  expect(asked()).toEqual(['ping', 'ping/fail', 'ping/fail']);
});
