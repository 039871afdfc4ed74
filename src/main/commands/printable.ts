/** Controls, bidirectional and zero-width characters, lone surrogates, and lines that would end the line of the output. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** By its UTF-16 units, as JSON writes them. */
const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A text from outside as a terminal may see it: what would steer the terminal or hide stands as its number. */
export const printable = (text: string): string => text.replace(unprintable, escaped);

/** JSON that a terminal may see; what is read back from it is the same. */
export const printableJson = (value: unknown): string => printable(JSON.stringify(value));
