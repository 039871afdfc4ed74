import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Digest } from '#engine/journal/record-format';

/** A segment begins with: 0 magic and version (8), 8 its number (4), 12 its first sequence (6), 18 the digest before it (32), 50 CRC-32 (4), 54 end mark. */
export const SEGMENT_HEADER = 55;
const MAGIC = 'CATJRNL';
/** Of the segments that are written, and the only one that is read. */
export const FORMAT_VERSION = 5;
const END = 0xa7;

export type SegmentHeader = { readonly segment: number; readonly firstSequence: number; readonly previous: Digest };

export function segmentHeader({ segment, firstSequence, previous }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER);
  bytes.write(MAGIC, 0, 'latin1');
  bytes[7] = FORMAT_VERSION;
  bytes.writeUInt32LE(segment, 8);
  bytes.writeUIntLE(firstSequence, 12, 6);
  bytes.write(previous, 18, 32, 'latin1');
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 50)), 50);
  bytes[54] = END;
  return bytes;
}

/** Null when these bytes do not begin with a whole header. */
export function readSegmentHeader(bytes: Buffer): (SegmentHeader & { readonly version: number }) | null {
  if (bytes.length < SEGMENT_HEADER || bytes.toString('latin1', 0, 7) !== MAGIC || bytes[54] !== END) return null;
  if (bytes.readUInt32LE(50) !== crc32(bytes.subarray(0, 50))) return null;
  return {
    version: bytes.readUInt8(7),
    segment: bytes.readUInt32LE(8),
    firstSequence: bytes.readUIntLE(12, 6),
    previous: bytes.toString('latin1', 18, 50),
  };
}

export const segmentName = (segment: number): string => `${String(segment).padStart(8, '0')}.journal`;

/** Numbers of the segments in a directory, ascending; empty when the directory is not there, or is a file. */
export function segmentsIn(directory: string): readonly number[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return [];
  return readdirSync(directory)
    .filter((name) => /^\d{8}\.journal$/.test(name))
    .map((name) => Number(name.slice(0, 8)))
    .sort((a, b) => a - b);
}
