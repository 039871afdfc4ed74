import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { ArchiveError, type Protection } from '#adapters/archive/archive-problem';

/**
 * An archive begins with: 0 magic and version (8), 8 protection, 9 log2 of scrypt's N, 10 its r, 11 its p, 12 bytes in a
 * chunk (4), 16 salt (32), 48 check of the key (16), 64 CRC-32 of all this (4). Little-endian.
 */
export const HEADER_BYTES = 68;
/** What the check of the key is made over. */
export const CHECKED_BYTES = 48;
export const CHUNK_BYTES = 1 << 16;
export const SALT_BYTES = 32;
export const KEY_CHECK_BYTES = 16;
const MAGIC = 'CATBKUP';
const VERSION = 1;
const protections: readonly Protection[] = ['plain', 'passphrase', 'key_file'];

/** What guessing one passphrase costs: 128 · N · r bytes of memory, p times. */
export type ScryptCost = { readonly logN: number; readonly r: number; readonly p: number };

export const noCost: ScryptCost = { logN: 0, r: 0, p: 0 };

/** 128 MiB and about half a second for each guess, what OWASP recommends of scrypt. */
export const usualCost: ScryptCost = { logN: 17, r: 8, p: 1 };

/** A made-up header must not ask for all of the memory or for a day. */
const isBearable = ({ logN, r, p }: ScryptCost): boolean => logN >= 4 && logN <= 20 && r === 8 && p >= 1 && p <= 4;

export type ArchiveHeader = { readonly protection: Protection; readonly cost: ScryptCost; readonly salt: Buffer };

/** The header without its check and its CRC, zeros in their place. */
export function headerWithoutCheck({ protection, cost, salt }: ArchiveHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes[7] = VERSION;
  bytes[8] = protections.indexOf(protection);
  bytes[9] = cost.logN;
  bytes[10] = cost.r;
  bytes[11] = cost.p;
  bytes.writeUInt32LE(CHUNK_BYTES, 12);
  salt.copy(bytes, 16, 0, SALT_BYTES);
  return bytes;
}

/** Puts the check of the key into a header, and the CRC behind it. */
export function finishHeader(bytes: Buffer, keyCheck: Buffer): Buffer {
  keyCheck.copy(bytes, CHECKED_BYTES, 0, KEY_CHECK_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 64)), 64);
  return bytes;
}

/** Whether a file begins as an archive of any version does. */
export const beginsAsArchive = (bytes: Buffer): boolean => bytes.toString('latin1', 0, MAGIC.length) === MAGIC;

/** What a header says, if it is whole. */
export function readHeader(bytes: Buffer, path: string): ArchiveHeader {
  if (!beginsAsArchive(bytes)) throw new ArchiveError({ kind: 'not_an_archive', path });
  if (bytes.length < HEADER_BYTES) throw new ArchiveError({ kind: 'cut_off', chunk: 0 });
  if (bytes.readUInt32LE(64) !== crc32(bytes.subarray(0, 64))) throw new ArchiveError({ kind: 'header_damaged' });
  const version = bytes.readUInt8(7);
  if (version !== VERSION) throw new ArchiveError({ kind: 'newer_format', version });
  const protection = protections[bytes.readUInt8(8)];
  const cost = { logN: bytes.readUInt8(9), r: bytes.readUInt8(10), p: bytes.readUInt8(11) };
  if (protection === undefined || bytes.readUInt32LE(12) !== CHUNK_BYTES) throw new ArchiveError({ kind: 'header_damaged' });
  if (protection === 'passphrase' && !isBearable(cost))
    throw new ArchiveError({ kind: 'malformed', what: `a passphrase that would cost 2^${cost.logN} · ${cost.r} · ${cost.p}` });
  return { protection, cost, salt: Buffer.from(bytes.subarray(16, CHECKED_BYTES)) };
}
