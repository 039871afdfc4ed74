import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import { CHUNK_BYTES } from '#adapters/archive/archive-header';
import type { ArchiveKey } from '#adapters/archive/archive-key';
import { onDisk } from '#adapters/archive/archive-problem';
import { sealed } from '#adapters/archive/chunk-seal';

/** Seals a stream of bytes chunk by chunk into a file; only ever holds one of them. */
export class ChunkWriter {
  readonly #file: { readonly path: string; readonly descriptor: number };
  readonly #key: ArchiveKey;
  readonly #buffer = Buffer.alloc(CHUNK_BYTES);
  #filled = 0;
  #chunk = 0;

  constructor(file: { readonly path: string; readonly descriptor: number }, key: ArchiveKey) {
    this.#file = file;
    this.#key = key;
    this.#put(key.header);
  }

  write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      // A full chunk waits for the next byte: only then is it known not to be the last.
      if (this.#filled === CHUNK_BYTES) this.#seal(false);
      const copied = bytes.copy(this.#buffer, this.#filled, done);
      this.#filled += copied;
      done += copied;
    }
  }

  end(): void {
    this.#seal(true);
  }

  #seal(isLast: boolean): void {
    this.#put(sealed(this.#key, { chunk: this.#chunk, isLast }, this.#buffer.subarray(0, this.#filled)));
    this.#chunk++;
    this.#filled = 0;
  }

  #put(bytes: Buffer): void {
    const { path, descriptor } = this.#file;
    onDisk(path, () => {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    });
  }
}
