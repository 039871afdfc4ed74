import { type Command, Option } from 'commander';
import { dimensions, periodKinds } from '#domain/performance/performance';
import { targetStages } from '#domain/performance/stage-targets';
import { journal } from '#main/command-line/shared-options';
import { dateOption } from '#main/commands/option-values';
import { stageOption } from '#main/commands/stage-option';

/** What a record came to. */
export function declareReports(program: Command): void {
  program
    .command('report')
    .description('what a journal came to: by period and group, against the targets of a stage, with every trade behind it')
    .requiredOption(...journal)
    .addOption(new Option('--period <period>', 'what a row of the first table is').choices(periodKinds).default('month'))
    .option('--from <date>', 'first session', dateOption)
    .option('--to <date>', 'last session', dateOption)
    .addOption(new Option('--by <group...>', 'only these groups').choices(dimensions))
    .addOption(
      new Option('--stage <stage>', `whose targets it is held against: ${targetStages.join(', ')}`).argParser(stageOption).default(1),
    )
    .option('--trade <id>', 'one trade with its plan, headline, fills and notes, instead of the report')
    .option('--json', 'one JSON document, with the trades behind every number', false)
    .option('--csv <file>', 'write the trades there, one row each')
    .option('--html <file>', 'write the report there as one file with charts and a page for each trade; it prints to PDF')
    .option(
      '--reconcile',
      "hold the journal's fills and cash against the broker's activities instead; the keys come from the environment",
      false,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  catalyst report --journal journals/march --period week --by pattern --by hour\n  catalyst report --journal journals/march --html march.html',
    )
    .action(async (options) => (await import('#main/commands/report')).reportCommand(options));
}
