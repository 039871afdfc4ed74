import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '#adapters/headlines/system-code';
import { assert } from '#domain/values/assert';
import { fail, ok, type Result } from '#domain/values/result';

/** The folder for temporary files, or the disk under it, does not take what should be put aside there. */
export type ScratchProblem = { readonly kind: 'unusable_scratch'; readonly folder: string; readonly code: string };

/** Where something was put aside. */
export type ScratchBlock = { readonly from: number; readonly bytes: number };

/**
 * Puts bytes aside on the disk, readable by nobody else. The file loses its name as soon as it is open, so nothing of it
 * is left when a signal ends the process.
 */
export class ScratchFile {
  #descriptor: number | null = null;
  #size = 0;

  put(bytes: Uint8Array): Result<ScratchBlock, ScratchProblem> {
    const from = this.#size;
    return attempt(() => {
      this.#descriptor ??= openWithoutName();
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, from + at);
      this.#size += bytes.length;
      return { from, bytes: bytes.length };
    });
  }

  read({ from, bytes }: ScratchBlock): Result<Buffer, ScratchProblem> {
    return attempt(() => {
      const block = Buffer.allocUnsafe(bytes);
      for (let at = 0; at < bytes; ) {
        assert(this.#descriptor !== null, 'what is read was put aside before');
        const count = readSync(this.#descriptor, block, at, bytes - at, from + at);
        assert(count > 0, 'what was put aside is there');
        at += count;
      }
      return block;
    });
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

function openWithoutName(): number {
  const path = join(tmpdir(), `catalyst-news-${randomUUID()}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return descriptor;
}

/** The system's refusal as a value. */
function attempt<Value>(act: () => Value): Result<Value, ScratchProblem> {
  try {
    return ok(act());
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    return fail({ kind: 'unusable_scratch', folder: tmpdir(), code });
  }
}
