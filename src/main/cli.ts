import { inspect } from 'node:util';
import { Command, Option } from 'commander';
import { decisionKinds } from '#domain/decisions/decision-record';
import { stageOneLimits } from '#domain/risk/limits';
import { Failure } from '#main/commands/failure';
import { modeOption, modeWords } from '#main/commands/mode-option';
import { momentOption } from '#main/commands/moment-option';
import {
  countOption,
  dateOption,
  historyOption,
  moneyOption,
  newsSourcesOption,
  several,
  speedOption,
  symbolsOption,
} from '#main/commands/option-values';
import { printable } from '#main/commands/printable';
import { weightsOption } from '#main/commands/weights';
import { exitCodes } from '#main/exit-codes';
import { note, outliveReaders, ReaderGone, tell } from '#main/terminal';
import { version } from '#main/version';

const program = new Command('catalyst')
  .description('Trades news-driven momentum in equities: hard rules first, every decision recorded.')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(`${printable(text.trimEnd())}\n`) })
  .showHelpAfterError('(--help shows what may be given, with examples)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage))
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 a check failed (journal, replay, store); 2 not understood; 3 data or news cannot be used;
4 the journal cannot be used; 5 a bug; 70 not built or an unsuitable Node.`,
  );

const mode = () =>
  new Option('--mode <mode>', `how eagerly the day is traded, and who decides; may be given twice, one of each: ${modeWords}`)
    .argParser(modeOption)
    .default({}, 'those of --parameters, or normal and autonomous');
const operator = () =>
  new Option('--operator <file>', 'a script that answers the questions of --mode supervised; default: whoever sits at the terminal');
const questionSpeed = () =>
  new Option('--question-speed <factor>', 'seconds of the market in one of yours while a question is open at the terminal, or max')
    .argParser(speedOption)
    .default(1);
const parameterFile = () => new Option('--parameters <file>', 'settings from a file such as catalyst parameters init writes');
const weights = () =>
  new Option(
    '--weights <name=number,...>',
    'what counts in a score: gap, change and relativeVolume 1, catalyst 5, indicator 1, confidence 10 unless said otherwise',
  )
    .argParser(weightsOption)
    .default({}, 'as said');

program
  .command('start')
  .description('a simulated US day in the terminal: market, exchange and broker are made up from a seed')
  .option('--seed <number>', 'which day of all possible ones', countOption, 9)
  .option('--symbols <count>', 'how many names', countOption, 250)
  .option('--speed <factor>', 'seconds of the market in one second of yours, or max', speedOption, 600)
  .option('--journal <dir>', 'where the journal goes; must be empty or new (default: a new folder under journals/)')
  .addOption(mode())
  .addOption(operator())
  .addOption(questionSpeed())
  .addOption(parameterFile())
  .addOption(weights())
  .addHelpText(
    'after',
    `
Examples:
  catalyst start                      a day in about 40 seconds
  catalyst start --speed max          as fast as it can be computed
  catalyst start --seed 7 --symbols 300 --mode aggressive`,
  )
  .action(async (options) => (await import('#main/commands/start')).startCommand(options));

program
  .command('day')
  .description('real sessions from files, as fast as they can be computed, on the simulated exchange')
  .requiredOption('--data <path>', 'an imported store, a folder of bars or a file of bars (CSV, CSV.gz, Parquet)')
  .requiredOption('--from <date>', 'first session to trade', dateOption)
  .requiredOption('--to <date>', 'last session to trade', dateOption)
  .option('--news <file>', 'headlines (CSV, CSV.gz); may be given several times', several, [])
  .option(
    '--names <file>',
    'names of companies, symbols_YYYY.csv; default: those in the reference folder beside the news folder',
    several,
    [],
  )
  .option('--journal <dir>', 'record every event there; a journal that is there already is checked and continued')
  .option('--json', 'one JSON object a session, then a summary', false)
  .option('--strict', 'sync the journal after every minute instead of before every command and each megabyte', false)
  .addOption(new Option('--capital <amount>', 'equity at the start (default: that of --parameters, or 100000)').argParser(moneyOption))
  .option(
    '--history <sessions>',
    'how many sessions before --from teach the averages: a number, or auto = 20 if the range has five sessions or fewer, else none',
    historyOption,
    'auto',
  )
  .addOption(
    new Option('--bar-label <label>', 'whether the bars are labelled by their start or their end')
      .choices(['start', 'end'])
      .default('start'),
  )
  .option('--actions <file>', 'splits (symbol,date,kind,ratio, or a file of factors); a store has its own')
  .option('--sectors <file>', 'in which sector names are (CSV with the columns symbol and sector); default: unknown')
  .option(
    '--learn-from <dir>',
    'a journal of earlier sessions: how its setups ended counts in the track records; may be given several times',
    several,
    [],
  )
  .option('--no-surge', 'do not take a gap with volume far beyond the usual as a catalyst when no headline explains it')
  .addOption(mode())
  .addOption(operator())
  .addOption(questionSpeed())
  .addOption(parameterFile())
  .addOption(weights())
  .addHelpText(
    'after',
    `
The stage 1 rules hold: at most ${stageOneLimits.openPositionsMax} positions, the day ends for entries below -$${stageOneLimits.lossTodayMax / 10_000}, flat by the close.
"seconds" in the summary runs from the first frame to the last commit without the waits for bars, which are "loadSeconds".

Examples:
  catalyst day --data bars/2018 --from 2018-03-08 --to 2018-03-21 --journal journals/march
  catalyst day --data store --news news/reuters.csv.gz --from 2018-03-21 --to 2018-03-21 --json
  catalyst day --data store --from 2018-03-21 --to 2018-03-21 --mode supervised --operator answers.json`,
  )
  .action(async (options) => (await import('#main/commands/day')).dayCommand(options));

const journal = ['--journal <dir>', 'the folder of the journal'] as const;

program
  .command('ledger')
  .description('what happened, one line each: sessions, intents, refusals, orders, fills, closed positions')
  .requiredOption(...journal)
  .option('--json', 'one JSON object a line', false)
  .addHelpText('after', '\nExample:\n  catalyst ledger --journal journals/march --json | grep \'"kind":"fill"\'')
  .action(async (options) => (await import('#main/commands/ledger')).ledgerCommand(options));

program
  .command('explain')
  .description('why a name was bought or not: what every stage of a scan said of it, from the journal alone')
  .requiredOption(...journal)
  .requiredOption('--symbol <ticker>', 'the name')
  .option(
    '--at <minute>',
    '10:15 or 2026-03-10T10:15 in New York time, or 2026-03-10T14:15:00Z; without it, a line for each scan of the day',
    momentOption,
  )
  .option('--date <date>', 'the day; default: the last one of the journal', dateOption)
  .option('--json', 'as a JSON object', false)
  .addHelpText('after', '\nExample:\n  catalyst explain --journal journals/march --symbol NVDA --at 2018-03-12T10:15')
  .action(async (options) => (await import('#main/commands/explain')).explainCommand(options));

program
  .command('decisions')
  .description('every decision with what was known, what was chosen, and what the roads not taken would have made')
  .requiredOption(...journal)
  .addOption(new Option('--kind <kind>', 'only this kind').choices(decisionKinds))
  .option('--symbol <ticker>', 'only this name')
  .option('--date <date>', 'only this session', dateOption)
  .option('--overrides', 'only those in which somebody went another way than the rules', false)
  .option('--id <id>', 'one of them in full, in words; the last column of the table')
  .option('--json', 'one JSON document a line', false)
  .option('--out <file>', 'write there instead of to the terminal')
  .addHelpText('after', '\nExample:\n  catalyst decisions --journal journals/march --kind entry')
  .action(async (options) => (await import('#main/commands/decisions')).decisionsCommand(options));

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

program
  .command('replay')
  .description('run a journal again and compare every decision and every state hash')
  .requiredOption(...journal)
  .option('--json', 'the result as a JSON object', false)
  .action(async (options) => (await import('#main/commands/replay')).replayCommand(options));

program
  .command('verify')
  .description('check the chain of a journal: nothing flipped, cut, inserted or moved')
  .requiredOption(...journal)
  .option('--json', 'the result as a JSON object', false)
  .action(async (options) => (await import('#main/commands/verify')).verifyCommand(options));

const person = (command: Command): Command =>
  command.option('--by <name>', 'who asks: a person').option('--because <text>', 'the reason, which stands in the journal');

person(
  program
    .command('stop')
    .description('the emergency stop of the run of a journal, from another terminal')
    .requiredOption(...journal)
    .addOption(
      new Option('--level <level>', 'no new entries; and cancel those that work; and close everything; and shut the account at the broker')
        .choices(['pause', 'cancel', 'flatten', 'suspend'])
        .default('flatten'),
    )
    .option('--end-process', 'end the process of the run if it does not take the stop within five seconds', false),
)
  .addHelpText(
    'after',
    `
It waits until the stop is on the disk. When nobody runs the journal, or the run hangs, the file STOP is left beside it: whoever
runs it next begins stopped. Without this command: kill -USR2 <process>, or a file STOP in the folder of the journal.
Example:
  catalyst stop --journal journals/today --by ada --because 'prices look wrong'`,
  )
  .action(async (options) => (await import('#main/commands/stop')).stopCommand(options));

person(
  program
    .command('clear-stop')
    .description('open entries again after a stop: a person, with a reason')
    .requiredOption(...journal),
)
  .addHelpText('after', "\nExample:\n  catalyst clear-stop --journal journals/today --by ada --because 'the feed is back'")
  .action(async (options) => (await import('#main/commands/stop')).clearStopCommand(options));

const parameters = program.command('parameters').description('what may be changed, also while a day runs, within the hard rules');

parameters
  .command('init')
  .description('write a file with every parameter at its default, each explained')
  .option('--out <file>', 'where; never over a file that is there', 'catalyst.yaml')
  .action(async (options) => (await import('#main/commands/parameters')).initCommand(options));

parameters
  .command('check')
  .description('whether a file is understood; if not, where and what was expected')
  .argument('<file>', 'the file')
  .action(async (file) => (await import('#main/commands/parameters')).checkCommand(file));

parameters
  .command('show')
  .description('every value with version and hash, and what waits for a person')
  .option('--parameters <file>', 'those of a file; without it and without a journal, the defaults')
  .option('--journal <dir>', 'those that hold at the end of a journal')
  .option('--json', 'as a JSON object', false)
  .action(async (options) => (await import('#main/commands/parameters')).showCommand(options));

person(
  parameters
    .command('set')
    .description('another value: tighter holds at once, looser waits for a person and the next session')
    .argument('<name>', 'such as limits.lossTodayMax')
    .argument('<value>', 'as in the file: dollars, fractions, words; lists with commas')
    .option('--journal <dir>', 'ask the run of this journal')
    .option('--parameters <file>', 'write it into this file instead; its comments stay'),
)
  .addHelpText(
    'after',
    `
Examples:
  catalyst parameters set limits.lossTodayMax 1500 --journal journals/today --by ada --because 'rough open'
  catalyst parameters set permitted.never NVDA,TSLA --parameters catalyst.yaml`,
  )
  .action(async (name, value, options) => (await import('#main/commands/parameters')).setCommand(name, value, options));

person(
  parameters
    .command('confirm')
    .description("a person's word for a looser value; it holds from the next session on")
    .argument('<number>', 'by which it is pending', countOption)
    .requiredOption(...journal),
).action(async (number, options) => (await import('#main/commands/parameters')).confirmCommand(number, options));

parameters
  .command('history')
  .description('every change and every wish for one: when, by whom, why')
  .requiredOption(...journal)
  .option('--json', 'one JSON object a line', false)
  .action(async (options) => (await import('#main/commands/parameters')).historyCommand(options));

const data = program.command('data').description('bars of minutes or days: bring them into a store, see and check what is there');
const store = ['--store <dir>', 'the folder of the store'] as const;

data
  .command('import')
  .description('bring files of bars into a store; the store stays as it was until everything is written')
  .argument('<path...>', 'files or folders: CSV, CSV.gz or Parquet, minute or daily')
  .requiredOption(...store)
  .addOption(
    new Option('--bar-label <label>', 'whether the bars are labelled by their start or their end')
      .choices(['start', 'end'])
      .default('start'),
  )
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
    .option('--state <file>', 'where to go on next time (default: beside --out)');

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
  .requiredOption('--data <path>', 'an imported store, a folder of bars or a file of bars (CSV, CSV.gz, Parquet)')
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

const dataset = program.command('dataset').description('labelled examples for whoever wants to learn from them');

dataset
  .command('export')
  .description('one row a trade: what was known at the entry, and what came of it, with a card beside the file')
  .requiredOption(...journal)
  .requiredOption('--out <file>', 'a new file, .parquet or .csv; what is there already is never changed')
  .option('--refused', 'also the entries that were not made, labelled by their shadows', false)
  .addHelpText('after', '\nExample:\n  catalyst dataset export --journal journals/march --out march-1.parquet')
  .action(async (options) => (await import('#main/commands/dataset')).exportCommand(options));

program
  .command('doctor')
  .description('what is set up, what is missing, what to do')
  .option('--json', 'as a JSON array', false)
  .action(async (options) => (await import('#main/commands/doctor')).doctorCommand(options));

outliveReaders();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Failure) {
    note(error.message);
    process.exitCode = error.code;
  } else if (!(error instanceof ReaderGone)) {
    note('this is a bug; please report it with what follows');
    for (const line of inspect(error).split('\n')) tell(line);
    process.exitCode = exitCodes.bug;
  }
}
