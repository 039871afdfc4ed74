import type { ClientRequest } from '#simulation/broker/served';
import { RandomStream } from '#simulation/market/seeded-random';

/** What a client of the simulation says that it is. */
export type SimulatedKeys = Pick<ClientRequest, 'keyId' | 'secret'>;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Keys out of the seed, which open nothing but this simulation and say so themselves. */
export function madeUpKeys(seed: number): SimulatedKeys {
  const stream = new RandomStream(seed, 'simulated key');
  const word = (length: number): string => Array.from({ length }, () => stream.pick([...LETTERS])).join('');
  return { keyId: `SIMULATED${word(11)}`, secret: `SIMULATED-NOT-A-SECRET-${word(17)}` };
}
