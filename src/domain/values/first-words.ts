/** Cut far behind what is shown before anything else is done, since a text from outside may be of any length. */
const READ_MAX = 2_000;

/** What may be repeated of a text from outside: its beginning, on one line. Keys have to be taken out before. */
export const firstWords = (text: string, max: number): string =>
  text
    .slice(0, READ_MAX)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, max);
