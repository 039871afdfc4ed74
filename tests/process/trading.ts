import { PaperProcess } from './paper-process.js';
import { SimProcess } from './sim-process.js';
import { type Scene, scene } from './taught.js';

export type Trading = Scene & { readonly sim: SimProcess; readonly paper: PaperProcess };

/** A trading process that is ready, half a minute before the minute in which it wants ZZVL is over. */
export async function trading(more: Partial<Pick<PaperProcess['around'], 'inside' | 'args'>> = {}): Promise<Trading> {
  const [made, sim] = await Promise.all([scene(), SimProcess.start()]);
  await sim.moveTo('10:14:30');
  const paper = new PaperProcess({ ...made, ...more, sim });
  await paper.ready();
  return { ...made, sim, paper };
}

/** The minute in which the house wants ZZVL is over. */
export const wanted = (sim: SimProcess): Promise<void> => sim.moveTo('10:15:01');

/** Its shares are in the book. */
export async function bought({ sim, paper }: Pick<Trading, 'sim' | 'paper'>): Promise<void> {
  await wanted(sim);
  await paper.says('filled   ZZVL: buy');
}
