import { type Command, Option } from 'commander';
import { journal } from '#main/command-line/shared-options';

const config = ['--config <file>', 'who is told what, such as catalyst alerts init writes'] as const;

/** Who is told when something happens, and what became of it. */
export function declareAlerts(program: Command): void {
  const alerts = program
    .command('alerts')
    .description('who is told when something happens: by mail, Slack, Discord, Telegram or a webhook');

  alerts
    .command('init')
    .description('write a file that says who is told what, each line explained')
    .option('--out <file>', 'where; never over a file that is there', 'alerts.yaml')
    .addHelpText('after', '\nExample:\n  catalyst alerts init --out alerts.yaml')
    .action(async (options) => (await import('#main/commands/alerts')).initCommand(options));

  alerts
    .command('check')
    .description('whether a file is understood, and the environment holds what it names')
    .argument('<file>', 'the file')
    .addHelpText('after', '\nExample:\n  catalyst alerts check alerts.yaml')
    .action(async (file) => (await import('#main/commands/alerts')).checkCommand(file));

  alerts
    .command('watch')
    .description('follow a journal from beside its run: raise alerts, deliver them, ping the outside')
    .requiredOption(...journal)
    .requiredOption(...config)
    .option('--once', 'tell what is there, deliver it, and end', false)
    .addOption(
      new Option('--since <point>', 'where the first watch of a journal begins; a later one goes on where the last one was')
        .choices(['start', 'session', 'now'])
        .default('session'),
    )
    .addHelpText(
      'after',
      `
A process of its own: the run never waits for it and does not end with it. Its log lies in the folder alerts of the journal.
It may be killed at any time: what was raised and not delivered is delivered by the next one.

Examples:
  catalyst alerts watch --journal journals/today --config alerts.yaml
  catalyst alerts watch --journal journals/march --config alerts.yaml --once --since start`,
    )
    .action(async (options) => (await import('#main/commands/alerts')).watchCommand(options));

  alerts
    .command('list')
    .description('every alert of a journal and what became of it')
    .requiredOption(...journal)
    .option('--open', 'only critical ones that nobody has acknowledged and that are not over', false)
    .option('--json', 'one JSON object a line', false)
    .addHelpText('after', '\nExample:\n  catalyst alerts list --journal journals/today --open')
    .action(async (options) => (await import('#main/commands/alerts')).listCommand(options));

  alerts
    .command('ack')
    .description('a person has seen it: the reminders end')
    .argument('<ids...>', 'numbers of alerts, or all')
    .requiredOption(...journal)
    .option('--by <name>', 'who has seen it: a person')
    .option('--because <text>', 'what was done about it')
    .addHelpText(
      'after',
      "\nExample:\n  catalyst alerts ack 17 --journal journals/today --by ada --because 'stop is at the broker, I looked'",
    )
    .action(async (ids, options) => (await import('#main/commands/alerts')).ackCommand(ids, options));

  alerts
    .command('tell')
    .description('what a script has seen outside of the journal: a rate limit, a full disk, a database, how far a projection is behind')
    .argument('<json>', 'the observation')
    .requiredOption(...journal)
    .addHelpText(
      'after',
      `
Examples:
  catalyst alerts tell '{"kind":"rate_seen","service":"alpaca","used":180,"limit":200}' --journal journals/today
  catalyst alerts tell '{"kind":"disk_seen","folder":"/backup","freeBytes":100000000}' --journal journals/today`,
    )
    .action(async (json, options) => (await import('#main/commands/alerts')).tellCommand(json, options));

  alerts
    .command('test')
    .description('send one alert of each loudness on each channel, and say what each answered')
    .requiredOption(...config)
    .addHelpText('after', '\nExample:\n  catalyst alerts test --config alerts.yaml')
    .action(async (options) => (await import('#main/commands/alerts')).testCommand(options));
}
