import { type Command, Option } from 'commander';
import { stageOneLimits } from '#domain/risk/limits';
import { barLabel, minuteBars, weights } from '#main/command-line/shared-options';
import { modeOption, modeWords } from '#main/commands/mode-option';
import { countOption, dateOption, historyOption, moneyOption, several, speedOption } from '#main/commands/option-values';

/** How a day is traded, and by whom. */
const trading = (command: Command): Command =>
  command
    .addOption(
      new Option('--mode <mode>', `how eagerly the day is traded, and who decides; may be given twice, one of each: ${modeWords}`)
        .argParser(modeOption)
        .default({}, 'those of --parameters, or normal and autonomous'),
    )
    .option('--operator <file>', 'a script that answers the questions of --mode supervised; default: whoever sits at the terminal')
    .option(
      '--question-speed <factor>',
      'seconds of the market in one of yours while a question is open at the terminal, or max',
      speedOption,
      1,
    )
    .option('--parameters <file>', 'settings from a file such as catalyst parameters init writes')
    .addOption(weights());

/** Days that are run: a simulated one, and recorded ones. */
export function declareRuns(program: Command): void {
  trading(
    program
      .command('start')
      .description('a simulated US day in the terminal: market, exchange and broker are made up from a seed')
      .option('--seed <number>', 'which day of all possible ones', countOption, 9)
      .option('--symbols <count>', 'how many names', countOption, 250)
      .option('--speed <factor>', 'seconds of the market in one second of yours, or max', speedOption, 600)
      .option('--journal <dir>', 'where the journal goes; must be empty or new (default: a new folder under journals/)'),
  )
    .addHelpText(
      'after',
      `
Examples:
  catalyst start                      a day in about 40 seconds
  catalyst start --speed max          as fast as it can be computed
  catalyst start --seed 7 --symbols 300 --mode aggressive`,
    )
    .action(async (options) => (await import('#main/commands/start')).startCommand(options));

  trading(
    program
      .command('day')
      .description('real sessions from files, as fast as they can be computed, on the simulated exchange')
      .requiredOption(...minuteBars)
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
      .option('--strict', 'sync the journal after every minute instead of before every command and each four megabytes', false)
      .addOption(new Option('--capital <amount>', 'equity at the start (default: that of --parameters, or 100000)').argParser(moneyOption))
      .option(
        '--history <sessions>',
        'how many sessions before --from teach the averages: a number, or auto = 20 if the range has five sessions or fewer, else none',
        historyOption,
        'auto',
      )
      .addOption(barLabel())
      .option('--actions <file>', 'splits (symbol,date,kind,ratio, or a file of factors); a store has its own')
      .option('--sectors <file>', 'in which sector names are (CSV with the columns symbol and sector); default: unknown')
      .option(
        '--learn-from <dir>',
        'a journal of earlier sessions: how its setups ended counts in the track records; may be given several times',
        several,
        [],
      )
      .option('--no-surge', 'do not take a gap with volume far beyond the usual as a catalyst when no headline explains it'),
  )
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
}
