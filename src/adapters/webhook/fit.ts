/** The first UTF-16 units, at most so many, cut between characters: half of a pair would be no character at all. */
export function beginningOf(text: string, max: number): string {
  const cut = text.slice(0, max);
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The same, with a sign that something is missing. */
export const fitting = (text: string, max: number): string => (text.length <= max ? text : `${beginningOf(text, max - 1)}…`);
