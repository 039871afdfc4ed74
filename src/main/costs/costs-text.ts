import type { CostLine, CostProblem, MonthCosts } from '#domain/costs/month-costs';
import { type PicoDollars, pico, roundedE4 } from '#domain/costs/pico-dollars';
import { formatE4 } from '#domain/values/decimal';

export function costProblemText(problem: CostProblem, file: string): string {
  switch (problem.kind) {
    case 'no_model_price':
      return `no price of ${problem.provider} ${problem.model} holds on ${problem.date}: add it to models in ${file}`;
    case 'no_call_price':
      return `no price of a call of ${problem.vendor} ${problem.endpoint} holds on ${problem.date}: add it to calls in ${file}, with "each: 0" when it costs nothing`;
    case 'no_phase':
      return `no phase holds on ${problem.date}: add it to phases in ${file}`;
  }
}

/** Whether more is spent than agreed on, or will be by the month's end. */
export const isOver = ({ spent, projected, budget }: MonthCosts): boolean => spent > budget || projected > budget;

const dollars = (amount: PicoDollars): string => formatE4(roundedE4(amount));

const kindWords: Readonly<Record<CostLine['kind'], string>> = {
  fixed: 'every month',
  model_tokens: 'model tokens',
  data_calls: 'data calls',
};

/** What is told where nothing was counted. */
const noModels = 'Models: no call was counted. This version of catalyst makes none.';

export function costsText(costs: MonthCosts): readonly string[] {
  const { month, phase, budget, passed, lines, spent, projected } = costs;
  const rows = lines.map((line) => [
    line.name,
    kindWords[line.kind],
    line.count === null ? '' : String(line.count),
    '',
    dollars(line.spent),
    dollars(line.projected),
    '',
  ]);
  const head = ['line', 'kind', 'count', 'budget', 'spent', 'at month end', ''];
  const total = ['all of it', '', '', dollars(budget), dollars(spent), dollars(projected), verdict(costs)];
  return [
    `${month}, phase ${phase}, in dollars; ${((100 * passed.ms) / passed.of).toFixed(1)} % of the month has passed`,
    '',
    ...aligned([head, ...rows, total]),
    '',
    'At month end: in a straight line; what is paid every month is counted by the day.',
    ...(lines.some(({ kind }) => kind === 'model_tokens') ? [] : [noModels]),
  ];
}

function verdict({ spent, projected, budget }: MonthCosts): string {
  const [now, then] = [spent - budget, projected - budget];
  if (now > 0n) return `OVER by ${dollars(pico(now))}`;
  return then > 0n ? `OVER at month end by ${dollars(pico(then))}` : `under by ${dollars(pico(-then))}`;
}

/** Names to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 || column === row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The same for machines; amounts are decimal texts, rounded to 1e-4. */
export function costsFacts(costs: MonthCosts): Readonly<Record<string, unknown>> {
  const { month, phase, budget, passed, lines, spent, projected } = costs;
  return {
    month,
    phase,
    budget: dollars(budget),
    spent: dollars(spent),
    projected: dollars(projected),
    isOver: isOver(costs),
    passed: passed.ms / passed.of,
    projection: 'straight line',
    modelCalls: lines.some(({ kind }) => kind === 'model_tokens'),
    lines: lines.map((line) => ({ ...line, spent: dollars(line.spent), projected: dollars(line.projected) })),
  };
}
