import { Buffer } from 'node:buffer';
import { fstatSync, readSync } from 'node:fs';
import { CHUNK_BYTES, HEADER_BYTES } from '#adapters/archive/archive-header';
import { type ArchiveKey, keyOf, type Secret } from '#adapters/archive/archive-key';
import { ArchiveError, onDisk } from '#adapters/archive/archive-problem';
import { opened, TAG_BYTES } from '#adapters/archive/chunk-seal';

type OpenFile = { readonly path: string; readonly descriptor: number };

const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

/** The bytes of an archive, as many at a time as are asked for; each has been proven before it is given out. */
export class ChunkReader {
  readonly #file: OpenFile;
  readonly #key: ArchiveKey;
  readonly #size: number;
  #position = HEADER_BYTES;
  #chunk = 0;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(file: OpenFile, secret: Secret) {
    this.#file = file;
    this.#size = onDisk(file.path, () => fstatSync(file.descriptor)).size;
    this.#key = keyOf(secret, readAt(file, 0, HEADER_BYTES), file.path);
    if (this.#size < HEADER_BYTES + TAG_BYTES) throw new ArchiveError({ kind: 'cut_off', chunk: 0 });
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.#at === this.#buffer.length && this.#position === this.#size;
  }

  take(length: number): Buffer {
    const taken = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      if (this.#at === this.#buffer.length) this.#next();
      const copied = this.#buffer.copy(taken, done, this.#at);
      this.#at += copied;
      done += copied;
    }
    return taken;
  }

  #next(): void {
    if (this.#position === this.#size) throw new ArchiveError({ kind: 'malformed', what: 'it ends in the middle of a record' });
    const bytes = readAt(this.#file, this.#position, Math.min(SEALED_BYTES, this.#size - this.#position));
    const isLast = this.#position + bytes.length >= this.#size;
    const chunk = this.#chunk;
    if (bytes.length < TAG_BYTES) throw new ArchiveError({ kind: 'bytes_after_end', chunk });
    const plain = opened(this.#key, { chunk, isLast }, bytes);
    if (plain === null) {
      // The same chunk with the other flag: the file ends too early, or too late.
      const isElsewhere = opened(this.#key, { chunk, isLast: !isLast }, bytes) !== null;
      if (isElsewhere) throw new ArchiveError(isLast ? { kind: 'cut_off', chunk } : { kind: 'bytes_after_end', chunk });
      throw new ArchiveError({ kind: 'chunk_damaged', chunk });
    }
    // An empty chunk is only ever the whole of an archive: otherwise it could be put behind any last one.
    if (plain.length === 0 && chunk > 0) throw new ArchiveError({ kind: 'malformed', what: 'an empty chunk' });
    this.#buffer = plain;
    this.#at = 0;
    this.#position += bytes.length;
    this.#chunk++;
  }
}

/** So many bytes, or what there is of them. */
export function readAt({ path, descriptor }: OpenFile, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  onDisk(path, () => {
    for (let read = -1; read !== 0 && done < length; done += read) read = readSync(descriptor, bytes, done, length - done, position + done);
  });
  return bytes.subarray(0, done);
}
