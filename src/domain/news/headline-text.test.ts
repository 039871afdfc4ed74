import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchingText, readHeadline } from '#domain/news/headline-text';

const rows: readonly [raw: string, compared: string][] = [
  ['U . S . stocks jump', 'US stocks jump'],
  ['Bids for U.S. Steel', 'Bids for US Steel'],
  ['J . D . Power and LMC', 'JD Power and LMC'],
  ["GM 's plant", "GM's plant"],
  ['Lowe\u2019s is an underdog', "Lowe's is an underdog"],
  ['USD 5 . 9 billion , 4 , 419 cars', 'USD 5.9 billion , 4,419 cars'],
  ['App\u200ble \u202ebuys\u202c \u0000Beats\u0007', 'Apple buys Beats'],
  ['Ford\tto\r\nhire', 'Ford to hire'],
  ['  AT&T  wins ', 'AT&T wins'],
  ['Plan A. It works', 'Plan A. It works'],
];
for (const [raw, compared] of rows)
  test(`${JSON.stringify(raw)} is compared as ${JSON.stringify(compared)}`, () => expect(matchingText(raw)).toBe(compared));

const styles: readonly [text: string, style: string][] = [
  ['Best Buy cuts ties with Huawei', 'sentence'],
  ['Is This Stock the Best Buy Now', 'title'],
  ['TARGET PRICES GO UP AND UP', 'upper'],
  ['Boeing loses case against Denmark over fighter jet deal', 'sentence'],
];
for (const [text, style] of styles) test(`"${text}" is written in ${style} style`, () => expect(readHeadline(text).style).toBe(style));

test('the words of any text lie in it one after the other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      const { text, words } = readHeadline(raw);
      let end = 0;
      for (const word of words) {
        expect(word.from).toBeGreaterThanOrEqual(end);
        expect(text.slice(word.from, word.to)).toBe(word.text);
        end = word.to;
      }
      expect(/[\p{Cc}\p{Cf}]/u.test(text)).toBe(false);
    }),
  );
});
