import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { newKey, type Secret } from '#adapters/archive/archive-key';
import { ChunkWriter } from '#adapters/archive/chunk-writer';
import { isMemberName } from '#adapters/archive/member-name';
import { assert } from '#domain/values/assert';

/** Each block is compressed by itself, so that nothing larger is ever held. */
export const BLOCK_BYTES = 1 << 20;
/** What stands before each record: a member's name, a block of it, its end, the manifest. */
export const record = { member: 1, block: 2, end: 3, manifest: 4 } as const;
/** A member's size, then its SHA-256. */
export const END_BYTES = 38;
/** The fastest: above it the disk would wait for the compressor. */
const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 20 } };

export type MemberSum = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** Writes members one after the other, then the manifest. Throws an `ArchiveError` where the disk does not take it. */
export class ArchiveWriter {
  readonly #out: ChunkWriter;
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  #filled = 0;
  #member: { readonly name: string; readonly hash: Hash; bytes: number } | null = null;

  constructor(file: { readonly path: string; readonly descriptor: number }, secret: Secret) {
    this.#out = new ChunkWriter(file, newKey(secret));
  }

  begin(name: string): void {
    assert(this.#member === null && isMemberName(name), `a member follows the one before and has a plain name, was ${name}`);
    this.#member = { name, hash: createHash('sha256'), bytes: 0 };
    const text = Buffer.from(name, 'utf8');
    this.#out.write(numbers(record.member, [text.length, 2]));
    this.#out.write(text);
  }

  write(bytes: Buffer): void {
    const member = this.#member;
    assert(member !== null, 'bytes belong to a member');
    member.hash.update(bytes);
    member.bytes += bytes.length;
    for (let done = 0; done < bytes.length; ) {
      const copied = bytes.copy(this.#block, this.#filled, done);
      this.#filled += copied;
      done += copied;
      if (this.#filled === BLOCK_BYTES) this.#pack();
    }
  }

  end(): MemberSum {
    const member = this.#member;
    assert(member !== null, 'only a member that began ends');
    if (this.#filled > 0) this.#pack();
    this.#member = null;
    const sha256 = member.hash.digest();
    this.#out.write(numbers(record.end, [member.bytes, 6]));
    this.#out.write(sha256);
    return { name: member.name, bytes: member.bytes, sha256: sha256.toString('hex') };
  }

  /** The last thing in an archive. */
  finish(manifest: string): void {
    assert(this.#member === null, 'the manifest follows the last member');
    const text = Buffer.from(manifest, 'utf8');
    this.#out.write(numbers(record.manifest, [text.length, 4]));
    this.#out.write(text);
    this.#out.end();
  }

  /** What compression makes no smaller is stored as it is. */
  #pack(): void {
    const raw = this.#block.subarray(0, this.#filled);
    const packed = brotliCompressSync(raw, packing);
    const stored = packed.length < raw.length ? packed : raw;
    this.#out.write(numbers(record.block, [raw.length, 4], [stored.length, 4]));
    this.#out.write(stored);
    this.#filled = 0;
  }
}

function numbers(kind: number, ...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  const bytes = Buffer.alloc(1 + values.reduce((sum, [, size]) => sum + size, 0));
  bytes[0] = kind;
  let at = 1;
  for (const [value, size] of values) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}
