import type { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import type { Secret } from '#adapters/archive/archive-key';
import { ArchiveError } from '#adapters/archive/archive-problem';
import { BLOCK_BYTES, END_BYTES, type MemberSum, record } from '#adapters/archive/archive-writer';
import { ChunkReader } from '#adapters/archive/chunk-reader';
import { isMemberName } from '#adapters/archive/member-name';

/** A part of an archive. Nothing is certain to be whole before the manifest has been returned. */
export type Piece =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly sum: MemberSum };

const MANIFEST_BYTES_MAX = 1 << 26;

/** Everything in an archive, in its order; returns the manifest. Throws an `ArchiveError` at the first thing that is not right. */
export function* archivePieces(file: { readonly path: string; readonly descriptor: number }, secret: Secret): Generator<Piece, string> {
  const from = new ChunkReader(file, secret);
  const names = new Set<string>();
  let member: { readonly name: string; readonly hash: Hash; bytes: number } | null = null;
  for (;;) {
    const kind = from.take(1).readUInt8();
    if (kind === record.manifest && member === null) return manifest(from);
    if (kind === record.member && member === null) {
      const name = from.take(from.take(2).readUInt16LE()).toString('utf8');
      if (!isMemberName(name)) throw malformed('a member with a name that leads elsewhere');
      if (names.has(name)) throw malformed(`two members of one name, ${name}`);
      names.add(name);
      member = { name, hash: createHash('sha256'), bytes: 0 };
      yield { kind: 'begin', name };
    } else if (kind === record.block && member !== null) {
      const bytes = block(from);
      member.hash.update(bytes);
      member.bytes += bytes.length;
      yield { kind: 'bytes', bytes };
    } else if (kind === record.end && member !== null) {
      const told = from.take(END_BYTES);
      const sum = { name: member.name, bytes: member.bytes, sha256: member.hash.digest('hex') };
      if (told.readUIntLE(0, 6) !== sum.bytes || told.toString('hex', 6) !== sum.sha256)
        throw malformed(`${sum.name} is not what was put in`);
      member = null;
      yield { kind: 'end', sum };
    } else throw malformed(`a record of kind ${kind}`);
  }
}

const malformed = (what: string): ArchiveError => new ArchiveError({ kind: 'malformed', what });

function manifest(from: ChunkReader): string {
  const length = from.take(4).readUInt32LE();
  if (length > MANIFEST_BYTES_MAX) throw malformed('a manifest of more than 64 MiB');
  const text = from.take(length).toString('utf8');
  if (!from.isAtEnd) throw malformed('something behind the manifest');
  return text;
}

/** A block says how large it becomes, and becomes no larger, whatever a bomb would like. */
function block(from: ChunkReader): Buffer {
  const head = from.take(8);
  const size = head.readUInt32LE(0);
  const stored = head.readUInt32LE(4);
  if (size === 0 || size > BLOCK_BYTES || stored > size) throw malformed(`a block of ${size} bytes in ${stored}`);
  const bytes = from.take(stored);
  const plain = stored === size ? bytes : unpacked(bytes, size);
  if (plain.length !== size) throw malformed('a block of another size');
  return plain;
}

function unpacked(bytes: Buffer, size: number): Buffer {
  try {
    return brotliDecompressSync(bytes, { maxOutputLength: size });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw malformed('a block that cannot be unpacked');
    throw error;
  }
}
