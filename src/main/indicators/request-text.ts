import { candlesticks } from '#domain/candlesticks/candlesticks';
import { catalogue } from '#domain/indicators/catalogue';
import { type RequestProblem, usageOf } from '#domain/indicators/requested';

/** What was not understood, with what would have been. */
export function requestProblemText(problem: RequestProblem): string {
  switch (problem.kind) {
    case 'unknown_calculation':
      return `"${problem.text}" is no calculation; there are: ${catalogue.map(usageOf).join(', ')}, cdl:PATTERN. --list tells more.`;
    case 'unknown_candlestick':
      return `"${problem.text}" is no candlestick; there are: ${problem.known.join(', ')}.`;
    case 'bad_parameters':
      return `"${problem.text}" cannot be calculated; expected it like ${problem.expected}, ${limitsOf(problem.expected)}.`;
    default:
      return `"${problem.text}" is asked for twice.`;
  }
}

const limits = {
  bars: 'numbers of bars whole and from 1 to 100000',
  factor: 'the factor above 0, up to 1000 and with at most six decimals',
} as const;

/** What holds of the parameters that the calculation has. */
function limitsOf(usage: string): string {
  const calculation = catalogue.find((one) => usageOf(one) === usage);
  const kinds = new Set(calculation?.parameters.map(({ kind }) => kind));
  const order = calculation?.name === 'macd' ? ['the first shorter than the second'] : [];
  return [...[...kinds].map((kind) => limits[kind]), ...order].join(', ') || 'without numbers';
}

/** Every name with its parameters, standard values, warm-up and source. */
export function catalogueLines(): readonly string[] {
  const blocks = catalogue.flatMap(({ name, about, parameters, outputs, variants, convention, source, ...one }) => {
    const values = parameters.map(({ standard }) => standard);
    const named = parameters.map((parameter) => `${parameter.name} ${parameter.standard}`).join(', ');
    const more = outputs.filter(({ suffix }) => suffix !== '').map(({ suffix }) => `_${suffix}`);
    return [
      `${usageOf({ name, parameters, variants } as (typeof catalogue)[number])}`,
      `    ${about}`,
      ...(named === '' ? [] : [`    parameters: ${named}`]),
      ...Object.entries(variants).map(([variant, what]) => `    ${variant}: ${what}`),
      ...(more.length === 0 ? [] : [`    further columns: ${more.join(', ')}`]),
      `    warm-up: ${convention} (here bar ${one.warmUp(values, null)})`,
      `    source: ${source}`,
    ];
  });
  const patterns = [...candlesticks.values()].map(({ name, lookback }) => `${name} (bar ${lookback + 1})`);
  const about = '    candlesticks as TA-Lib names them; 0, or ±80, ±100, ±200; in brackets the first bar';
  return [...blocks, 'cdl:PATTERN', about, `    ${patterns.join(', ')}`];
}
