import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Road } from '#domain/decisions/judgement';
import type { Example } from '#main/dataset/dataset-columns';
import { readDecisions } from '#main/decisions/read-decisions';

/** The examples of a journal, and the entries that gave none: never filled, or without a known end. */
export type Examples = { readonly examples: readonly Example[]; readonly unfilled: number; readonly unresolved: number };

/** One example a trade; with `refused`, also one for each entry that was not made, traded by its shadow. */
export function readExamples(directory: string, { run, refused }: { readonly run: string; readonly refused: boolean }): Examples {
  const examples: Example[] = [];
  let unfilled = 0;
  let unresolved = 0;
  const decisions = readDecisions(directory);
  for (let step = decisions.next(); !step.done; step = decisions.next()) {
    const { record, symbols } = step.value;
    const road = entering(record);
    if (road === undefined || record.symbol === null || (record.chosen !== 'enter' && !refused)) continue;
    if (road.outcome === null) unresolved++;
    else if (road.outcome.filled === 0) unfilled++;
    else examples.push({ record, road, symbol: symbols.nameOf(record.symbol), run });
  }
  return { examples, unfilled, unresolved };
}

const entering = ({ kind, roads }: DecisionRecord): Road | undefined =>
  kind === 'entry' || kind === 'candidate' ? roads.find(({ choice }) => choice === 'enter') : undefined;
