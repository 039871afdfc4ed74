import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { notesIn } from '#main/alerts/inbox';
import { alertsFolder } from '#main/alerts/log-files';
import { endChildren } from '../journeys/running-day.js';
import { stopAsked } from './crash-cells.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import { isLive, SimProcess } from './sim-process.js';
import { scene } from './taught.js';
import { bought, type Trading, trading, wanted } from './trading.js';
import { until } from './until.js';

afterEach(endChildren);

const LONG = { timeout: 240_000 };
const held = async (sim: SimProcess): Promise<number> => (await sim.positions())['ZZVL'] ?? 0;
const stops = async (sim: SimProcess): Promise<number> =>
  (await sim.orders()).filter((order) => isLive(order) && order.type === 'stop').length;

/** Once more with nothing taken away: both sides agree, and the journal is whole. */
async function goesOn({ sim, journal, ...made }: Trading, printed: readonly PaperProcess[]): Promise<PaperProcess> {
  const next = new PaperProcess({ ...made, sim, journal });
  await next.ready();
  await sim.speed(10);
  await settled(sim, next);
  await next.end();
  expectWhole(
    journal,
    [...printed, next].map(({ out, err }) => out + err),
    sim,
  );
  return next;
}

test('I11: what the broker has told is on the disk at once, and not only with the next minute', LONG, async () => {
  const made = await trading();
  await bought(made);
  const fills = (): number => [...decodeEntries(made.journal, { kinds: ['order_filled'] })].length;
  await until('the fill is on the disk', () => fills() > 0, 10);
  // The time here is that of the market: the next minute has not come.
  expect(await made.sim.isPast('10:15:55')).toBe(false);
});

/** Takes something away from a running process, or gives it back (prlimit of util-linux). */
const limited = (paper: PaperProcess, limit: string): unknown => execFileSync('prlimit', ['--pid', String(paper.child.pid), limit]);

/** Elsewhere than on Linux there is no such tool, and these are left out. */
const hasLimits = spawnSync('prlimit', ['--version']).status === 0;
if (!hasLimits) console.log('G3, G4 and G8 are left out: prlimit of util-linux is not installed');

test.skipIf(!hasLimits)(
  'G4: no room for the journal while shares are held: it says so and ends, the stop stays, the next start goes on',
  LONG,
  async () => {
    const made = await trading();
    const { sim, paper } = made;
    await bought(made);
    limited(paper, '--fsize=1024:');
    await sim.moveTo('10:16:01');
    expect(await paper.gone()).toBe(4);
    expect(paper.err).toContain('journal cannot be written: EFBIG');
    expect(paper.err).toContain('orders stay at the broker');
    expect([await held(sim), await stops(sim)]).toEqual([591, 1]);
    await goesOn(made, [paper]);
  },
);

test.skipIf(!hasLimits)(
  'G3: no memory is left while shares are held: the process is gone, the stop stays, the next start goes on',
  LONG,
  async () => {
    const made = await trading();
    const { sim, paper } = made;
    await bought(made);
    limited(paper, '--data=1000000:');
    await sim.speed(600);
    await paper.gone(120);
    await sim.speed(1);
    expect(paper.child.exitCode).not.toBe(0);
    expect(await stops(sim)).toBe((await held(sim)) > 0 ? 1 : 0);
    await goesOn(made, [paper]);
  },
);

test.skipIf(!hasLimits)(
  'G8: without descriptors nothing new is dialled, nothing is lost, and with some again all goes on',
  LONG,
  async () => {
    const made = await trading();
    const { sim, paper } = made;
    await sim.fault({ name: 'cut', on: 'event', effect: { kind: 'reset', code: 1006 } });
    // Its watch over the loop begins when it is ready, and has to read a file of its own first.
    await sleep(2_000);
    limited(paper, '--nofile=4:');
    await wanted(sim);
    await paper.says('broker   lost');
    await sim.step(2);
    limited(paper, '--nofile=1024:');
    await sim.speed(10);
    await until('ready again', () => paper.out.lastIndexOf('broker   ready') > paper.out.indexOf('broker   lost'));
    await settled(sim, paper);
    await paper.end();
    await goesOn(made, [paper]);
  },
);

test('A15: keys that are revoked in the middle: nothing is sent any more, the stop stays, and it says why', LONG, async () => {
  const made = await trading();
  const { sim, paper } = made;
  await bought(made);
  await until('the stop is there', async () => (await stops(sim)) === 1);
  await sim.admin('POST', '/person/revoke-keys');
  await sim.speed(20);
  await paper.says('broker   refused: not_authorized');
  expect(await paper.end()).toBe(0);
  expect(paper.err).toContain('orders stay at the broker');
  const next = new PaperProcess({ ...paper.around });
  expect([await next.gone(), next.err]).toEqual([3, expect.stringContaining('the broker does not accept these keys')]);
});

test('A16: another account behind the same keys is not traded, neither in the middle nor at the next start', LONG, async () => {
  const made = await trading();
  const { sim, paper } = made;
  await sim.admin('POST', '/person/replace-account', { accountId: '11111111-2222-4333-8444-555555555555' });
  await sim.step(1);
  await paper.says('broker   refused: another account');
  await sim.speed(10);
  await paper.says(/DIFFERS {2}the account, account/);
  expect((await sim.orders()).length).toBe(0);
  expect(await paper.end()).toBe(0);
  const next = new PaperProcess({ ...paper.around });
  expect([await next.gone(), next.err]).toEqual([4, expect.stringContaining('is the journal of another account')]);
});

test('C5: an order stream that is up and mute hides no fill for long', LONG, async () => {
  const made = await trading();
  const { sim, paper, journal } = made;
  await sim.fault({ name: 'mute', on: 'event', times: 0, effect: { kind: 'mute', ms: 3_600_000, pings: true } });
  await wanted(sim);
  await until('the shares are bought', async () => (await held(sim)) > 0);
  await sim.speed(10);
  await settled(sim, paper);
  const [fill] = [...decodeEntries(journal, { kinds: ['order_filled'] })];
  const [first] = [...decodeEntries(journal, { kinds: ['order_requested'] })];
  expect((fill?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(70_000);
  await paper.end();
  await goesOn(made, [paper]);
});

test('C6: while the handshake is refused nothing is entered; when it is taken again, all goes on', LONG, async () => {
  const [made, sim] = await Promise.all([scene(), SimProcess.start()]);
  await sim.moveTo('10:14:30');
  await sim.fault({ name: 'full', on: 'handshake', times: 0, status: 429 });
  const paper = new PaperProcess({ ...made, sim });
  await paper.says('broker   lost');
  await wanted(sim);
  await paper.says('refused  ZZVL: broker not ready');
  await sim.step(5);
  expect((await sim.orders()).length).toBe(0);
  await sim.heal('full');
  await sim.speed(10);
  await paper.ready();
  await settled(sim, paper);
  await paper.end();
  expectWhole(made.journal, [paper.out, paper.err], sim);
});

test('A18: when the broker says that the rate is used up, whoever watches the run is told', LONG, async () => {
  const made = await trading();
  const { sim, paper, journal } = made;
  await sim.fault({
    name: 'full',
    on: 'request',
    method: 'GET',
    path: '/v2/positions',
    effect: { kind: 'rate_limited', headers: 'right' },
  });
  await sim.speed(20);
  await paper.says(/ALARM +200 of 200 requests of this minute are used at the broker/);
  const seen = { kind: 'rate_seen', service: 'alpaca', used: 200, limit: 200 };
  await until('a note lies there', () =>
    notesIn(alertsFolder(journal)).some(({ note }) => isDeepStrictEqual(note, { kind: 'observed', observation: seen })),
  );
  await settled(sim, paper);
  await paper.end();
  expectWhole(journal, [paper.out, paper.err], sim);
});

test('C3, C6: a line that breaks at the fill and is refused for a minute hides no fill and no stop', LONG, async () => {
  const made = await trading();
  const { sim, paper } = made;
  await sim.fault({ name: 'full', on: 'handshake', times: 0, status: 429 });
  await sim.fault({ name: 'cut', on: 'event', effect: { kind: 'reset', code: 1006 } });
  await wanted(sim);
  await paper.says('broker   lost');
  await sim.speed(10);
  await settled(sim, paper);
  await sim.heal('full');
  await until('ready again', () => paper.out.lastIndexOf('broker   ready') > paper.out.indexOf('broker   lost'));
  await settled(sim, paper);
  await paper.end();
  await goesOn(made, [paper]);
});

const levels = ['pause', 'cancel', 'flatten', 'suspend'] as const;
const ways = ['drop_before', 'drop_after'] as const;
const isWhole = process.env['CATALYST_WHOLE_MATRIX'] !== undefined;
/** Whether the broker has the order or not: both with each level, or in turn. */
const stopRows = levels.flatMap((level, row) => ways.filter((_, way) => isWhole || way === row % 2).map((how) => [level, how] as const));

test.each(stopRows)('J6: stop at level %s while the entry is on its way (%s): the stop wins, nothing is bare', LONG, async (level, how) => {
  const made = await trading();
  const { sim, paper, journal } = made;
  const effect = { kind: how, how: 'silence' };
  await sim.fault({ name: 'stuck', on: 'request', method: 'POST', path: '/v2/orders', role: 'entry', effect });
  await wanted(sim);
  await until('the entry is on its way', async () => (await sim.fired('stuck')) > 0);
  await stopAsked(journal, level);
  await sim.speed(10);
  await paper.says('HALT');
  const isFlat = level === 'flatten' || level === 'suspend';
  await until('what had to go is gone', async () => {
    if (isFlat && (await held(sim)) !== 0) return false;
    const live = (await sim.orders()).filter(isLive);
    return isFlat ? live.length === 0 : !live.some(({ client_order_id }) => client_order_id.includes('-entry-'));
  });
  await settled(sim, paper);
  await paper.end();
  await goesOn(made, [paper]);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} while an order is on its way: it ends within seconds, the order stays, and the next start goes on`, LONG, async () => {
    const made = await trading();
    const { sim, paper } = made;
    await sim.fault({ name: 'stuck', on: 'request', method: 'POST', path: '/v2/orders', effect: { kind: 'drop_after', how: 'silence' } });
    await wanted(sim);
    await until('the entry is on its way', async () => (await sim.fired('stuck')) > 0);
    const asked = performance.now();
    expect(await paper.end(signal)).toBe(0);
    expect(performance.now() - asked).toBeLessThan(8_000);
    expect(paper.err).toContain('orders stay at the broker and work on');
    await goesOn(made, [paper]);
    expect(await held(sim)).toBe(591);
  });

test(
  'a broker that is killed and comes back with nothing: the broker is right, the difference is told, the name is shut',
  LONG,
  async () => {
    const made = await trading();
    const { sim, paper } = made;
    await bought(made);
    const port = new URL((await sim.admin<{ readonly trading: string }>('GET', '/status')).trading).port;
    const adminPort = new URL(sim.address).port;
    await sim.end('SIGKILL');
    await paper.says('broker   lost');
    const again = await SimProcess.start({ at: '10:16', args: ['--port', port, '--admin-port', adminPort, '--speed', '10'] });
    await paper.says(/ADJUSTED ZZVL: -591 shares/);
    await settled(again, paper);
    expect(paper.out).toContain('no more  ZZVL is not entered');
    await paper.end();
  },
);
