import { type Command, Option } from 'commander';
import { journal } from '#main/command-line/shared-options';
import { countOption } from '#main/commands/option-values';
import { levelWords } from '#main/control/stop-file';

const person = (command: Command): Command =>
  command.option('--by <name>', 'who asks: a person').option('--because <text>', 'the reason, which stands in the journal');

/** What is said to a day that runs, and how it is set up. */
export function declareControl(program: Command): void {
  person(
    program
      .command('stop')
      .description('the emergency stop of the run of a journal, from another terminal')
      .requiredOption(...journal)
      .addOption(
        new Option(
          '--level <level>',
          'no new entries; and cancel those that work; and close everything; and shut the account at the broker',
        )
          .choices([...levelWords.keys()])
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
}
