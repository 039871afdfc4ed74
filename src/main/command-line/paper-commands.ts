import { type Command, Option } from 'commander';
import { parseSessionDate } from '#domain/values/session-date';
import { modeOption, modeWords } from '#main/commands/mode-option';
import { countOption, dateOption, speedOption, symbolsOption } from '#main/commands/option-values';
import { localMinuteOption } from '#main/commands/sim-broker-options';

/** Days that are traded at a broker, with money that is not real. */
export function declarePaper(program: Command): void {
  program
    .command('paper')
    .description('real sessions at a paper account of Alpaca, or at a simulated broker with --sim')
    .option('--sim [address]', 'a simulated broker: one inside of this process, or the one whose admin address is given')
    .option('--symbols <names>', 'which names to follow, with commas between them; with --sim all that it has', symbolsOption, [])
    .option('--symbols-file <file>', 'the same from a file')
    .option('--journal <dir>', 'where the journal goes; one that is there is gone on with (default: a folder for the account)')
    .addOption(
      new Option('--mode <mode>', `how eagerly it is traded: ${modeWords}`)
        .argParser(modeOption)
        .default({}, 'those of --parameters, or normal and autonomous'),
    )
    .option('--parameters <file>', 'settings from a file such as catalyst parameters init writes')
    .option('--history <sessions>', 'sessions before today that teach the averages', countOption, 20)
    .option('--sessions <count>', 'end after so many sessions (default: go on until Ctrl-C; with --sim one)', countOption)
    .option('--seed <number>', 'with --sim: which market of all possible ones', countOption, 21)
    .option('--names <count>', 'with --sim: how many names are made up', countOption, 60)
    .addOption(
      new Option('--from <date>', 'with --sim: the day on which it begins')
        .argParser(dateOption)
        .default(parseSessionDate('2026-03-16'), '2026-03-16'),
    )
    .addOption(new Option('--at <minute>', 'with --sim: when on that day, in New York').argParser(localMinuteOption).default(565, '09:25'))
    .option('--speed <factor>', 'with --sim: seconds of the market in one of yours', speedOption, 60)
    .addOption(
      new Option('--after-crashes <do>', 'after three ends within five minutes that nobody asked for: enter nothing, or trade on')
        .choices(['protect', 'trade'])
        .default('protect'),
    )
    .option('--usage <file>', 'count the requests to Alpaca there, for catalyst costs')
    .addHelpText(
      'after',
      `
Keys come from APCA_API_KEY_ID and APCA_API_SECRET_KEY, or from the file that CATALYST_ALPACA_KEY_FILE names.
This command never moves real money. Stop it with Ctrl-C: stops stay at the broker, and the same command goes on.
To stop trading without ending it: catalyst stop --journal DIR

Examples:
  catalyst paper --sim                              a made-up broker and market, a day in six minutes
  catalyst paper --sim --seed 4 --names 80          another one
  catalyst paper --symbols AAPL,MSFT,NVDA,AMD       your paper account, until Ctrl-C
  catalyst paper --sim http://127.0.0.1:8701        the catalyst sim-broker that runs there`,
    )
    .action(async (options) => (await import('#main/commands/paper')).paperCommand(options));
}
