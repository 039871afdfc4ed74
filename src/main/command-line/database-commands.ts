import type { Command } from 'commander';
import { databasePlace } from '#main/command-line/database-place';
import { declareMigrations } from '#main/command-line/migration-commands';
import { declareProjections } from '#main/command-line/projection-commands';

/** The database: the server itself. What stands in it is made from the journals. */
export function declareDatabase(program: Command): void {
  const group = program.command('db').description('the database: our own PostgreSQL, or the one of DATABASE_URL');

  databasePlace(group.command('start').description('start our own server, and keep it until it is stopped; it is made at the first start'))
    .option('--json', 'as a JSON object', false)
    .addHelpText(
      'after',
      `
Commands that need the database start it by themselves; then it stops with the last one that uses it. This keeps it.
Examples:
  catalyst db start
  catalyst db start --database data/research --name catalyst_research`,
    )
    .action(async (options) => (await import('#main/commands/database')).startCommand(options));

  databasePlace(group.command('stop').description('stop our own server, whoever uses it'))
    .addHelpText('after', '\nExample:\n  catalyst db stop')
    .action(async (options) => (await import('#main/commands/database')).stopCommand(options));

  databasePlace(
    group.command('status').description('whether it runs, where, which version, and how much disk it takes; nothing is started'),
  )
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nCode 1 when it does not run.\nExample:\n  catalyst db status --json')
    .action(async (options) => (await import('#main/commands/database')).statusCommand(options));

  databasePlace(group.command('url').description('the address of the running database with its password, for psql and other programs'))
    .addHelpText('after', '\nExample:\n  psql "$(catalyst db url)"')
    .action(async (options) => (await import('#main/commands/database')).urlCommand(options));

  declareMigrations(group);
  declareProjections(group);
}
