import type { SectorsProblem } from '#adapters/files/sectors-file';
import { unreachable } from '#domain/values/assert';
import { barProblemText } from '#main/bars/bar-problem';
import type { PlanProblem } from '#main/day/session-plan';

/** Why a list of sectors cannot be used. */
export const sectorsProblemText = (problem: SectorsProblem): string =>
  problem.kind === 'bad_sector'
    ? `${problem.path}:${problem.line} names no symbol with its sector, or one for the second time: "${problem.found}"`
    : barProblemText(problem);

/** Why a range cannot be run, in a sentence that says what to do. */
export function planProblemText(problem: PlanProblem): string {
  switch (problem.kind) {
    case 'no_sessions':
      return problem.available.length === 0
        ? `no sessions from ${problem.from} to ${problem.to} lie there`
        : `no session between ${problem.from} and ${problem.to} lies there; there are ${problem.available[0]} to ${problem.available.at(-1)}`;
    case 'date_not_covered':
      return `the calendar knows ${problem.from} to ${problem.to}, not ${problem.date}`;
    case 'market_closed':
      return `the market was closed on ${problem.date} (${problem.reason})`;
    case 'no_rule':
      return `no rule "${problem.rule}" is known for ${problem.date}, and none is guessed: choose later sessions`;
    default:
      return unreachable(problem);
  }
}
