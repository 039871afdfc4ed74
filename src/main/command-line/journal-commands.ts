import { type Command, Option } from 'commander';
import { decisionKinds } from '#domain/decisions/decision-record';
import { journal } from '#main/command-line/shared-options';
import { momentOption } from '#main/commands/moment-option';
import { dateOption } from '#main/commands/option-values';

/** What is read from a journal. */
export function declareJournals(program: Command): void {
  program
    .command('ledger')
    .description('what happened, one line each: sessions, intents, refusals, orders, fills, closed positions')
    .requiredOption(...journal)
    .option('--json', 'one JSON object a line', false)
    .addHelpText('after', '\nExample:\n  catalyst ledger --journal journals/march --json | grep \'"kind":"fill"\'')
    .action(async (options) => (await import('#main/commands/ledger')).ledgerCommand(options));

  program
    .command('explain')
    .description('why a name was bought or not: what every stage of a scan said of it, from the journal alone')
    .requiredOption(...journal)
    .requiredOption('--symbol <ticker>', 'the name')
    .option(
      '--at <minute>',
      '10:15 or 2026-03-10T10:15 in New York time, or 2026-03-10T14:15:00Z; without it, a line for each scan of the day',
      momentOption,
    )
    .option('--date <date>', 'the day; default: the last one of the journal', dateOption)
    .option('--json', 'as a JSON object', false)
    .addHelpText('after', '\nExample:\n  catalyst explain --journal journals/march --symbol NVDA --at 2018-03-12T10:15')
    .action(async (options) => (await import('#main/commands/explain')).explainCommand(options));

  program
    .command('decisions')
    .description('every decision with what was known, what was chosen, and what the roads not taken would have made')
    .requiredOption(...journal)
    .addOption(new Option('--kind <kind>', 'only this kind').choices(decisionKinds))
    .option('--symbol <ticker>', 'only this name')
    .option('--date <date>', 'only this session', dateOption)
    .option('--overrides', 'only those in which somebody went another way than the rules', false)
    .option('--id <id>', 'one of them in full, in words; the last column of the table')
    .option('--json', 'one JSON document a line', false)
    .option('--out <file>', 'write there instead of to the terminal')
    .addHelpText('after', '\nExample:\n  catalyst decisions --journal journals/march --kind entry')
    .action(async (options) => (await import('#main/commands/decisions')).decisionsCommand(options));

  const dataset = program.command('dataset').description('labelled examples for whoever wants to learn from them');

  dataset
    .command('export')
    .description('one row a trade: what was known at the entry, and what came of it, with a card beside the file')
    .requiredOption(...journal)
    .requiredOption('--out <file>', 'a new file, .parquet or .csv; what is there already is never changed')
    .option('--refused', 'also the entries that were not made, labelled by their shadows', false)
    .addHelpText('after', '\nExample:\n  catalyst dataset export --journal journals/march --out march-1.parquet')
    .action(async (options) => (await import('#main/commands/dataset')).exportCommand(options));

  program
    .command('replay')
    .description('run a journal again and compare every decision and every state hash')
    .requiredOption(...journal)
    .option('--json', 'the result as a JSON object', false)
    .action(async (options) => (await import('#main/commands/replay')).replayCommand(options));

  program
    .command('verify')
    .description('check the chain of a journal: nothing flipped, cut, inserted or moved')
    .requiredOption(...journal)
    .option('--json', 'the result as a JSON object', false)
    .action(async (options) => (await import('#main/commands/verify')).verifyCommand(options));
}
