import { type Command, Option } from 'commander';
import { dimensions, periodKinds } from '#domain/performance/breakdown';
import { targetStages } from '#domain/performance/stage-targets';
import { journal } from '#main/command-line/shared-options';
import { dateOption, periodsOption, rateOption } from '#main/commands/option-values';
import { stageOption } from '#main/commands/stage-option';

/** What a record, or any series of returns, came to; and how sure that is. */
export function declareReports(program: Command): void {
  program
    .command('report')
    .description('what a journal came to: by period and group, against the targets of a stage, with every trade behind it')
    .option(...journal)
    .addOption(
      new Option('--database [dir]', 'out of the database instead, as for: catalyst db project (default dir: as there)').conflicts(
        'journal',
      ),
    )
    .option('--name <database>', 'which database on it', 'catalyst_production')
    .option('--as <name>', "the journal's name in the record; needed when there are several")
    .addOption(new Option('--period <period>', 'what a row of the first table is').choices(periodKinds).default('month'))
    .option('--from <date>', 'first session', dateOption)
    .option('--to <date>', 'last session', dateOption)
    .addOption(new Option('--by <group...>', 'only these groups').choices(dimensions))
    .addOption(
      new Option('--stage <stage>', `whose targets it is held against: ${targetStages.join(', ')}`).argParser(stageOption).default(1),
    )
    .option('--trade <id>', 'one trade with its plan, headline, fills and notes, instead of the report')
    .option('--json', 'one JSON document, with the trades behind every number', false)
    .option('--csv <file>', 'write the trades there, one row each')
    .option('--html <file>', 'write the report there as one file with charts and a page for each trade; it prints to PDF')
    .option(
      '--reconcile',
      "hold the journal's fills and cash against the broker's activities instead; the keys come from the environment",
      false,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  catalyst report --journal journals/march --period week --by pattern --by hour\n  catalyst report --journal journals/march --html march.html\n  catalyst report --database --as march --period week',
    )
    .action(async (options) => (await import('#main/commands/report')).reportCommand(options));

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
