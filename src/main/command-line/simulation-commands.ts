import { type Command, Option } from 'commander';
import { cash } from '#domain/values/cash';
import { barLabel } from '#main/command-line/shared-options';
import { countOption, dateOption, moneyOption, several } from '#main/commands/option-values';
import { localMinuteOption, portOption, simulatedSpeedOption } from '#main/commands/sim-broker-options';

/** Things of the outside, made up on this machine. */
export function declareSimulations(program: Command): void {
  program
    .command('sim-broker')
    .description('a broker on this machine that speaks Alpaca: orders, market data and streams, all simulated')
    .option('--port <number>', 'where it is served; 0 takes a free one', portOption, 0)
    .option('--admin-port <number>', 'where time, prices and faults are set by hand; 0 takes a free one', portOption, 0)
    .option('--seed <number>', 'which market and which broker of all possible ones', countOption, 9)
    .option('--symbols <count>', 'how many names are made up', countOption, 50)
    .option('--from <date>', 'the day on which it begins (default: 2026-03-16)', dateOption)
    .addOption(new Option('--at <minute>', 'when on that day, in New York').argParser(localMinuteOption).default(565, '09:25'))
    .option('--speed <factor>', 'seconds of the market in one of yours; 0 stands still until it is stepped', simulatedSpeedOption, 1)
    .option('--data <path>', 'recorded bars instead of made-up ones: a store, a folder or a file; needs --from')
    .option('--news <file>', 'headlines for --data (CSV, CSV.gz); may be given several times', several, [])
    .addOption(barLabel())
    .option('--faults <file>', 'what goes wrong: a JSON list of rules')
    .addOption(
      new Option('--cash <amount>', 'what the account begins with, in dollars')
        .argParser(moneyOption)
        .default(cash(1_000_000_000), '100000'),
    )
    .addOption(
      new Option('--plan <plan>', 'market data: free has 30 names streamed and no recent SIP data')
        .choices(['free', 'paid'])
        .default('free'),
    )
    .option('--key-file <file>', 'write the made-up keys there, for CATALYST_ALPACA_KEY_FILE; never over a file that is there')
    .option('--json', 'one JSON object with addresses and keys, then nothing', false)
    .addHelpText(
      'after',
      `
It listens on 127.0.0.1 alone, forwards nothing, and trades nothing. The keys are made up from the seed and open only this.

Examples:
  catalyst sim-broker                                   a broker at 09:25, as fast as the clock
  catalyst sim-broker --speed 60 --seed 7               an hour of the market in a minute
  catalyst sim-broker --speed 0 --admin-port 8701       stands still: curl -d '{"ms":60000}' localhost:8701/step
  catalyst sim-broker --data bars/2018 --from 2018-03-12 --news reuters.csv.gz
  catalyst sim-broker --faults faults.json              see docs/reference/sim-broker.md`,
    )
    .action(async (options) => (await import('#main/commands/sim-broker')).simBrokerCommand(options));
}
