import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { decodeEntries } from '#engine/journal/reader';
import { program } from '../journeys/catalyst.js';
import { adopt } from '../journeys/running-day.js';
import { PaperProcess } from './paper-process.js';
import type { SimProcess } from './sim-process.js';
import { bought, type Trading, wanted } from './trading.js';
import { until } from './until.js';

/** A step of the crash matrix that can be seen from outside, and how to bring a trading process there, to be killed. */
export type Cell = { readonly step: string; readonly reach: (stage: Trading) => Promise<PaperProcess | undefined> };

const STUCK = 'stuck';
type Held = { readonly method: 'POST' | 'PATCH' | 'DELETE' | 'GET'; readonly path: string; readonly role?: string };
const entry: Held = { method: 'POST', path: '/v2/orders', role: 'entry' };
const exit: Held = { method: 'POST', path: '/v2/orders', role: 'exit' };
const patch: Held = { method: 'PATCH', path: '/v2/orders/*' };
const cancel: Held = { method: 'DELETE', path: '/v2/orders/*' };

/** No answer comes, and the request is carried out or not. */
const held = (sim: SimProcess, what: Held, kind: 'drop_before' | 'drop_after') =>
  sim.fault({ name: STUCK, on: 'request', ...what, times: 0, effect: { kind, how: 'silence' } });
const fired = (sim: SimProcess) => until('the request is held', async () => (await sim.fired(STUCK)) > 0);

/** A person's word from another terminal. */
export function stopAsked(journal: string, level: string): Promise<unknown> {
  const said = ['stop', '--journal', journal, '--level', level, '--by', 'ada', '--because', 'to see it'];
  return once(adopt(spawn(process.execPath, [program, ...said], { stdio: 'ignore' })), 'exit');
}

/** The entry of ZZVL is asked for, and the request is held. */
const atEntry =
  (kind: 'drop_before' | 'drop_after') =>
  async ({ sim }: Trading) => {
    await held(sim, entry, kind);
    await wanted(sim);
    await fired(sim);
    return undefined;
  };

/** A minute later the first gain moves the stop. */
const atPatch = (kind: 'drop_before' | 'drop_after') => async (stage: Trading) => {
  await bought(stage);
  await held(stage.sim, patch, kind);
  await stage.sim.moveTo('10:16:01');
  await fired(stage.sim);
  return undefined;
};

const atFlatten = (what: Held, kind: 'drop_before' | 'drop_after') => async (stage: Trading) => {
  await bought(stage);
  await held(stage.sim, what, kind);
  await stage.sim.speed(5);
  await Promise.all([stopAsked(stage.journal, 'flatten'), fired(stage.sim)]);
  return undefined;
};

/** Killed once with shares held; the next one comes no further than told. */
const inRecovery = (further: (next: PaperProcess, sim: SimProcess) => Promise<void>, path?: string) => async (stage: Trading) => {
  const { sim, paper } = stage;
  await bought(stage);
  await paper.kill();
  if (path !== undefined) await held(sim, { method: 'GET', path }, 'drop_before');
  const next = new PaperProcess({ ...paper.around });
  await further(next, sim);
  return next;
};

const hasAccepted = (journal: string): boolean => [...decodeEntries(journal, { kinds: ['order_accepted'] })].length > 0;

/** Named after catalogue §4: command, crash point. */
export const cells = {
  'submit entry, before_send': async ({ sim, paper }) => {
    await wanted(sim);
    await paper.says('approved ZZVL');
    return undefined;
  },
  'submit entry, sent_partial': atEntry('drop_before'),
  'submit entry, response_lost': atEntry('drop_after'),
  'submit entry, response_received': async ({ sim, journal }) => {
    await sim.fault({ name: STUCK, on: 'event', times: 0, effect: { kind: 'delay', ms: 600_000 } });
    await wanted(sim);
    await until('the answer is in the journal', () => hasAccepted(journal));
    return undefined;
  },
  'submit entry, after the first partial fill': async ({ sim, paper }) => {
    await sim.fault({ name: 'part', on: 'order', role: 'entry', effect: 'part_first' });
    await sim.fault({ name: STUCK, on: 'event', event: 'fill', times: 0, effect: { kind: 'delay', ms: 600_000 } });
    await wanted(sim);
    await paper.says('filled   ZZVL: buy');
    return undefined;
  },
  'replace stop, sent_partial': atPatch('drop_before'),
  'replace stop, response_lost': atPatch('drop_after'),
  'cancel for a flatten, sent_partial': atFlatten(cancel, 'drop_before'),
  'cancel for a flatten, response_lost': atFlatten(cancel, 'drop_after'),
  'submit exit, sent_partial': atFlatten(exit, 'drop_before'),
  'submit exit, response_lost': atFlatten(exit, 'drop_after'),
  'reconcile step, orders asked for': inRecovery((_, sim) => fired(sim), '/v2/orders*'),
  'reconcile step, executions asked for': inRecovery((_, sim) => fired(sim), '/v2/account/activities*'),
  'journal made again': inRecovery((next) => next.says('it is made again')),
} satisfies Readonly<Record<string, Cell['reach']>>;

export type CellName = keyof typeof cells;

/** Nothing is held any more. */
export const freed = (sim: SimProcess): Promise<unknown> => sim.heal(STUCK);

export const restarts = {
  'at once': async () => {},
  'after five minutes': async (sim: SimProcess) => void (await sim.step(5)),
  'after the close': (sim: SimProcess) => sim.moveTo('16:01'),
} satisfies Readonly<Record<string, (sim: SimProcess) => Promise<void>>>;

export type Restart = keyof typeof restarts;
