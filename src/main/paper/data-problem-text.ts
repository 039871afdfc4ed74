import type { DataProblem } from '#engine/ports/market-data';

/** A sentence of what went wrong with the market's data, and what helps. */
export function dataProblemText(problem: DataProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `no answer (${problem.why.replaceAll('_', ' ')}); look at the network and try again`;
    case 'refused':
      return `refused with status ${problem.status}: "${problem.said}"; look at the keys and at what the data plan allows`;
    case 'rate_limited':
      return `too many questions; wait ${Math.ceil(problem.waitMs / 1000)} seconds`;
    case 'unreadable':
      return `the answer has another shape than documented (${problem.field})`;
    case 'endless_pages':
      return `its pages do not end: nothing new after ${problem.pages}`;
    case 'stopped':
      return 'stopped';
  }
}
