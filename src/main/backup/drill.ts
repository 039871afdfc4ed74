import { join } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { failureOf } from '#main/backup/backup-problem';
import { cutJournal } from '#main/backup/cut-journal';
import type { DatabaseMark, Manifest } from '#main/backup/manifest';
import { withScratch } from '#main/backup/scratch';
import { proveUnpacked, unpack } from '#main/backup/unpack';
import { Failure } from '#main/commands/failure';
import { replayJournal } from '#main/commands/replay';

export type DrillStep = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not_done';
  readonly ms: number;
  /** What was found, or why it failed or was not done. */
  readonly said: string;
};

/** `restoreMs` is how long it took until the journal could be gone on with; `manifest` is null when the backup could not be read. */
export type Drilled = {
  readonly from: string;
  readonly startedAt: number;
  readonly manifest: Manifest | null;
  readonly steps: readonly DrillStep[];
  readonly restoreMs: number;
  readonly passed: boolean;
};

export type DrillWish = {
  readonly from: string;
  readonly secret: Secret;
  readonly scratch: string;
  /** An earlier entry at which the journal is ended and made again a second time; null for half way. */
  readonly pointInTime: number | null;
  readonly fillDatabase: (folder: string, manifest: Manifest, mark: DatabaseMark) => Promise<string>;
  readonly now: () => number;
  readonly clock: () => number;
};

/** Puts a backup back into a scratch folder and does with it what a real restore would; nothing outside of it is touched. */
export async function drill({ from, secret, scratch, pointInTime, fillDatabase, now, clock }: DrillWish): Promise<Drilled> {
  const startedAt = now();
  const steps: DrillStep[] = [];
  const begun = clock();
  let restoreMs = 0;
  /** Once a step has failed the rest cannot be done. */
  const step = async (name: string, work: () => Said | Promise<Said>): Promise<void> => {
    const start = clock();
    const failed = steps.some(({ outcome }) => outcome === 'failed');
    if (failed) steps.push({ name, outcome: 'not_done', ms: 0, said: 'an earlier step failed' });
    else steps.push({ name, ...(await outcomeOf(work)), ms: clock() - start });
  };
  const manifest = await withScratch(scratch, async (place) => {
    let found: Manifest | null = null;
    const journal = join(place, 'journal');
    const known = (): Manifest => {
      if (found === null) throw new Failure('failedCheck', 'nothing was restored');
      return found;
    };
    await step('restore', () => {
      found = unpack(from, secret, place);
      return `${found.members.length} members, ${found.members.reduce((sum, { bytes }) => sum + bytes, 0)} bytes, every chunk as it was sealed`;
    });
    await step('compare', () => {
      proveUnpacked(place, known());
      return `every file as in the manifest; the chain of ${known().journal.entries} entries ends with ${known().journal.head}`;
    });
    restoreMs = clock() - begun;
    await step('replay', () => replayText(journal));
    await step('database', () => {
      const { database } = known();
      if (database === null) return notDone('none in this backup');
      return fillDatabase(place, known(), database);
    });
    await step('point in time', () => {
      const { entries } = known().journal;
      const until = pointInTime ?? Math.max(1, Math.floor(entries / 2));
      if (entries === 0) return notDone('the journal has no entry');
      if (until > entries) throw new Failure('badInput', `the backup ends with entry ${entries}`);
      const { head } = cutJournal(journal, until);
      return `ended after entry ${until} (${head}); ${replayText(journal)}`;
    });
    return found;
  });
  const passed = steps.every(({ outcome }) => outcome !== 'failed');
  return { from, startedAt, manifest, steps, restoreMs, passed };
}

/** What a step found, or why there was nothing to do. */
type Said = string | { readonly outcome: 'not_done'; readonly said: string };

const notDone = (said: string): Said => ({ outcome: 'not_done', said });

async function outcomeOf(work: () => Said | Promise<Said>): Promise<Pick<DrillStep, 'outcome' | 'said'>> {
  try {
    const found = await work();
    return typeof found === 'string' ? { outcome: 'passed', said: found } : found;
  } catch (error) {
    const failure = failureOf(error);
    if (failure instanceof Failure) return { outcome: 'failed', said: failure.message };
    throw error;
  }
}

function replayText(journal: string): string {
  const { entries, sessions, stateHash, isCut } = replayJournal(journal);
  const hashes = `${sessions} state hashes${stateHash === null ? '' : `, the last ${stateHash}`}`;
  return `${entries} entries made again, ${hashes}${isCut ? '; it ends within a step' : ''}`;
}
