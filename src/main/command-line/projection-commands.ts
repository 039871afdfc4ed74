import { type Command, Option } from 'commander';
import { databasePlace } from '#main/command-line/database-place';
import { journal } from '#main/command-line/shared-options';
import { without } from '#main/commands/without-option';

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const leftOut = () =>
  new Option('--without <projections>', 'what is not to be written: bars, decisions, or both').argParser(without).default([], 'nothing');

/** From the journal to the database: part of the group `db`. */
export function declareProjections(db: Command): void {
  databasePlace(db.command('project').description('write what a journal tells into the database, once: goes on where it stood'))
    .requiredOption(...journal)
    .option('--as <name>', "the journal's name in the record (default: that of its folder)")
    .addOption(leftOut())
    .option('--json', 'one JSON object at the end', false)
    .addHelpText('after', '\nExample:\n  catalyst db project --journal journals/march')
    .action(async (options) => (await import('#main/commands/projection')).projectCommand(options));

  databasePlace(db.command('follow').description('the same while the journal is being written, until it is stopped with Ctrl-C'))
    .requiredOption(...journal)
    .option('--as <name>', "the journal's name in the record (default: that of its folder)")
    .addOption(leftOut())
    .addHelpText(
      'after',
      `
A database that is away stops nobody: it is asked again at growing intervals, and what was missed is written when it is back.
How far it is behind stands in the journal's folder, in projection.json, and is told by: catalyst db lag
Example:
  catalyst db follow --journal journals/paper`,
    )
    .action(async (options) => (await import('#main/commands/projection')).followCommand(options));

  databasePlace(db.command('lag').description('how far the database is behind a journal'))
    .requiredOption(...journal)
    .option('--as <name>', "the journal's name in the record (default: that of its folder)")
    .option('--json', 'as a JSON object', false)
    .addHelpText(
      'after',
      '\nWithout a database it says what the last follower told.\nExample:\n  catalyst db lag --journal journals/paper --json',
    )
    .action(async (options) => (await import('#main/commands/projection')).lagCommand(options));

  databasePlace(
    db.command('rebuild').description('drop the record and make it anew from its journals; code 1 when it is not the same as before'),
  )
    .requiredOption('--journal <dir>', 'the folder of a journal; every journal of the record has to be given', several, [])
    .option('--changed', 'also of a journal that was put back to an earlier entry or replaced; what only the record has is lost', false)
    .option('--yes', 'do not ask', false)
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nExample:\n  catalyst db rebuild --journal journals/march --journal journals/paper')
    .action(async (options) => (await import('#main/commands/projection')).rebuildCommand(options));

  databasePlace(db.command('hash').description('SHA-256 of each table by its rows in the order of their keys'))
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nExample:\n  catalyst db hash')
    .action(async (options) => (await import('#main/commands/projection')).hashCommand(options));
}
