import { JournalError } from '#engine/journal/problems';
import { hexOf } from '#engine/journal/record-format';
import { type ChainEnd, chainStart, scan } from '#engine/journal/scan';
import { segmentsIn } from '#engine/journal/segment-format';
import type { JournalMark } from '#main/backup/manifest';

/** Up to where a journal can be copied: `offset` is the byte in `segment` after the last whole entry. */
export type WholeJournal = JournalMark & { readonly segment: number; readonly offset: number; readonly firstDigest: string };

const TRIES = 5;
const PAUSE_MS = 40;

/**
 * Finds the last whole entry of a journal that somebody may be writing. A read that meets a write can see the end of an entry
 * before its middle, or a segment before its header; what is damaged still is a moment later. Throws a `JournalError` for that.
 */
export function wholeJournal(directory: string, until = Number.POSITIVE_INFINITY): WholeJournal {
  for (let tries = 1; ; tries++) {
    const found = walk(directory, until);
    if (!(found instanceof JournalError)) return found;
    if (tries === TRIES || segmentsIn(directory).length === 0) throw found;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function walk(directory: string, until: number): WholeJournal | JournalError {
  const chain = chainStart();
  let lastAt: number | null = null;
  let firstDigest = hexOf(chain.digest);
  const entries = scan(directory, chain);
  let step = entries.next();
  for (; !step.done; step = entries.next()) {
    lastAt = step.value.at;
    if (step.value.sequence === 1) firstDigest = hexOf(chain.digest);
    if (step.value.sequence === until) return marked(chain, lastAt, firstDigest);
  }
  const ending = step.value;
  if (ending.kind === 'journal_corrupt') return new JournalError(ending);
  if (ending.kind === 'no_segments' || chain.segment === 0) return new JournalError({ kind: 'journal_missing', directory });
  return marked(chain, lastAt, firstDigest);
}

const marked = ({ sequence, digest, segment, offset }: ChainEnd, lastAt: number | null, firstDigest: string): WholeJournal => ({
  entries: sequence,
  head: hexOf(digest),
  lastAt,
  segment,
  offset,
  firstDigest,
});
