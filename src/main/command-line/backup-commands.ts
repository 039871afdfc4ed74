import type { Command } from 'commander';
import { journal } from '#main/command-line/shared-options';
import { countOption, monthOption, several } from '#main/commands/option-values';

const sealed = (command: Command): Command =>
  command
    .option('--passphrase-file <file>', 'the passphrase is the first line of this file (default: CATALYST_BACKUP_PASSPHRASE, or asked for)')
    .option('--key-file <file>', 'a key such as --new-key makes, instead of a passphrase');

const database = (command: Command): Command =>
  command
    .option(
      '--database <dir>',
      "with --with-database: the folder of our own server; otherwise DATABASE_URL, CATALYST_DATABASE, or 'data/database'",
    )
    .option('--name <database>', 'with --with-database: which database on it', 'catalyst_production');

/** Backups of what may not be lost, and what all of it costs. */
export function declareBackups(program: Command): void {
  const backup = program.command('backup').description('copy a journal and what belongs to it into one encrypted file; or try one out');

  database(
    sealed(
      backup
        .command('make', { isDefault: true })
        .description('copy a journal, also while it is written, and put the copy back once to see that it can be')
        .option(...journal)
        .option('--to <dir>', 'the folder of the backups; one that is there is never changed')
        .option('--with <file>', 'a file that lies elsewhere, such as settings; may be given several times', several)
        .option('--with-database', 'also the database', false),
    ),
  )
    .option('--plain', 'not encrypted', false)
    .option('--keep <count>', 'how many backups of this journal stay; older ones go once the new one is proven (default: all)', countOption)
    .option('--scratch <dir>', 'where the copy is put back for the comparison (default: the folder for temporary files)')
    .option('--new-key <file>', 'only make a key file')
    .option('--json', 'as a JSON object', false)
    .addHelpText(
      'after',
      `
Examples:
  catalyst backup --new-key /etc/catalyst/backup.key
  catalyst backup --journal journals/paper --to /mnt/backups --key-file /etc/catalyst/backup.key --keep 30`,
    )
    .action(async (options) => (await import('#main/commands/backup')).backupCommand(options));

  sealed(
    backup
      .command('drill')
      .description('restore into a scratch folder, verify, replay, restore to an earlier point; a report with times')
      .requiredOption('--from <file>', 'the backup'),
  )
    .option('--plain', 'the backup is not encrypted', false)
    .option('--until-sequence <entry>', 'the earlier point that is tried (default: half way)', countOption)
    .option('--scratch <dir>', 'where it is restored (default: the folder for temporary files)')
    .option('--out <file>', 'the report as Markdown, a new file')
    .option('--json', 'the report as a JSON object', false)
    .addHelpText('after', '\nExample:\n  catalyst backup drill --from /mnt/backups/FILE --key-file /etc/catalyst/backup.key --out drill.md')
    .action(async (options) => (await import('#main/commands/backup')).drillCommand(options));

  database(
    sealed(
      program
        .command('restore')
        .description('put a backup back into a new folder, whole or up to one entry of the journal')
        .requiredOption('--from <file>', 'the backup')
        .requiredOption('--to <dir>', 'a folder that is new or empty')
        .option('--with-database', 'fill an empty database as well', false),
    ),
  )
    .option('--plain', 'the backup is not encrypted', false)
    .option('--until-sequence <entry>', 'end the journal after this entry (default: all of it)', countOption)
    .option('--json', 'as a JSON object', false)
    .addHelpText(
      'after',
      `
Example:
  catalyst restore --from /mnt/backups/FILE --to restored --key-file /etc/catalyst/backup.key
  catalyst verify --journal restored/journal`,
    )
    .action(async (options) => (await import('#main/commands/backup')).restoreCommand(options));

  program
    .command('costs')
    .description('what a month has cost until now and will have cost at its end, against the budget of the phase')
    .option('--month <month>', 'such as 2026-11 (default: this one)', monthOption)
    .option('--config <file>', 'what is paid every month, and what each use costs', 'costs.yaml')
    .option('--usage <file>', 'what runs with --usage have counted')
    .option('--journal <dir>', 'the same: usage.jsonl beside this journal')
    .option('--check', 'exit code 1 when more is spent than agreed on, or will be', false)
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nExample:\n  catalyst costs --config costs.yaml --journal journals/paper --check')
    .action(async (options) => (await import('#main/commands/costs')).costsCommand(options));
}
