import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES, HEADER_BYTES } from '#adapters/archive/archive-header';
import type { Secret } from '#adapters/archive/archive-key';
import { BLOCK_BYTES } from '#adapters/archive/archive-writer';
import { aKey, type Member, newPath, noise, readBack, refusal, refusalOf, written } from '#adapters/archive/testing/sample-archive';

const SEALED = CHUNK_BYTES + 16;
const plain: Secret = { kind: 'plain' };
const cheap = { logN: 6, r: 8, p: 1 };
const secrets: readonly (readonly [how: string, secret: Secret])[] = [
  ['with a key file', aKey()],
  ['with a passphrase', { kind: 'passphrase', text: 'many words in a row', cost: cheap }],
  ['plain', plain],
];

const edges = [
  0,
  1,
  CHUNK_BYTES - 1,
  CHUNK_BYTES,
  CHUNK_BYTES + 1,
  3 * CHUNK_BYTES,
  BLOCK_BYTES - 1,
  BLOCK_BYTES,
  BLOCK_BYTES + 1,
  2_500_000,
];

/** A buffer is compared by its hash: byte by byte would take minutes. */
const printOf = ({ name, bytes }: Member): string => `${name} ${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;

for (const [how, secret] of secrets) {
  describe(`an archive ${how}`, () => {
    test('gives back members of every size, with their sums, and the manifest', () => {
      const path = newPath();
      const members = edges.flatMap((size) => [
        { name: `journal/noise-${size}`, bytes: noise(size, size) },
        { name: `files/same-${size}`, bytes: Buffer.alloc(size, 'row\n') },
      ]);
      const sums = written(path, secret, members, '{"told":"ü"}');
      const back = readBack(path, secret);
      expect(back.manifest).toBe('{"told":"ü"}');
      expect(back.members.map(printOf)).toEqual(members.map(printOf));
      expect(sums.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`)).toEqual(members.map(printOf));
    });

    test('gives back whatever was put in', () => {
      const sizes = fc.array(fc.integer({ min: 0, max: 3 * CHUNK_BYTES }), { maxLength: 3 });
      fc.assert(
        fc.property(sizes, fc.integer(), fc.string(), (lengths, seed, manifest) => {
          const path = newPath();
          const members = lengths.map((length, place) => ({ name: `journal/${place}`, bytes: noise(seed + place, length) }));
          written(path, secret, members, manifest);
          const back = readBack(path, secret);
          expect(back.manifest).toBe(Buffer.from(manifest, 'utf8').toString('utf8'));
          expect(back.members.map(printOf)).toEqual(members.map(printOf));
        }),
        { numRuns: 8 },
      );
    });
  });
}

describe('an archive that is not as it was written is refused:', () => {
  for (const [how, secret] of secrets) {
    const path = newPath();
    written(path, secret, [{ name: 'journal/00000001.journal', bytes: noise(1, 3 * CHUNK_BYTES + 500) }]);
    const size = readFileSync(path).length;
    const chunkStarts = Array.from({ length: Math.ceil((size - HEADER_BYTES) / SEALED) }, (_, chunk) => HEADER_BYTES + chunk * SEALED);
    const chunk = (bytes: Buffer, place: number): Buffer =>
      bytes.subarray(HEADER_BYTES + place * SEALED, HEADER_BYTES + (place + 1) * SEALED);

    test(`${how}, whichever byte is flipped`, () => {
      const edge = chunkStarts.flatMap((start) => [start - 17, start - 16, start - 1, start, start + 1]);
      const sample = Array.from({ length: 150 }, (_, place) => noise(7, 600).readUInt32LE(place * 4) % size);
      const header = Array.from({ length: HEADER_BYTES }, (_, place) => place);
      for (const at of [...header, ...edge, size - 17, size - 16, size - 1, ...sample]) {
        const problem = refusalOf(path, secret, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
          return bytes;
        });
        expect([at, problem?.kind]).toEqual([at, at < 7 ? 'not_an_archive' : at < HEADER_BYTES ? 'header_damaged' : 'chunk_damaged']);
      }
    });

    test(`${how}, wherever it is cut off`, () => {
      const sample = Array.from({ length: 60 }, (_, place) => noise(8, 240).readUInt32LE(place * 4) % size);
      const boundaries = chunkStarts.flatMap((start) => [start - 1, start, start + 1, start + 15, start + 16]);
      for (const length of [0, 1, 6, 7, 40, ...boundaries, size - 1, ...sample])
        expect([length, refusalOf(path, secret, (bytes) => bytes.subarray(0, length)) !== null]).toEqual([length, true]);
    });

    test(`${how}, cut off between two chunks, and says that the end is missing`, () => {
      for (const [place, start] of chunkStarts.slice(1).entries())
        expect(refusalOf(path, secret, (bytes) => bytes.subarray(0, start))).toEqual({ kind: 'cut_off', chunk: place });
    });

    test(`${how}, with something behind its end`, () => {
      for (const more of [1, 15, 16, 17, SEALED, SEALED + 1])
        expect(refusalOf(path, secret, (bytes) => Buffer.concat([bytes, Buffer.alloc(more)]))).not.toBeNull();
    });

    test(`${how}, with chunks swapped, doubled or taken out`, () => {
      const head = (bytes: Buffer): Buffer => bytes.subarray(0, HEADER_BYTES);
      const orders = [[1, 0, 2, 3], [0, 2, 1, 3], [0, 0, 1, 2, 3], [0, 2, 3], [1, 2, 3], [0, 1, 2, 3, 3], [3]];
      for (const order of orders)
        expect(
          refusalOf(path, secret, (bytes) => Buffer.concat([head(bytes), ...order.map((place) => chunk(bytes, place))])),
        ).not.toBeNull();
    });

    test(`${how}, with a chunk of another archive of the same secret`, () => {
      const other = newPath();
      written(other, secret, [{ name: 'journal/00000001.journal', bytes: noise(2, 3 * CHUNK_BYTES + 500) }]);
      const foreign = readFileSync(other);
      const spliced = refusalOf(path, secret, (bytes) =>
        Buffer.concat([bytes.subarray(0, HEADER_BYTES), chunk(bytes, 0), chunk(foreign, 1), chunk(bytes, 2), chunk(bytes, 3)]),
      );
      expect(spliced).toEqual({ kind: 'chunk_damaged', chunk: 1 });
    });
  }
});

describe('a last chunk that is full', () => {
  /** A member so long that the stream ends with its chunk: found by trying. */
  const full = (): { readonly path: string; readonly secret: Secret } => {
    const secret = aKey();
    for (let less = 0; less < 200; less++) {
      const path = newPath();
      written(path, secret, [{ name: 'journal/1', bytes: noise(3, 2 * CHUNK_BYTES - less) }], '');
      if ((readFileSync(path).length - HEADER_BYTES) % SEALED === 0) return { path, secret };
    }
    throw new Error('no length fills the last chunk');
  };

  test('is read, and nothing may stand behind it', () => {
    const { path, secret } = full();
    expect(refusal(path, secret)).toBeNull();
    expect(refusalOf(path, secret, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))).toEqual({ kind: 'bytes_after_end', chunk: 1 });
    expect(refusalOf(path, secret, (bytes) => Buffer.concat([bytes, Buffer.alloc(SEALED)]))).toEqual({ kind: 'bytes_after_end', chunk: 1 });
  });
});

describe('the secret', () => {
  const path = newPath();
  const right: Secret = { kind: 'passphrase', text: 'Käse und Brot', cost: cheap };
  written(path, right, [{ name: 'files/a', bytes: noise(4, 10) }]);

  test('is wrong, which is told apart from damage', () => {
    expect(refusal(path, { kind: 'passphrase', text: 'kase und Brot' })).toEqual({ kind: 'wrong_secret' });
    expect(refusalOf(path, right, (bytes) => bytes.fill(0, 20, 21))).toEqual({ kind: 'header_damaged' });
    expect(refusalOf(path, right, (bytes) => bytes.fill(0, 90, 91))).toEqual({ kind: 'chunk_damaged', chunk: 0 });
  });

  test('is the same passphrase on a keyboard that makes letters of two characters', () =>
    expect(refusal(path, { kind: 'passphrase', text: 'Käse und Brot'.normalize('NFD') })).toBeNull());

  test('of another kind is told, and which is needed', () => {
    expect(refusal(path, aKey())).toEqual({ kind: 'secret_of_other_kind', needs: 'passphrase' });
    expect(refusal(path, plain)).toEqual({ kind: 'secret_of_other_kind', needs: 'passphrase' });
  });

  test('leaves nothing readable in the file, and makes another file of the same each time', () => {
    const secret = aKey();
    const text = Buffer.from('SECRET-WORDS-'.repeat(100));
    const [one, other] = [newPath(), newPath()];
    for (const each of [one, other]) written(each, secret, [{ name: 'files/secret-name', bytes: text }]);
    expect(readFileSync(one).includes('SECRET-WORDS')).toBe(false);
    expect(readFileSync(one).includes('secret-name')).toBe(false);
    expect(readFileSync(one).subarray(HEADER_BYTES).equals(readFileSync(other).subarray(HEADER_BYTES))).toBe(false);
  });
});

test('a file that is none of ours is told so', () => {
  const path = newPath();
  writeFileSync(path, randomBytes(1000));
  expect(refusal(path, plain)).toEqual({ kind: 'not_an_archive', path });
});
