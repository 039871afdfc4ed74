import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * An entry in a segment:
 *
 *     0 start mark, 1 origin (1 for the door), 2 length of the payload (4), 6 CRC-32 of the payload (4),
 *     10 sequence (6), 16 cause (6), 22 instant (8), 30 SHA-256 of the entry before (32), 62 CRC-32 of bytes 0 to 61 (4),
 *     66 payload, then the end mark.
 *
 * The header has a check of its own so that a damaged length is found as damage and not taken for a torn tail. The end
 * mark is not zero: in a file filled with zeros ahead, an entry whose last byte is zero was not written to its end.
 */
export const RECORD_HEADER = 66;
export const END_MARK_SIZE = 1;
const START_MARK = 0xe5;
export const END_MARK = 0xa7;

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

/** Fills in the header before the payload that already stands in `bytes` up to `end`; gives the entry's own digest. */
export function sealRecord(bytes: Buffer, start: number, end: number, header: RecordHeader): Digest {
  const payload = start + RECORD_HEADER;
  bytes[start] = START_MARK;
  bytes[start + 1] = header.door ? 1 : 0;
  bytes.writeUInt32LE(end - payload, start + 2);
  bytes.writeUInt32LE(crc32(bytes.subarray(payload, end)), start + 6);
  bytes.writeUIntLE(header.sequence, start + 10, 6);
  bytes.writeUIntLE(header.cause, start + 16, 6);
  bytes.writeDoubleLE(header.at, start + 22);
  bytes.write(header.previous, start + 30, 32, 'latin1');
  bytes.writeUInt32LE(crc32(bytes.subarray(start, start + 62)), start + 62);
  bytes[end] = END_MARK;
  return digestOf(bytes, start, end);
}

/** SHA-256 over header and payload. */
export const digestOf = (bytes: Buffer, start: number, end: number): Digest => hash('sha256', bytes.subarray(start, end), 'binary');

export const headerHolds = (bytes: Buffer, start: number): boolean =>
  bytes[start] === START_MARK && bytes.readUInt32LE(start + 62) === crc32(bytes.subarray(start, start + 62));

export const payloadLength = (bytes: Buffer, start: number): number => bytes.readUInt32LE(start + 2);

export const payloadHolds = (bytes: Buffer, start: number, end: number): boolean =>
  bytes.readUInt32LE(start + 6) === crc32(bytes.subarray(start + RECORD_HEADER, end));

export const readHeader = (bytes: Buffer, start: number): RecordHeader => ({
  door: bytes[start + 1] === 1,
  sequence: bytes.readUIntLE(start + 10, 6),
  cause: bytes.readUIntLE(start + 16, 6),
  at: bytes.readDoubleLE(start + 22),
  previous: bytes.toString('latin1', start + 30, start + 62),
});
