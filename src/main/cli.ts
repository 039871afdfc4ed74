import { inspect } from 'node:util';
import { Command } from 'commander';
import { declareControl } from '#main/command-line/control-commands';
import { declareData } from '#main/command-line/data-commands';
import { declareDatabase } from '#main/command-line/database-commands';
import { declareJournals } from '#main/command-line/journal-commands';
import { declarePaper } from '#main/command-line/paper-commands';
import { declareRuns } from '#main/command-line/run-commands';
import { declareSimulations } from '#main/command-line/simulation-commands';
import { declareStudies } from '#main/command-line/study-commands';
import { Failure } from '#main/commands/failure';
import { printable } from '#main/commands/printable';
import { exitCodes } from '#main/exit-codes';
import { note, outliveReaders, ReaderGone, tell } from '#main/terminal';
import { version } from '#main/version';

const program = new Command('catalyst')
  .description('Trades news-driven momentum in equities: hard rules first, every decision recorded.')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(`${printable(text.trimEnd())}\n`) })
  .showHelpAfterError('(--help shows what may be given, with examples)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage))
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 a check failed (journal, replay, store); 2 not understood; 3 data or news cannot be used;
4 the journal cannot be used; 5 a bug; 70 not built or an unsuitable Node.`,
  );

for (const declare of [
  declareRuns,
  declarePaper,
  declareControl,
  declareJournals,
  declareData,
  declareDatabase,
  declareStudies,
  declareSimulations,
])
  declare(program);
program
  .command('doctor')
  .description('what is set up, what is missing, what to do')
  .option('--json', 'as a JSON array', false)
  .action(async (options) => (await import('#main/commands/doctor')).doctorCommand(options));

outliveReaders();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Failure) {
    note(error.message);
    process.exitCode = error.code;
  } else if (!(error instanceof ReaderGone)) {
    note('this is a bug; please report it with what follows');
    for (const line of inspect(error).split('\n')) tell(line);
    process.exitCode = exitCodes.bug;
  }
}
