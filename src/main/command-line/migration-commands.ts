import type { Command } from 'commander';
import { databasePlace } from '#main/command-line/database-place';
import { countOption } from '#main/commands/option-values';

/** The schema of the database: part of the group `db`. */
export function declareMigrations(db: Command): void {
  databasePlace(db.command('migrate').description('bring the schema up to this version, or to a number'))
    .option('--to <number>', 'the migration that shall be the last; 0 for none', countOption)
    .option('--undo', 'go back to that number, dropping what came after it', false)
    .option('--json', 'as JSON', false)
    .addHelpText(
      'after',
      `
Each migration is a transaction of its own: one that fails changes nothing. A database that newer software has migrated is
left alone, and so is one whose migrations were applied with another text.
Examples:
  catalyst db migrate
  catalyst db migrate --to 3 --undo`,
    )
    .action(async (options) => (await import('#main/commands/database-migrate')).migrateCommand(options));

  databasePlace(db.command('migrations').description('which migrations have been applied, and when; which have not'))
    .option('--json', 'as JSON', false)
    .addHelpText('after', '\nExample:\n  catalyst db migrations')
    .action(async (options) => (await import('#main/commands/database-migrate')).migrationsCommand(options));

  databasePlace(db.command('roles').description('who may do what: the roles, who holds them, what to run when some are missing'))
    .option('--settle', 'make those that are missing and give each what it is for', false)
    .option('--logins <dir>', 'make a user that can log in for each role, with a new password, and write its address to a file there')
    .option('--json', 'as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  catalyst db roles
  catalyst db roles --logins ~/.catalyst/logins`,
    )
    .action(async (options) => (await import('#main/commands/database-migrate')).rolesCommand(options));
}
