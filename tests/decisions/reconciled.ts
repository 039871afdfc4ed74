import type { Entry } from '#domain/events/event';
import { decodeEntries } from '#engine/journal/reader';
import { readDecisions } from '#main/decisions/read-decisions';

/** What the decisions of a journal say that was made, and what its fills do, in 1e-4; and how many trades that is. */
export type Reconciled = { readonly decided: number; readonly filled: number; readonly trades: number };

/** Sums the roads of the entries that were made, and beside them cash in and out as the fills alone tell it. */
export function reconciled(journal: string): Reconciled {
  let [decided, filled, trades] = [0, 0, 0];
  const decisions = readDecisions(journal);
  for (let step = decisions.next(); !step.done; step = decisions.next()) {
    const { kind, chosen, roads } = step.value.record;
    const taken = kind === 'entry' && chosen === 'enter' ? roads.find(({ choice }) => choice === chosen) : undefined;
    if (taken === undefined) continue;
    if (taken.outcome === null) throw new Error('a trade of a journal that is whole has an end');
    decided += taken.outcome.pnl;
    if (taken.outcome.filled > 0) trades++;
  }
  const entries = decodeEntries(journal);
  for (let step = entries.next(); !step.done; step = entries.next()) filled += cashOf(step.value);
  return { decided, filled, trades };
}

function cashOf({ event }: Entry): number {
  if (event.kind !== 'order_filled') return 0;
  const { side, shares, price, fees } = event;
  return (side === 'sell' ? shares * price : -shares * price) - fees;
}
