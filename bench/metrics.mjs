// Our measures of published series beside those of empyrical and scipy, and their differences, as Markdown.
//   npm run build && node bench/metrics.mjs --python <python with empyrical-reloaded, see bench/oracles/metrics.py>
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { comparisonWith, measuresOf } from '../dist/main/metrics/measures.js';
import { readSeries } from '../dist/main/metrics/read-series.js';
import { machine } from './machine.mjs';
import { hasMetricSeries, metricSeries } from './reference.mjs';
import { line } from './results.mjs';

const at = process.argv.indexOf('--python');
const python = at < 0 ? 'python3' : process.argv[at + 1];
if (!hasMetricSeries) {
  console.error('The series are missing: set CATALYST_REFERENCE to the folder of the reference data.');
  process.exit(3);
}

async function read(path, options = {}) {
  const found = await readSeries({ path, kind: 'returns', column: undefined, percent: false, ...options });
  if (!found.ok) throw new Error(JSON.stringify(found.problem));
  return found.value.returns;
}

const percent = { percent: true };
const prices = { kind: 'prices' };
const series = [
  { name: 'pyfolio/test_returns.csv.gz', returns: await read(metricSeries.long), benchmark: null },
  {
    name: 'pyfolio/returns.csv beside materials of factor_returns.csv, in percent',
    returns: await read(metricSeries.short, percent),
    benchmark: await read(metricSeries.factors, { ...percent, column: 'materials' }),
  },
  {
    name: 'sharpe: IGE beside SPY',
    returns: await read(metricSeries.ige, prices),
    benchmark: await read(metricSeries.spy, prices),
    riskFree: 0.04,
  },
].map((one) => ({ riskFree: 0, periods: 252, ...one }));

const asked = spawnSync(python, [fileURLToPath(new URL('oracles/metrics.py', import.meta.url))], {
  input: JSON.stringify(series),
  encoding: 'utf8',
});
if (asked.status !== 0) throw new Error(`metrics.py: ${asked.stderr}`);
const theirs = JSON.parse(asked.stdout);

/** Where a convention differs, what is theirs of what is ours; docs/reference/metrics.md says why. */
const theirConvention = {
  maxDrawdown: (value) => -value,
  valueAtRisk: (value) => -value,
  expectedShortfall: (value) => -value,
  kurtosis: (value) => value - 3,
};

/** Our figures under their names. */
function oursOf({ returns, benchmark, riskFree, periods }) {
  const annual = { periodsAYear: periods, riskFree };
  const measures = measuresOf(returns, annual);
  const beside = benchmark === null ? {} : comparisonWith(returns, benchmark, annual);
  const value = (one) => (one === undefined ? undefined : one.value);
  return {
    ...Object.fromEntries(Object.entries(measures).map(([name, one]) => [name, value(one ?? {})])),
    maxDrawdown: measures.deepestDrawdown?.depth ?? 0,
    alpha: value(beside.alpha),
    beta: value(beside.beta),
  };
}

const digits = (value) => value.toPrecision(12);
let worst = 0;
const rows = series.flatMap((one, place) => {
  const ours = oursOf(one);
  return Object.entries(theirs.answers[place])
    .map(([name, answer]) => {
      const same = theirConvention[name]?.(ours[name]) ?? ours[name];
      const difference = Math.abs(same - answer) / Math.abs(answer);
      worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
      return line([name, digits(ours[name]), digits(answer), difference === 0 ? 'none' : difference.toExponential(1)]);
    })
    .map((row, at) =>
      at > 0 ? row : `${line([`**${one.name}**, n ${one.returns.length}, risk-free ${one.riskFree}`, '', '', ''])}\n${row}`,
    );
});
const made = `Made by \`node bench/metrics.mjs\` on ${new Date().toISOString().slice(0, 10)}, ${machine()}; ${theirs.with.join(', ')}. `;
console.log(`## Measures of returns, ours beside those of empyrical and scipy

${made}Largest relative difference ${worst.toExponential(1)}; theirs of falls and losses are negative, and their kurtosis is 3 less.

${line(['measure', 'ours', 'theirs', 'relative difference'])}
${line(['---', '---:', '---:', '---:'])}
${rows.join('\n')}`);
process.exitCode = worst < 1e-9 ? 0 : 1;
