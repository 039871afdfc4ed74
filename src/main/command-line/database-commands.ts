import type { Command } from 'commander';

/** Where the database is; every command of the group takes it. */
const place = (command: Command): Command =>
  command
    .option('--database <dir>', "the folder of our own server; otherwise DATABASE_URL, CATALYST_DATABASE, or 'data/database'")
    .option('--name <database>', 'which database on it', 'catalyst_production');

/** The database: the server itself. What stands in it is made from the journals. */
export function declareDatabase(program: Command): void {
  const group = program.command('db').description('the database: our own PostgreSQL, or the one of DATABASE_URL');

  place(group.command('start').description('start our own server, and keep it until it is stopped; it is made at the first start'))
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

  place(group.command('stop').description('stop our own server, whoever uses it'))
    .addHelpText('after', '\nExample:\n  catalyst db stop')
    .action(async (options) => (await import('#main/commands/database')).stopCommand(options));

  place(group.command('status').description('whether it runs, where, which version, and how much disk it takes; nothing is started'))
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nCode 1 when it does not run.\nExample:\n  catalyst db status --json')
    .action(async (options) => (await import('#main/commands/database')).statusCommand(options));

  place(group.command('url').description('the address of the running database with its password, for psql and other programs'))
    .addHelpText('after', '\nExample:\n  psql "$(catalyst db url)"')
    .action(async (options) => (await import('#main/commands/database')).urlCommand(options));
}
