import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { brotliCompressSync, crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { newKey, type Secret } from '#adapters/archive/archive-key';
import { ChunkWriter } from '#adapters/archive/chunk-writer';
import { isMemberName } from '#adapters/archive/member-name';
import { aKey, newPath, refusal, refusalOf, written } from '#adapters/archive/testing/sample-archive';

/** Bytes sealed with the right key by somebody who means harm. */
function sealedBytes(secret: Secret, ...parts: readonly Buffer[]): string {
  const path = newPath();
  const descriptor = openSync(path, 'wx');
  const out = new ChunkWriter({ path, descriptor }, newKey(secret));
  for (const part of parts) out.write(part);
  out.end();
  closeSync(descriptor);
  return path;
}

const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const begin = (name: string): Buffer => Buffer.concat([Buffer.of(1), u16(Buffer.byteLength(name)), Buffer.from(name)]);
const block = (size: number, stored: Buffer): Buffer => Buffer.concat([Buffer.of(2), u32(size), u32(stored.length), stored]);
const end = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.of(3), u32(bytes.length), u16(0), createHash('sha256').update(bytes).digest()]);
const manifest = (text: string): Buffer => Buffer.concat([Buffer.of(4), u32(text.length), Buffer.from(text)]);
const word = Buffer.from('word');

const secret = aKey();
const refused = (...parts: readonly Buffer[]) => refusal(sealedBytes(secret, ...parts), secret);

test('what these tests make by hand is an archive', () =>
  expect(refused(begin('files/a'), block(4, word), end(word), manifest('m'))).toBeNull());

describe('a member is not called', () => {
  const names = [
    '../a',
    'files/../../a',
    '/etc/passwd',
    'files//a',
    'files/',
    'files/.',
    'files/..',
    'elsewhere/a',
    'files',
    '',
    'files/a\\..\\b',
    'files/\u0000',
    'files/\u001b[2J',
    `files/${'a'.repeat(256)}`,
    `files/${'a/'.repeat(600)}b`,
  ];
  for (const name of names)
    test(JSON.stringify(name.slice(0, 40)), () => {
      expect(isMemberName(name)).toBe(false);
      expect(refused(begin(name), end(Buffer.alloc(0)), manifest('m'))?.kind).toBe('malformed');
    });
});

test('a member may be called what a person would call a file', () => {
  for (const name of ['journal/00000001.journal', 'journal/control/1 new.json', 'files/Größe ß.yaml', 'database/orders.copy', 'files/..a'])
    expect(isMemberName(name)).toBe(true);
});

const bomb = brotliCompressSync(Buffer.alloc(1 << 24));

const rows: readonly (readonly [what: string, parts: readonly Buffer[]])[] = [
  ['nothing', []],
  ['two members of one name', [begin('files/a'), end(Buffer.alloc(0)), begin('files/a'), end(Buffer.alloc(0)), manifest('m')]],
  ['a member in a member', [begin('files/a'), begin('files/b'), manifest('m')]],
  ['a block of no member', [block(4, word), manifest('m')]],
  ['an end of no member', [end(word), manifest('m')]],
  ['a manifest in a member', [begin('files/a'), manifest('m')]],
  ['a record of an unknown kind', [Buffer.of(9)]],
  ['a sum that is another', [begin('files/a'), block(4, word), end(Buffer.from('ward')), manifest('m')]],
  ['something behind the manifest', [manifest('m'), Buffer.of(0)]],
  ['no manifest', [begin('files/a'), block(4, word), end(word)]],
  ['a manifest longer than any', [Buffer.of(4), u32(0xffff_ffff)]],
  ['a manifest cut off', [Buffer.of(4), u32(100), word]],
  ['a block that unpacks to more than it says', [begin('files/a'), block(1 << 20, bomb), end(word), manifest('m')]],
  ['a block larger than any', [begin('files/a'), Buffer.of(2), u32(1 << 21), u32(4), word]],
  ['a block that is none', [begin('files/a'), block(5, word), end(word), manifest('m')]],
  ['a block that grows by packing', [begin('files/a'), block(3, word), end(word), manifest('m')]],
];
for (const [what, parts] of rows)
  test(`sealed with the right key and refused: ${what}`, () => expect(refused(...parts)?.kind).toBe('malformed'));

test('a header that asks for all the memory is refused before any is taken', () => {
  const path = newPath();
  const passphrase: Secret = { kind: 'passphrase', text: 'any', cost: { logN: 6, r: 8, p: 1 } };
  written(path, passphrase, []);
  const problem = refusalOf(path, passphrase, (bytes) => {
    bytes[9] = 40;
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 64)), 64);
    return bytes;
  });
  expect(problem?.kind).toBe('malformed');
});
