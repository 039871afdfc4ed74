import { ProjectionStopped } from '#main/record/projection-problem';
import { type Projected, Projector, type ProjectorOptions } from '#main/record/projector';
import type { Projection } from '#main/record/tables';
import { runInThread } from '#main/record/threaded-projector';

export type ProjectingOptions = Omit<ProjectorOptions, 'projection' | 'until'> & {
  readonly projections: readonly Projection[];
  /** The last entry for each projection; all that there are for one that is not named. */
  readonly until?: Partial<Readonly<Record<Projection, number>>>;
};

/**
 * All projections of a journal side by side, each with its own connection and its own place in the journal. Where one cannot go on the
 * others end too, with what they have written; then its problem is thrown.
 */
export async function projecting({ projections, until = {}, signal, ...options }: ProjectingOptions): Promise<readonly Projected[]> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  const runs = projections.map(async (projection) => {
    const own: ProjectorOptions = { ...options, projection, until: until[projection] ?? null, signal: ending.signal };
    try {
      return await again(own);
    } catch (error) {
      end();
      throw error;
    }
  });
  const ends = await Promise.allSettled(runs);
  signal.removeEventListener('abort', end);
  const failed = ends.find((one) => one.status === 'rejected');
  // Whoever stopped it has stopped its waiting for the database, too.
  if (failed !== undefined && !signal.aborted) throw failed.reason;
  return ends.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** A record that was put back is gone on with from where it stands now. */
async function again(options: ProjectorOptions): Promise<Projected> {
  for (;;)
    try {
      // One in this thread and the others in their own: each has as much to reckon as its connection has to write.
      return await (options.projection === 'ledger' ? new Projector(options).run() : runInThread(options));
    } catch (error) {
      if (!(error instanceof ProjectionStopped) || error.problem.kind !== 'record_moved') throw error;
    }
}
