import type { Command } from 'commander';
import { periodsOption, rateOption } from '#main/commands/option-values';

/** What was made, and how sure that is. */
export function declareReports(program: Command): void {
  program
    .command('metrics')
    .description('performance of any series of returns or prices: ratios, drawdowns, tails, with intervals and conventions')
    .requiredOption('--returns <file>', 'CSV or CSV.gz with a date and a return (0.01 is 1 %), oldest first')
    .option('--prices', 'the files hold prices: Adj Close, else Close; returns are made of them', false)
    .option('--percent', 'the files hold returns in percent (1 is 1 %)', false)
    .option('--column <name>', 'the column that holds them; needed when it has no usual name')
    .option('--short <file>', 'half of the capital long --returns and half short this, evened out each period')
    .option('--benchmark <file>', 'another series of the same dates: alpha, beta, and whether the Sharpe ratios differ')
    .option('--benchmark-column <name>', 'its column (default: as --column)')
    .option('--risk-free <rate>', 'a year, such as 0.04 for 4 %; divided by --periods and taken off each return', rateOption, 0)
    .option('--periods <count>', 'returns in a year: 252 trading days, 52 weeks, 12 months', periodsOption, 252)
    .option('--json', 'one JSON object instead of the table, with all digits', false)
    .addHelpText(
      'after',
      `
Column names may be in any case and order; a file of a date and a number needs no header. Dates are written with the year
first and come oldest first, each once. Every figure is of the whole series; docs/reference/metrics.md has the formulas.

Examples:
  catalyst metrics --returns strategy.csv --risk-free 0.04
  catalyst metrics --returns IGE.csv --prices --short SPY.csv
  catalyst metrics --returns strategy.csv.gz --benchmark factors.csv --benchmark-column market --json`,
    )
    .action(async (options) => (await import('#main/commands/metrics')).metricsCommand(options));
}
