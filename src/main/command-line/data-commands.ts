import type { Command } from 'commander';
import { barLabel, weights } from '#main/command-line/shared-options';
import { countOption, dateOption, newsSourcesOption, symbolsOption } from '#main/commands/option-values';

/** Bars and headlines: brought in, kept, looked through. */
export function declareData(program: Command): void {
  const data = program.command('data').description('bars of minutes or days: bring them into a store, see and check what is there');
  const store = ['--store <dir>', 'the folder of the store'] as const;

  data
    .command('import')
    .description('bring files of bars into a store; the store stays as it was until everything is written')
    .argument('<path...>', 'files or folders: CSV, CSV.gz or Parquet, minute or daily')
    .requiredOption(...store)
    .addOption(barLabel())
    .option('--replace', 'put new sessions in the place of those that the store has', false)
    .option('--actions <file>', 'splits: symbol,date,kind,ratio, or a file of factors')
    .option('--json', 'the quality report as a JSON object', false)
    .addHelpText(
      'after',
      `
Layout: symbol,timestamp_utc,open,high,low,close,volume (minutes, start of the bar) or symbol,date,open,high,low,close,volume.
Example:
  catalyst data import bars/2018 --store stores/us-2018`,
    )
    .action(async (paths, options) => (await import('#main/commands/data')).importCommand(paths, options));

  data
    .command('list')
    .description('which sessions, symbols and splits a store holds')
    .requiredOption(...store)
    .option('--json', 'as a JSON object', false)
    .action(async (options) => (await import('#main/commands/data')).listCommand(options));

  data
    .command('check')
    .description('read a store again and compare it with what was written')
    .requiredOption(...store)
    .option('--json', 'as a JSON object', false)
    .action(async (options) => (await import('#main/commands/data')).checkCommand(options));

  const news = program.command('news').description('headlines from vendors into a file that day --news reads');
  const newsOptions = (command: Command): Command =>
    command
      .requiredOption('--out <file>', 'the CSV file; what it holds is kept, and never written twice')
      .option('--source <names>', 'some of alpaca,benzinga,newsapi,edgar (default: all that are on)', newsSourcesOption)
      .option('--from <date>', 'first day (default: where the last run ended)', dateOption)
      .option('--symbols <list>', 'only these, such as AAPL,BRK.B', symbolsOption)
      .option('--query <words>', 'what newsapi is asked for')
      .option('--ciks <file>', 'which companies edgar is asked for: company_tickers.json of the SEC (default: CATALYST_SEC_CIKS)')
      .option('--state <file>', 'where to go on next time (default: beside --out)')
      .option('--usage <file>', 'count the requests to vendors there, for catalyst costs');

  newsOptions(news.command('fetch').description('ask each source once for everything since the last time'))
    .option('--to <date>', 'last day (default: now)', dateOption)
    .action(async (options) => (await import('#main/commands/news')).fetchCommand(options));

  newsOptions(news.command('watch').description('follow the sources until Ctrl-C')).action(async (options) =>
    (await import('#main/commands/news')).watchCommand(options),
  );

  news
    .command('sources')
    .description('which sources are on, and what is missing for the others')
    .option('--ciks <file>', 'company_tickers.json of the SEC')
    .option('--json', 'as a JSON array', false)
    .action(async (options) => (await import('#main/commands/news')).sourcesCommand(options));

  program
    .command('scan')
    .description(
      'the universe and the best names of days, from daily bars of a whole market; without a day, the universe of the next session',
    )
    .requiredOption('--data <path>', 'daily bars: an imported store, a folder or a file (CSV, CSV.gz, Parquet)')
    .option('--on <date>', 'one day in full', dateOption)
    .option('--from <date>', 'first of several days', dateOption)
    .option('--to <date>', 'last of several days', dateOption)
    .option('--top <count>', 'how many names at most', countOption, 100)
    .option('--actions <file>', 'splits; a store has its own')
    .addOption(weights())
    .option('--json', 'one JSON object a day', false)
    .option('--out <file>', 'write there instead of to the terminal')
    .addHelpText(
      'after',
      `
Examples:
  catalyst scan --data daily.csv.gz                                      who may be traded in the next session
  catalyst scan --data daily.csv.gz --on 2016-11-09 --top 20             one day
  catalyst scan --data daily.csv.gz --from 2016-10-17 --to 2016-12-23    a row a day`,
    )
    .action(async (options) => (await import('#main/commands/scan')).scanCommand(options));
}
