import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableJson } from '#main/commands/printable';

const rows: readonly (readonly [text: string, shown: string])[] = [
  ['Acme \u001b[31mrises', 'Acme \\u001b[31mrises'],
  ['a\u202eb\u200bc\u0007', 'a\\u202eb\\u200bc\\u0007'],
  ['one\ntwo\r\u2028', 'one\\u000atwo\\u000d\\u2028'],
  ['\u{e0041}', '\\udb40\\udc41'],
  ['\ud800', '\\ud800'],
  ['Zoë 株 😀 50 €', 'Zoë 株 😀 50 €'],
];
for (const [text, shown] of rows) test(`${JSON.stringify(text)} is shown as ${shown}`, () => expect(printable(text)).toBe(shown));

test('JSON says the same after it was made printable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(printableJson({ text }))).toEqual({ text });
    }),
  );
});
