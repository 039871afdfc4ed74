import { afterEach, expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { catalyst } from '../journeys/catalyst.js';
import { endChildren } from '../journeys/running-day.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import { isLive, type SimProcess } from './sim-process.js';
import { bought, type Trading, trading, wanted } from './trading.js';
import { until } from './until.js';

afterEach(endChildren);

const LONG = { timeout: 240_000 };

/** With the same keys, from somewhere else. */
async function takenAway(sim: SimProcess, id: string): Promise<void> {
  const { trading: at } = await sim.admin<{ readonly trading: string }>('GET', '/status');
  const headers = { 'APCA-API-KEY-ID': sim.keyId, 'APCA-API-SECRET-KEY': sim.secret };
  expect((await fetch(new URL(`/v2/orders/${id}`, at), { method: 'DELETE', headers })).status).toBe(204);
}

/** Kills the process and two that follow it, and starts once more. */
async function afterThreeKills({ sim, paper, ...made }: Trading, args: readonly string[] = []): Promise<PaperProcess> {
  await paper.kill();
  for (let kill = 0; kill < 2; kill++) {
    const next = new PaperProcess({ ...made, sim });
    await next.ready();
    expect(next.out).not.toContain('PROTECTS ONLY');
    await next.kill();
  }
  const last = new PaperProcess({ ...made, sim, args });
  await last.ready();
  return last;
}

const entries = async (sim: SimProcess): Promise<number> =>
  (await sim.orders()).filter(({ client_order_id }) => client_order_id.includes('-entry-')).length;

test(
  'G10: after three crashes within five minutes it says first that it enters nothing, and does not, until a person clears it',
  LONG,
  async () => {
    const made = await trading();
    const { sim, journal } = made;
    const last = await afterThreeKills(made);
    const [, , first] = last.out.split('\n');
    expect(first).toContain('PROTECTS ONLY: 3 processes of this journal ended within five minutes');
    expect(last.out).toContain('a stop holds: nothing is entered');
    await wanted(sim);
    await until('the minute is told', () => [...decodeEntries(journal, { kinds: ['bars_closed'] })].at(-1)?.event.frame.minute === 614);
    await settled(sim, last);
    expect(await entries(sim)).toBe(0);
    const cleared = catalyst(['clear-stop', '--journal', journal, '--by', 'ada', '--because', 'looked at it']);
    expect([cleared.code, cleared.err]).toEqual([0, '']);
    await last.says('CLEARED  by ada');
    expect(await last.end()).toBe(0);
    // It has ended as it should: the row is over.
    const next = new PaperProcess({ ...made });
    await next.ready();
    expect(next.out).not.toMatch(/PROTECTS ONLY|a stop holds/);
    expect(await next.end()).toBe(0);
    expectWhole(journal, [last.out, last.err, next.out, next.err], sim);
  },
);

test('G10: what is held is protected all the same: a stop that somebody takes away is there again', LONG, async () => {
  const made = await trading();
  const { sim, journal } = made;
  await bought(made);
  await settled(sim, made.paper);
  const last = await afterThreeKills(made);
  expect(last.out).toContain('PROTECTS ONLY');
  const stopIds = async (): Promise<readonly string[]> =>
    (await sim.orders()).filter((order) => isLive(order) && order.type === 'stop').map(({ id }) => id);
  const [before = ''] = await stopIds();
  await takenAway(sim, before);
  await until('another stop is there', async () => {
    const [now = before] = await stopIds();
    return now !== before;
  });
  await settled(sim, last);
  expect(await last.end()).toBe(0);
  expectWhole(journal, [last.out, last.err], sim);
});

test('a person can say at the start that it trades on after crashes', LONG, async () => {
  const made = await trading();
  const last = await afterThreeKills(made, ['--after-crashes', 'trade']);
  await bought({ sim: made.sim, paper: last });
  expect(last.out).not.toContain('PROTECTS ONLY');
  expect(await last.end()).toBe(0);
});
