import { expect, test } from 'vitest';
import { ByteReader } from '#engine/journal/codec/byte-reader';
import { ByteWriter } from '#engine/journal/codec/byte-writer';

test.each<readonly [what: string, text: string]>([
  ['nothing', ''],
  ['a letter beyond ASCII', 'é'],
  ['the last of ASCII and the first beyond', '\u007f\u0080'],
  ['the longest that a loop writes', 'x'.repeat(32)],
  ['longer', 'x'.repeat(33)],
  ['longer than one byte of length allows', 'x'.repeat(64)],
  ['a late letter beyond ASCII', `${'x'.repeat(31)}ü`],
  ['half of a pair', 'a\ud83d'],
])('a text comes back as it was, and only it: %s', (_, text) => {
  const out = new ByteWriter(1);
  out.byte(7);
  out.text(text);
  out.byte(9);
  const from = new ByteReader(out.bytes.subarray(0, out.at));
  expect([from.byte(), from.text(), from.byte(), from.remaining, from.failure]).toEqual([7, text, 9, 0, null]);
});
