import type { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '#domain/values/instant';
import type { JournalCorrupt, Origin, TornTail } from '#engine/journal/problems';
import {
  checksumHolds,
  type Digest,
  digestOf,
  headerBegins,
  isEnded,
  NO_DIGEST,
  payloadLength,
  RECORD_END,
  RECORD_HEADER,
  readHeader,
} from '#engine/journal/record-format';
import { FORMAT_VERSION, readSegmentHeader, SEGMENT_HEADER, segmentName, segmentsIn } from '#engine/journal/segment-format';

/** An entry whose place in the chain has been checked; `payload` holds the event's bytes and stays valid. */
export type RawEntry = {
  readonly sequence: number;
  readonly at: Instant;
  readonly cause: number;
  readonly origin: Origin;
  readonly payload: Buffer;
};

/** How a journal ends: whole, torn by a crash, or not to be trusted from some entry on. */
export type Ending = { readonly kind: 'whole' } | { readonly kind: 'no_segments' } | TornTail | JournalCorrupt;

/** Where the checked part of a journal ends. `offset` is the byte after its last entry in `segment`. */
export type ChainEnd = { sequence: number; digest: Digest; segment: number; offset: number };

export const chainStart = (): ChainEnd => ({ sequence: 0, digest: NO_DIGEST, segment: 0, offset: 0 });

/**
 * All entries in order, each checked against the one before: sequence, digest, checksums. Returns how the journal ends;
 * `chain` moves along. Nothing is repaired here.
 */
export function* scan(directory: string, chain: ChainEnd = chainStart()): Generator<RawEntry, Ending> {
  const segments = segmentsIn(directory);
  if (segments.length === 0) return { kind: 'no_segments' };
  for (const [place, segment] of segments.entries()) {
    const last = place === segments.length - 1;
    if (segment !== place + 1) return corrupt(chain, place + 1, 0, `segment ${place + 1} is missing`);
    const bytes = readFileSync(join(directory, segmentName(segment)));
    const bad = beginSegment(bytes, segment, last, chain) ?? (yield* entriesOf(bytes, last, chain));
    if (bad !== null) return bad;
  }
  return { kind: 'whole' };
}

const corrupt = (chain: ChainEnd, segment: number, offset: number, what: string): JournalCorrupt => ({
  kind: 'journal_corrupt',
  sequence: chain.sequence + 1,
  segment,
  offset,
  what,
});

const torn = (chain: ChainEnd, segment: number, offset: number, bytes: number): TornTail => ({
  kind: 'torn_tail',
  afterSequence: chain.sequence,
  segment,
  offset,
  bytes,
});

/** Checks the segment's header; the crash between making a file and writing its header leaves an unfinished last segment. */
export function beginSegment(bytes: Buffer, segment: number, last: boolean, chain: ChainEnd): Ending | null {
  const header = readSegmentHeader(bytes);
  if (header === null) {
    const unfinished = last && writtenSize(bytes, 0) < SEGMENT_HEADER;
    return unfinished ? torn(chain, segment, 0, bytes.length) : corrupt(chain, segment, 0, 'segment header is damaged');
  }
  if (header.version !== FORMAT_VERSION) {
    return corrupt(chain, segment, 0, `segment is of version ${header.version} of the format, not ${FORMAT_VERSION}`);
  }
  if (header.segment !== segment) return corrupt(chain, segment, 0, `file holds segment ${header.segment}`);
  if (header.firstSequence !== chain.sequence + 1) {
    return corrupt(chain, segment, 0, `segment begins with entry ${header.firstSequence}`);
  }
  if (header.previous !== chain.digest) return corrupt(chain, segment, 0, 'segment does not follow from the entry before');
  chain.segment = segment;
  chain.offset = SEGMENT_HEADER;
  return null;
}

function* entriesOf(bytes: Buffer, last: boolean, chain: ChainEnd): Generator<RawEntry, Ending | null> {
  while (chain.offset < bytes.length) {
    const start = chain.offset;
    const found = examine(bytes, start, chain);
    if (found !== null) return last ? ending(bytes, chain, found) : corrupt(chain, chain.segment, start, found);
    const end = start + RECORD_HEADER + payloadLength(bytes, start);
    yield taken(bytes, { start, end, offset: end + RECORD_END }, chain);
  }
  return null;
}

/** The examined entry of these bytes; the chain moves on to `offset`, the byte after it in its segment. */
export function taken(bytes: Buffer, { start, end, offset }: { start: number; end: number; offset: number }, chain: ChainEnd): RawEntry {
  const { door, sequence, cause, at } = readHeader(bytes, start);
  chain.digest = digestOf(bytes, start, end);
  chain.sequence = sequence;
  chain.offset = offset;
  const payload = bytes.subarray(start + RECORD_HEADER, end);
  return { sequence, at: at as Instant, cause, origin: door ? 'door' : 'derived', payload };
}

/** Said of an entry that has a header in its place and no end. */
export const UNFINISHED = 'entry is cut off';

/** What is wrong with the entry at `start`, null when it is whole and in its place. */
export function examine(bytes: Buffer, start: number, chain: ChainEnd): string | null {
  if (bytes.length - start < RECORD_HEADER) return 'header is cut off';
  if (!headerBegins(bytes, start)) return 'header is damaged';
  const { sequence, previous } = readHeader(bytes, start);
  const end = start + RECORD_HEADER + payloadLength(bytes, start);
  const whole = isEnded(bytes, end);
  // A damaged header may name another entry, too: then it is the damage that is told.
  if (whole && !checksumHolds(bytes, start, end)) return 'entry does not match its checksum';
  if (sequence !== chain.sequence + 1) return `entry ${sequence} stands here`;
  if (previous !== chain.digest) return 'entry does not follow from the one before';
  return whole ? null : UNFINISHED;
}

/**
 * In the last segment a bad entry can be zeros written ahead, a torn tail, or damage. It is torn only if what is there
 * of it is a mere beginning with nothing but zeros behind: less than a header, or a header in its place without its end.
 */
function ending(bytes: Buffer, chain: ChainEnd, what: string): Ending | null {
  const start = chain.offset;
  const written = writtenSize(bytes, start);
  if (written === 0) return null;
  const missesItsEnd = what === UNFINISHED && written < RECORD_HEADER + payloadLength(bytes, start) + RECORD_END;
  const beginning = written < RECORD_HEADER || missesItsEnd;
  return beginning ? torn(chain, chain.segment, start, written) : corrupt(chain, chain.segment, start, what);
}

/** How many bytes from `start` on there are up to the last one that is not zero. */
export function writtenSize(bytes: Buffer, start: number): number {
  let end = bytes.length;
  while (end > start && bytes[end - 1] === 0) end--;
  return end - start;
}
