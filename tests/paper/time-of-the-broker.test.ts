import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { foreignSim } from '#main/paper/sim-place';
import { runningBroker, until } from '../sim-broker/running-broker.js';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const SPEED = 20;
/** More than this, and entries are refused. Source: E1. */
const SKEW_MS_MAX = 2_000;

/** The admin door of a broker, whose first answers come late, as from a busy machine. */
async function slowly(adminPort: number, late: { answers: number; readonly ms: number }): Promise<string> {
  const server = createServer((request, response) => {
    const answered = async (): Promise<void> => {
      const answer = await fetch(`http://127.0.0.1:${adminPort}${request.url ?? ''}`);
      const text = await answer.text();
      if (late.answers-- > 0) await sleep(late.ms);
      response.end(text);
    };
    answered().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('E1: a broker whose time was told late at the start, and again, is followed within the seconds that an entry needs', async () => {
  const served = await runningBroker({ speed: SPEED });
  closings.push(() => served.close());
  const place = await foreignSim(await slowly(served.adminPort, { answers: 2, ms: 400 }));
  closings.push(() => place.close());
  const apart = (): number => Math.abs(place.clock.now() - served.serving.time.now());
  expect(apart()).toBeGreaterThan(SKEW_MS_MAX);
  await until(() => apart() < SKEW_MS_MAX);
  expect(apart()).toBeLessThan(SKEW_MS_MAX);
});
