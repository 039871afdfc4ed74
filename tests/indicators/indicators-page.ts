import { catalogue } from '#domain/indicators/catalogue';
import { usageOf } from '#domain/indicators/requested';
import { notOurs, type Oracle } from './oracle-table.js';

export const PAGE = 'docs/reference/indicators.md';

/** An oracle with how near it was: rows that were compared, the largest relative error, the first row that was outside. */
export type Compared = { readonly oracle: Oracle; readonly rows: number; readonly worst: number; readonly outside: string };

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

export function catalogueMarkdown(): string {
  const lines = catalogue.map((one) => {
    const { about, parameters, outputs, variants, convention, source } = one;
    const names = parameters.map(({ name }) => name).join(', ');
    const more = outputs.flatMap(({ suffix }) => (suffix === '' ? [] : [`\`_${suffix}\``]));
    const others = Object.entries(variants).map(([variant, what]) => `\`${variant}\`: ${what}`);
    return row(`\`${usageOf({ ...one, variants: {} })}\``, [about, ...others].join('; '), names, more.join(' '), convention, source);
  });
  const head = row('Name and standard values', 'What it is', 'Parameters', 'Further columns', 'Warm-up', 'Source');
  return [head, row('---', '---', '---', '---', '---', '---'), ...lines].join('\n');
}

export function oracleMarkdown(results: readonly Compared[]): string {
  const lines = results.map(({ oracle, rows, worst }) => {
    const { file, column, calc, ours, from, open, single, because } = oracle;
    const verdict = open !== undefined || single ? 'equal within its precision' : from !== undefined ? 'equal once begun' : 'equal';
    const what = ours === undefined ? `\`${calc}\`` : `\`${calc}\` (\`${ours}\`)`;
    const error = worst < 1e-12 ? 'below 1e-12' : worst.toExponential(0);
    const when = from === undefined ? '' : ` from row ${from} on`;
    return row(
      `\`${file}\``,
      column,
      what,
      String(rows),
      error,
      because === undefined ? `${verdict}${when}` : `${verdict}${when}: ${because}`,
    );
  });
  const head = row('File', 'Column', 'Calculation', 'Rows', 'Largest relative error', 'Verdict');
  const others = notOurs.map(([file, column, why]) => row(`\`${file}\``, column, why));
  return [
    [head, row('---', '---', '---', '---', '---', '---'), ...lines].join('\n'),
    'Columns beside them that are not compared:',
    [row('File', 'Column', 'Why'), row('---', '---', '---'), ...others].join('\n'),
  ].join('\n\n');
}

export const indicatorsPage = (calculations: string, comparison: string): string => `# Indicators

\`catalyst indicators --in FILE --calc NAMES\` writes these beside the bars of any file; services calculate them with the same
kernels, \`src/domain/indicators\`. This page is made by \`tests/indicators/oracles.test.ts\` (\`CATALYST_WRITE_DOCS=1\` writes it anew).

## Calculations

Asked for by name and parameters, \`macd:12/26/9\`; parameters that are left out take the standard values here; a word at the end
asks for another convention, \`atr:14/sma\`. Bars are counted from 1. Until its first bar a value is empty.

${calculations}

\`cdl:PATTERN\` gives the candlestick patterns of TA-Lib, \`cdl:hammer\`, with its signed answers.

## Numbers

A file is read twice: first for the unit, the finest power of ten that its prices need, then for the values. Prices and
volumes are whole numbers of that unit, so sums of them are exact; what would go beyond 2^53 is refused, and digits finer than
what fits are rounded with a note. Values are printed with as many digits as give the same float again.

\`--actions\` adjusts before calculating: up to and including the date of a factor, a price counts times \`price_factor\` ×
\`split_factor\` and a volume divided by \`split_factor\`; before a dated split of ratio 7, price / 7 and volume × 7. The columns of
the file stay as they are. Adjusted prices are rounded to six digits more than the file has, fewer when they would not fit.

A session, for \`vwap\`, \`vwapbands\` and \`profile\`, is the regular hours of the US exchanges where times are in UTC, and each date
where they are not; \`--session\` says it otherwise. Outside of regular hours nothing is added, and the last value stands.

## What others computed

Each answer lies within the larger of 1e-9 of itself and half a unit of the last digit that the other tool printed, or the
verdict says why not.

${comparison}
`;
