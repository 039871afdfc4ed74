import { Buffer } from 'node:buffer';
import { createHmac, hkdfSync, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import {
  type ArchiveHeader,
  CHECKED_BYTES,
  finishHeader,
  headerWithoutCheck,
  KEY_CHECK_BYTES,
  noCost,
  readHeader,
  SALT_BYTES,
  type ScryptCost,
  usualCost,
} from '#adapters/archive/archive-header';
import { ArchiveError } from '#adapters/archive/archive-problem';

export const KEY_FILE_BYTES = 32;

/** What an archive is sealed with. `cost` is only looked at where one is written. */
export type Secret =
  | { readonly kind: 'plain' }
  | { readonly kind: 'passphrase'; readonly text: string; readonly cost?: ScryptCost }
  | { readonly kind: 'key_file'; readonly key: Buffer };

/** The whole header, which every chunk is bound to, and the key of the chunks; null when they are plain. */
export type ArchiveKey = { readonly header: Buffer; readonly chunks: Buffer | null };

/** A new header with a salt of its own: no two archives share a key. */
export function newKey(secret: Secret): ArchiveKey {
  const cost = secret.kind === 'passphrase' ? (secret.cost ?? usualCost) : noCost;
  const header = { protection: secret.kind, cost, salt: randomBytes(SALT_BYTES) };
  const bytes = headerWithoutCheck(header);
  const { chunks, check } = derived(secret, header, bytes);
  return { header: finishHeader(bytes, check), chunks };
}

/** The key of an archive that is there; throws `wrong_secret` when it is another's. */
export function keyOf(secret: Secret, bytes: Buffer, path: string): ArchiveKey {
  const header = readHeader(bytes, path);
  if (header.protection !== secret.kind) throw new ArchiveError({ kind: 'secret_of_other_kind', needs: header.protection });
  const { chunks, check } = derived(secret, header, bytes);
  const isRight = timingSafeEqual(check, bytes.subarray(CHECKED_BYTES, CHECKED_BYTES + KEY_CHECK_BYTES));
  if (!isRight) throw new ArchiveError(secret.kind === 'plain' ? { kind: 'header_damaged' } : { kind: 'wrong_secret' });
  return { header: bytes, chunks };
}

/**
 * The check has a key of its own, so that it says nothing of that of the chunks; a guess at a passphrase costs as much with
 * it as without.
 */
function derived(secret: Secret, header: ArchiveHeader, bytes: Buffer): { readonly chunks: Buffer | null; readonly check: Buffer } {
  if (secret.kind === 'plain') return { chunks: null, check: Buffer.alloc(KEY_CHECK_BYTES) };
  const master = secret.kind === 'key_file' ? secret.key : stretched(secret.text, header);
  const keys = Buffer.from(hkdfSync('sha256', master, header.salt, 'catalyst backup 1', 64));
  const check = createHmac('sha256', keys.subarray(32)).update(bytes.subarray(0, CHECKED_BYTES)).digest().subarray(0, KEY_CHECK_BYTES);
  return { chunks: keys.subarray(0, 32), check };
}

/** One spelling of each letter, whatever keyboard it was typed on. */
function stretched(passphrase: string, { cost: { logN, r, p }, salt }: ArchiveHeader): Buffer {
  const N = 2 ** logN;
  return scryptSync(Buffer.from(passphrase.normalize('NFC'), 'utf8'), salt, 32, { N, r, p, maxmem: 130 * N * r + (1 << 20) });
}
