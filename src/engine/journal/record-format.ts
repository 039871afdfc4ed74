import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { assert } from '#domain/values/assert';

/**
 * An entry in a segment:
 *
 *     0 start mark, 1 origin (1 for the door), 2 length of the payload (4), 6 its check (4), 10 sequence (6),
 *     16 cause (6), 22 instant (8), 30 SHA-256 of the entry before (32), 62 payload, then the CRC-32 of all this (4) and
 *     the end mark.
 *
 * The length has a check of its own so that a damaged one is found as damage and not taken for a torn tail. The end mark
 * is not zero: in a file filled with zeros ahead, an entry whose last byte is zero was not written to its end.
 */
export const RECORD_HEADER = 62;
/** What follows the payload: the checksum and the end mark. */
export const RECORD_END = 5;
/** No payload is longer: a frame of a hundred thousand names takes three megabytes. */
const PAYLOAD_MAX = 1 << 26;
const START_MARK = 0xe5;
const END_MARK = 0xa7;

/** SHA-256 as 32 characters of one byte each: cheaper to chain and compare than a buffer. */
export type Digest = string;

/** What the first entry of a journal names as the one before it. */
export const NO_DIGEST: Digest = '\0'.repeat(32);

export const hexOf = (digest: Digest): string => Buffer.from(digest, 'latin1').toString('hex');

export type RecordHeader = {
  readonly door: boolean;
  readonly sequence: number;
  readonly cause: number;
  readonly at: number;
  readonly previous: Digest;
};

/** Fills in what stands around the payload that ends before `end`; gives the entry's own digest. */
export function sealRecord(bytes: Buffer, start: number, end: number, header: RecordHeader): Digest {
  const length = end - start - RECORD_HEADER;
  assert(length <= PAYLOAD_MAX, 'a payload has at most 64 MiB');
  bytes[start] = START_MARK;
  bytes[start + 1] = header.door ? 1 : 0;
  bytes.writeUInt32LE(length, start + 2);
  bytes.writeUInt32LE(lengthCheck(length), start + 6);
  bytes.writeUIntLE(header.sequence, start + 10, 6);
  bytes.writeUIntLE(header.cause, start + 16, 6);
  bytes.writeDoubleLE(header.at, start + 22);
  bytes.write(header.previous, start + 30, 32, 'latin1');
  const entry = bytes.subarray(start, end);
  bytes.writeUInt32LE(crc32(entry), end);
  bytes[end + 4] = END_MARK;
  return digest(entry);
}

/** Every bit of the length moves several of these, so that no damage that is alike in both goes unseen. */
function lengthCheck(length: number): number {
  const mixed = Math.imul(length ^ 0x5bd1_e995, 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

const digest = (entry: Buffer): Digest => hash('sha256', entry, 'binary');

/** SHA-256 over header and payload. */
export const digestOf = (bytes: Buffer, start: number, end: number): Digest => digest(bytes.subarray(start, end));

/** Whether a header can be at `start`: its mark, and a length that agrees with its check. */
export const headerBegins = (bytes: Buffer, start: number): boolean => {
  const length = bytes.readUInt32LE(start + 2);
  return bytes[start] === START_MARK && length <= PAYLOAD_MAX && bytes.readUInt32LE(start + 6) === lengthCheck(length);
};

export const payloadLength = (bytes: Buffer, start: number): number => bytes.readUInt32LE(start + 2);

/** `end` is that of the payload. */
export const isEnded = (bytes: Buffer, end: number): boolean => bytes[end + 4] === END_MARK;

export const checksumHolds = (bytes: Buffer, start: number, end: number): boolean =>
  bytes.readUInt32LE(end) === crc32(bytes.subarray(start, end));

export const readHeader = (bytes: Buffer, start: number): RecordHeader => ({
  door: bytes[start + 1] === 1,
  sequence: bytes.readUIntLE(start + 10, 6),
  cause: bytes.readUIntLE(start + 16, 6),
  at: bytes.readDoubleLE(start + 22),
  previous: bytes.toString('latin1', start + 30, start + 62),
});
