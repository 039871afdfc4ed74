import { Buffer } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from '#engine/journal/problems';
import { headerBegins, hexOf, payloadLength, RECORD_END, RECORD_HEADER } from '#engine/journal/record-format';
import { beginSegment, type ChainEnd, chainStart, examine, type RawEntry, taken, UNFINISHED, writtenSize } from '#engine/journal/scan';
import { readSegmentHeader, SEGMENT_HEADER, segmentName, segmentsIn } from '#engine/journal/segment-format';

/** Read at once; one entry may be longer. */
const CHUNK = 1 << 18;
/** Looked at first: mostly there is nothing new. */
const PEEK = 1 << 12;
/** What looks damaged may be a write that is going on: it is damage when it has not changed for so many looks in a row. */
const LOOKS = 5;

/**
 * The entries of a journal while it is being written, each checked against the one before, across segments and restarts of the writer.
 * What is not whole yet is not there yet: zeros written ahead, the beginning of an entry, a segment without its header. `next` gives
 * null then, and asks the disk again at the next call. Throws a `JournalError` where the journal cannot be trusted.
 */
export class JournalTail {
  readonly #directory: string;
  readonly #chain: ChainEnd = chainStart();
  #fd: number | null = null;
  #bytes = Buffer.alloc(0);
  /** Where the first byte of `#bytes` stands in the segment. */
  #from = 0;
  #doubt: { readonly what: string; readonly sight: string; looks: number } | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Only the entries of the newest two segments; what comes before is believed. */
  static ofNewest(directory: string): JournalTail {
    const tail = new JournalTail(directory);
    // The newest may hold nothing yet.
    const segment = (segmentsIn(directory).at(-1) ?? 1) - 1;
    const header = segment > 1 ? headerOf(directory, segment) : null;
    const read = header === null ? null : readSegmentHeader(header);
    if (read !== null) Object.assign(tail.#chain, { sequence: read.firstSequence - 1, digest: read.previous, segment: segment - 1 });
    return tail;
  }

  /** Sequence of the last entry that was given out, 0 for none. */
  get sequence(): number {
    return this.#chain.sequence;
  }

  /** SHA-256 of that entry in hex. */
  get head(): string {
    return hexOf(this.#chain.digest);
  }

  /** What stands next looks damaged, and has not been looked at often enough to say so: another `next` tells. */
  get isInDoubt(): boolean {
    return this.#doubt !== null;
  }

  /** The next whole entry, whose payload holds until the next call; null when there is none yet. */
  next(): RawEntry | null {
    return this.#take() ?? (this.#read() ? this.#take() : null);
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  /** From what has been read. */
  #take(): RawEntry | null {
    const start = this.#chain.offset - this.#from;
    const bytes = this.#bytes;
    if (bytes.length - start < RECORD_HEADER || !headerBegins(bytes, start)) return null;
    const end = start + RECORD_HEADER + payloadLength(bytes, start);
    if (bytes.length < end + RECORD_END || examine(bytes, start, this.#chain) !== null) return null;
    this.#doubt = null;
    return taken(bytes, { start, end, offset: this.#from + end + RECORD_END }, this.#chain);
  }

  /** Reads on, into the next segment where this one is over; false when nothing has come. */
  #read(): boolean {
    if (this.#fd === null && !this.#open()) return false;
    // Asked before the last look at this segment: once the next one has begun, this one says no more than it does now.
    const isOver = this.#nextHeader() !== null;
    const found = this.#fill();
    if (found === 'nothing' && !isOver) this.#doubt = null;
    return found === 'nothing' && isOver ? this.#follow() : found === 'entry';
  }

  #open(): boolean {
    const header = this.#nextHeader();
    return header !== null && this.#enter(header);
  }

  /** From here to the end of what is there, and what that begins with. */
  #fill(): 'entry' | 'nothing' | 'doubt' {
    const fd = this.#fd as number;
    const { offset } = this.#chain;
    const { size, ino, nlink } = fstatSync(fd);
    if (size < offset) throw this.#corrupt('the journal was cut behind what has been read');
    this.#load(Math.min(PEEK, size - offset));
    const inode = nlink === 0 ? null : ino;
    if (this.#bytes.length === 0 || isZero(this.#bytes)) return this.#settled(inode);
    this.#load(Math.min(CHUNK, size - offset));
    if (this.#bytes.length >= RECORD_HEADER && headerBegins(this.#bytes, 0)) {
      const whole = RECORD_HEADER + payloadLength(this.#bytes, 0) + RECORD_END;
      if (whole > this.#bytes.length) this.#load(Math.min(whole, size - offset));
    }
    const found = whatStandsHere(this.#bytes, this.#chain);
    if (found === 'beginning') return this.#settled(inode);
    if (found === 'entry') return 'entry';
    this.#wonder(found.damage);
    return 'doubt';
  }

  /** Nothing new: then the file must still be the one that has this name. */
  #settled(inode: number | null): 'nothing' {
    const named = statSync(join(this.#directory, segmentName(this.#chain.segment)), { throwIfNoEntry: false });
    if (named === undefined || named.ino !== inode) throw this.#corrupt('the journal was replaced by another');
    return 'nothing';
  }

  /** The next segment has begun, so that this one must have ended with its last entry. */
  #follow(): boolean {
    const size = fstatSync(this.#fd as number).size;
    if (size !== this.#chain.offset) return this.#wonder('segment goes on behind its last whole entry');
    const header = this.#nextHeader();
    return header !== null && this.#enter(header);
  }

  #enter(header: Buffer): boolean {
    const segment = this.#chain.segment + 1;
    const bad = beginSegment(header, segment, true, this.#chain);
    if (bad?.kind === 'journal_corrupt') throw new JournalError(bad);
    if (bad !== null) return false;
    this.close();
    this.#fd = openSync(join(this.#directory, segmentName(segment)), 'r');
    this.#bytes = Buffer.alloc(0);
    this.#from = this.#chain.offset;
    return this.#fill() === 'entry';
  }

  #nextHeader(): Buffer | null {
    return headerOf(this.#directory, this.#chain.segment + 1);
  }

  #load(length: number): void {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    for (let read = 1; read > 0 && done < length; done += read)
      read = readSync(this.#fd as number, bytes, done, length - done, this.#chain.offset + done);
    this.#bytes = bytes.subarray(0, done);
    this.#from = this.#chain.offset;
  }

  /** Waits for what is still being written, and tells of what stays as it is. */
  #wonder(what: string): false {
    const sight = this.#bytes.toString('latin1', 0, PEEK);
    if (this.#doubt?.what !== what || this.#doubt.sight !== sight) this.#doubt = { what, sight, looks: 1 };
    else if (++this.#doubt.looks >= LOOKS) throw this.#corrupt(what);
    return false;
  }

  #corrupt(what: string): JournalError {
    const { sequence, segment, offset } = this.#chain;
    return new JournalError({ kind: 'journal_corrupt', sequence: sequence + 1, segment, offset, what });
  }
}

/** The header of a segment; null as long as it is not all there. */
function headerOf(directory: string, segment: number): Buffer | null {
  const path = join(directory, segmentName(segment));
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return null;
  const fd = openSync(path, 'r');
  try {
    const header = Buffer.alloc(SEGMENT_HEADER);
    const read = readSync(fd, header, 0, SEGMENT_HEADER, 0);
    return read === SEGMENT_HEADER && header[SEGMENT_HEADER - 1] !== 0 ? header : null;
  } finally {
    closeSync(fd);
  }
}

/** A mere beginning may be one of an entry that is being written, or a torn tail that the next writer cuts off. */
function whatStandsHere(bytes: Buffer, chain: ChainEnd): 'entry' | 'beginning' | { readonly damage: string } {
  if (bytes.length < RECORD_HEADER) return 'beginning';
  const what = examine(bytes, 0, chain);
  if (what === null) return 'entry';
  const written = writtenSize(bytes, 0);
  const missesItsEnd = what === UNFINISHED && written < RECORD_HEADER + payloadLength(bytes, 0) + RECORD_END;
  return written < RECORD_HEADER || missesItsEnd ? 'beginning' : { damage: what };
}

const isZero = (bytes: Buffer): boolean => writtenSize(bytes, 0) === 0;
