import { isLoser, type Position } from '#domain/portfolio/book';
import type { SizedIntent } from '#domain/risk/approval';
import type { Choice, Option } from '#domain/session/question';
import { type Cash, cash } from '#domain/values/cash';

/** Where a position's bracket stands, in 1e-4; null for a leg that nobody has told of. */
export type Bracket = { readonly stop: number | null; readonly target: number | null };

/** A position with its bracket. */
export type Held = { readonly position: Position; readonly bracket: Bracket };

const nothing = (choice: Choice): Option => ({ choice, cash: cash(0), risk: cash(0), atStop: cash(0), atTarget: cash(0) });

/** To enter or not, before fees. */
export const entryOptions = ({ shares, limit, target, risk }: SizedIntent): readonly Option[] => [
  { choice: 'enter', cash: cash(shares * limit), risk, atStop: cash(-risk), atTarget: cash((target - limit) * shares) },
  nothing('decline'),
];

/** What a position has made at its mark, before fees. */
const madeBy = ({ shares, mark, cost }: Position): number => shares * mark - cost;

/** To hold everything, to close what stands below its cost, or to close all: at the marks, before fees. */
export const lossOptions = (held: readonly Held[]): readonly Option[] => [
  optionOf('hold', held, []),
  optionOf(
    'close_losers',
    held.filter(({ position }) => !isLoser(position)),
    held.filter(({ position }) => isLoser(position)),
  ),
  optionOf('close_all', [], held),
];

/** To close one position or to keep it. */
export const timeStopOptions = (held: Held): readonly Option[] => [optionOf('close', [], [held]), optionOf('keep', [held], [])];

function optionOf(choice: Choice, kept: readonly Held[], closed: readonly Held[]): Option {
  const made = sum(closed.map(({ position }) => madeBy(position)));
  return {
    choice,
    cash: minus(sum(closed.map(({ position: { shares, mark } }) => shares * mark))),
    risk: minus(sum(closed.map(atRisk))),
    atStop: plus(
      made,
      kept.map(({ position, bracket }) => madeAt(position, bracket.stop)),
    ),
    atTarget: plus(
      made,
      kept.map(({ position, bracket }) => madeAt(position, bracket.target)),
    ),
  };
}

/** What is lost from the mark down to the stop; without a stop all of it can be. */
const atRisk = ({ position: { shares, mark }, bracket: { stop } }: Held): number => Math.max(0, shares * (mark - (stop ?? 0)));

const madeAt = ({ shares, cost }: Position, price: number | null): number | null => (price === null ? null : shares * price - cost);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Without a −0, which no journal holds. */
const minus = (amount: number): Cash => cash(0 - amount);

/** One that is not known makes the whole unknown. */
function plus(made: number, others: readonly (number | null)[]): Cash | null {
  let total = made;
  for (const other of others) {
    if (other === null) return null;
    total += other;
  }
  return cash(total);
}
