import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticker } from '#domain/values/symbol';

const root = fc.stringMatching(/^[A-Z]{1,5}$/);
const shareClass = fc.stringMatching(/^[A-Z]{1,3}$/);
const mark = fc.constantFrom('.', '-', '/', ' ');

test('D11: a class of shares has one name, whichever mark a vendor puts before it', () => {
  fc.assert(
    fc.property(root, shareClass, mark, (name, of, between) => {
      expect(ticker(`${name}${between}${of}`)).toBe(`${name}.${of}`);
    }),
  );
});

test('D11: two names are one only when root and class are the same', () => {
  fc.assert(
    fc.property(root, shareClass, mark, root, shareClass, mark, (name, of, between, otherName, otherOf, otherBetween) => {
      const isSame = name === otherName && of === otherOf;
      expect(ticker(name + between + of) === ticker(otherName + otherBetween + otherOf)).toBe(isSame);
    }),
  );
});

test('D11: the one name is left as it is, and so is what is no class of shares', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(ticker(ticker(text))).toBe(ticker(text));
    }),
  );
  for (const text of ['AAPL', 'BRK.B', '0670', '670', 'S-1-2', 'N0', '']) expect(ticker(text)).toBe(text);
});
