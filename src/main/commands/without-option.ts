import { InvalidArgumentError } from 'commander';
import type { Projection } from '#main/record/tables';

/** What may be left out, as people call it. */
const names: Readonly<Record<string, Projection>> = { bars: 'market', decisions: 'decisions' };

/** "bars", "decisions", or both with a comma between them. */
export function without(text: string): readonly Projection[] {
  return text.split(',').map((word) => {
    const found = names[word.trim()];
    if (found === undefined) throw new InvalidArgumentError('there are: bars, decisions');
    return found;
  });
}
