import { type Command, Option } from 'commander';
import { minuteBars } from '#main/command-line/shared-options';
import { countOption, dateOption, several } from '#main/commands/option-values';

/** What bars, patterns, levels and words say, outside of any run. */
export function declareStudies(program: Command): void {
  program
    .command('indicators')
    .description('indicators of any file of bars, written as columns beside them')
    .option('--in <file>', 'bars: CSV, CSV.gz or Parquet with a time and those of open, high, low, close, volume that are needed')
    .option('--calc <names>', 'what to calculate, such as rsi:14,macd:12/26/9; parameters may be left out')
    .option('--out <file>', 'where to write the CSV, gzipped when it ends in .gz (default: standard output)')
    .option('--actions <file>', 'adjust prices and volumes before calculating: splits (symbol,date,kind,ratio), or a file of factors')
    .option('--symbol <name>', 'only the bars of this symbol; in a file without symbols, the name for --actions')
    .addOption(
      new Option('--session <rule>', 'what anchors vwap, vwapbands and profile (default: us where times are in UTC, else day)').choices([
        'us',
        'day',
      ]),
    )
    .option('--list', 'every name with its parameters, standard values, warm-up and source', false)
    .addHelpText(
      'after',
      `
Every line of the file is written as it was, then the values: empty while a calculation warms up. A file may hold many
symbols, each a series of its own; each must come oldest first. Column names may be in any case and order; times may be
dates, dates with a clock, with AM or PM, with a zone, or epoch seconds.

--actions adjusts what is calculated, never the columns of the file: a bar on or before the date of a row of factors counts
price x price_factor x split_factor and volume / split_factor; before a split of ratio 7, price / 7 and volume x 7. Adjusted
prices are rounded to six digits more than the file has.

Examples:
  catalyst indicators --in SPY.csv --calc rsi:14,macd:12/26/9,bollinger
  catalyst indicators --in minutes.csv.gz --calc vwap,vwapbands:2 --symbol AAPL --out aapl.csv.gz
  catalyst indicators --in AAPL.csv.gz --calc atr:14/sma,adx --actions factors.csv --out adjusted.csv
  catalyst indicators --list`,
    )
    .action(async (options) => (await import('#main/commands/indicators')).indicatorsCommand(options));

  const study = program.command('study').description('what past sessions say of what the services look at, with its uncertainty');

  study
    .command('patterns')
    .description('what became of each chart pattern and candlestick, beside entries by lot at the same instants')
    .requiredOption('--data <path>', 'a store, a folder or a file of minute bars; may be given several times', several)
    .option('--from <date>', 'first session; those before it are not read, and the first five read only teach', dateOption)
    .option('--to <date>', 'last session', dateOption)
    .option('--seed <number>', 'which names are drawn by lot and which sessions are drawn again', countOption, 1)
    .option('--out <file>', 'write the record there, in place of what it held')
    .option('--pictures <dir>', "draw each pattern's surest sighting there, as SVG")
    .addHelpText(
      'after',
      '\nExample:\n  catalyst study patterns --data bars/2018 --data bars/2026 --out pattern-record.md --pictures pictures',
    )
    .action(async (options) => (await import('#main/commands/study')).studyPatternsCommand(options));

  study
    .command('levels')
    .description('whether levels of support and resistance hold more often than random ones, by source')
    .requiredOption(...minuteBars)
    .option('--from <date>', 'first session; those before it are not read', dateOption)
    .option('--to <date>', 'last session', dateOption)
    .option('--seed <number>', 'where the random levels lie and which sessions are drawn again', countOption, 1)
    .option('--out <file>', 'a file to which the table is appended')
    .addHelpText('after', '\nExample:\n  catalyst study levels --data bars/2018 --from 2018-02-16 --to 2018-04-30')
    .action(async (options) => (await import('#main/commands/study')).studyLevelsCommand(options));

  program
    .command('sentiment')
    .description('how good or bad headlines are, by rules of our own, with the words that said so')
    .argument('[text...]', 'headlines or sentences')
    .option('--in <file>', 'a CSV or CSV.gz with a column text, headline, sentence or title; any other file has one text a line')
    .option('--out <file>', 'write there: CSV, or with --json one object a line')
    .option('--json', 'one JSON object a text', false)
    .option('--finbert <dir>', 'ask a model in this folder instead of the rules; needs @huggingface/transformers')
    .addHelpText('after', "\nExample:\n  catalyst sentiment 'Acme beats estimates but cuts dividend'")
    .action(async (texts, options) => (await import('#main/commands/sentiment')).sentimentCommand(texts, options));
}
