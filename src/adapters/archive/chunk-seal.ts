import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { ArchiveKey } from '#adapters/archive/archive-key';

/** What follows the bytes of each chunk. */
export const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** Which chunk it is, and whether it is the last: a chunk in another place is another chunk. */
export type ChunkPlace = { readonly chunk: number; readonly isLast: boolean };

/** A chunk with its tag behind it. */
export function sealed({ header, chunks }: ArchiveKey, place: ChunkPlace, plain: Buffer): Buffer {
  if (chunks === null) return Buffer.concat([plain, checksum(header, place, plain)]);
  const cipher = createCipheriv(CIPHER, chunks, nonce(place), { authTagLength: TAG_BYTES });
  cipher.setAAD(header);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed; null when a bit of it, its place or the header is another. Nothing of it is given out before that is known. */
export function opened({ header, chunks }: ArchiveKey, place: ChunkPlace, bytes: Buffer): Buffer | null {
  const plain = bytes.subarray(0, bytes.length - TAG_BYTES);
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  if (chunks === null) return timingSafeEqual(checksum(header, place, plain), tag) ? Buffer.from(plain) : null;
  const decipher = createDecipheriv(CIPHER, chunks, nonce(place), { authTagLength: TAG_BYTES });
  decipher.setAAD(header);
  decipher.setAuthTag(tag);
  const text = decipher.update(plain);
  try {
    decipher.final();
    return text;
  } catch (error) {
    // The one thing that it says is that the tag is another; Node gives no code for it.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The number of the chunk in eleven bytes, then 1 for the last: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as age uses it. */
function nonce({ chunk, isLast }: ChunkPlace): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(chunk, 5, 6);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

/** Of a plain archive: finds accidents, and nobody who means harm. */
const checksum = (header: Buffer, place: ChunkPlace, plain: Buffer): Buffer =>
  createHash('sha256').update(header).update(nonce(place)).update(plain).digest().subarray(0, TAG_BYTES);
