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

const shownRows: readonly [raw: string, text: string][] = [
  ['<b>Acme</b> wins', 'Acme wins'],
  ['Acme<br>wins', 'Acme wins'],
  ['Ac<!-- x -->me wins', 'Acme wins'],
  ['AT&amp;T wins &#36;5', 'AT&T wins $5'],
  ['&lt;i&gt;Acme&lt;/i&gt; wins', 'Acme wins'],
  ['3 < 5 and 7 > 2', '3 < 5 and 7 > 2'],
  ['R&D; B&Q', 'R&D; B&Q'],
  ['\uff21\uff43\uff4d\uff45 \ufb01rst', 'Acme first'],
  ['Este\u0301e \u0141\u0336odz', 'Est\u00e9e \u0141odz'],
  ['A\u{e0041}c\ufe0fm\u2067e\u2069\u00ad \ud83d\ude80', 'Acme \ud83d\ude80'],
  ['Acme \ud83d wins \udc00', 'Acme wins'],
  ['twenty\u2011five', 'twenty-five'],
];
test.each(shownRows)('%j is shown as %j', (raw, text) => expect(matchingText(raw)).toBe(text));

test('words mixed of two alphabets that look alike are told, in the original', () => {
  const raw = '<b>Buy</b> \u0410pple, Mos\u0441ow, \u041c\u043e\u0441\u043a\u0432\u0430 and $\u041c\u0415\u0422\u0410 now';
  expect(readHeadline(raw).disguised.map(({ from, to }) => raw.slice(from, to))).toEqual([
    '\u0410pple',
    'Mos\u0441ow',
    '\u041c\u0415\u0422\u0410',
  ]);
  expect(readHeadline('Estée Lauder in Łódź').disguised).toEqual([]);
});

test('places in the original are in order, lie in it, and show the word once what is unseen is gone', () => {
  const piece = fc.oneof(
    fc.constantFrom('Acme', ' ', '<b>', '</b>', '&amp;', '&#8203;', '\u200b', 'U . S .', " 's", '5 . 9', '\ud800', '<!--x-->'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const raw = pieces.join('');
      const { words, original } = readHeadline(raw);
      let end = 0;
      for (const word of words) {
        const { from, to } = original(word.from, word.to);
        expect(from >= end && to > from && to <= raw.length).toBe(true);
        end = to;
        if (/^[A-Za-z]+$/.test(raw.slice(from, to))) expect(raw.slice(from, to)).toBe(word.text);
      }
    }),
    { numRuns: 1000 },
  );
});
