import { cpSync, existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaperProcess } from './paper-process.js';
import { SimProcess } from './sim-process.js';

/** Its first gain already moves the stop, so that a stop is on its way a minute after the entry. */
const PARAMETERS = 'exits:\n  breakEvenAtR: 0.05\n';

export type Scene = { readonly journal: string; readonly state: string; readonly parameters: string };

/**
 * A journal that has learnt twenty sessions and stands at 10:05 of the day, copied for each scene. A simulated account comes
 * from the seed, so every broker of this seed has it. Learnt once for all files of a run.
 */
export async function scene(): Promise<Scene> {
  const taught = join(tmpdir(), 'taught');
  const made = mkdtempSync(join(tmpdir(), 'scene-'));
  const parameters = join(made, 'parameters.yaml');
  writeFileSync(parameters, PARAMETERS);
  if (!existsSync(taught)) await teach(taught, { parameters, state: join(made, 'teaching') });
  cpSync(taught, join(made, 'journal'), { recursive: true });
  return { journal: join(made, 'journal'), state: join(made, 'state'), parameters };
}

async function teach(taught: string, around: Pick<Scene, 'parameters' | 'state'>): Promise<void> {
  const journal = mkdtempSync(join(tmpdir(), 'teaching-'));
  // At this speed the hundred requests of a market's minute are soon there again.
  const sim = await SimProcess.start({ at: '04:05', args: ['--speed', '60'] });
  const paper = new PaperProcess({ ...around, sim, journal });
  await paper.ready();
  await paper.end();
  await sim.end();
  try {
    renameSync(journal, taught);
  } catch (error) {
    // Another file of tests has learnt it meanwhile: the two are alike.
    if (!existsSync(taught)) throw error;
  }
}
