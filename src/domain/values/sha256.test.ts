import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '#domain/values/sha256';

const reference = (text: string): string => createHash('sha256').update(text).digest('hex');

test.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(1000), 'é – 漢字 🙂', '\ud800 alone'])(
  'the digest of %j is that of node:crypto',
  (text) => expect(sha256(text)).toBe(reference(text)),
);

test('and of any other text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sha256(text) === reference(text)));
});
