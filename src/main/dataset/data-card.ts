import { LABEL_VERSION } from '#domain/decisions/barrier-label';
import { FLAT_BELOW, WILD_FROM } from '#domain/decisions/regime';
import { type ColumnPart, datasetColumns, type Example } from '#main/dataset/dataset-columns';
import type { Examples } from '#main/dataset/read-examples';
import { version } from '#main/version';

export type CardOf = { readonly file: string; readonly run: string; readonly refused: boolean; readonly examples: Examples };

/** What stands beside a data set: what is in it, where it came from, and what it cannot say. */
export function dataCard({ file, run, refused, examples: { examples, unfilled, unresolved } }: CardOf): string {
  const sessions = [...new Set(examples.map(({ record }) => record.session))].sort();
  const hashes = [...new Set(examples.map(({ record }) => record.stamp.hash))];
  const taken = examples.filter(({ record }) => record.chosen === 'enter');
  const lines = [
    `# ${file}`,
    '',
    refused
      ? 'One row an entry that was made, and one for each that was not, labelled by its shadow: `taken` tells them apart.'
      : 'One row a trade.',
    '',
    '| | |',
    '|---|---|',
    `| rows | ${examples.length}, of which taken ${taken.length} |`,
    `| sessions | ${sessions.length === 0 ? 'none' : `${sessions.length}, ${sessions[0]} to ${sessions.at(-1)}`} |`,
    `| left out | ${unfilled} entries that did not fill, ${unresolved} without a known outcome |`,
    `| journal | ${run} |`,
    `| settings | ${hashes.join(', ') || 'none'} |`,
    `| label version | ${LABEL_VERSION} |`,
    `| made by | Catalyst ${version}, \`catalyst dataset export${refused ? ' --refused' : ''}\` |`,
    '',
    '## Labels',
    '',
    '| | rows | target first | stop first | neither | won | mean R |',
    '|---|---|---|---|---|---|---|',
    balance('taken', taken),
    ...(refused
      ? [
          balance(
            'not taken',
            examples.filter((example) => !taken.includes(example)),
          ),
        ]
      : []),
    '',
    ...(['key', 'feature', 'label'] as const).flatMap(columnLines),
    '## Known limits',
    '',
    '- Fills are simulated on minute bars; nobody has traded this.',
    `- ${taken.length} trades${taken.length < 300 ? ': too few to learn a strategy from, or to tell one from chance' : ''}. Those of one session share its market and are no independent draws.`,
    '- A shadow is traded alone, as if nothing else were held; the halts of that day reach it as they were, though with it they might have come sooner. Fees of a shadow are those of an account with no other trade that day.',
    '- A candidate without a setup is entered with a limit at its last close: it fills only when the price comes back, which picks the weaker ones.',
    '- The same name refused at several minutes gives several rows that overlap in time: split by session, never by row.',
    `- Regimes are judged, not fitted: flat within ${FLAT_BELOW * 100} %, wild from ${WILD_FROM * 100} % of spread.`,
    '- Labels are hindsight, and columns that begin with `label_` are known only after the exit.',
    '',
  ];
  return lines.join('\n');
}

function balance(name: string, examples: readonly Example[]): string {
  const count = (barrier: number): number => examples.filter(({ road }) => road.barrier === barrier).length;
  const rs = examples.map(({ road }) => road.outcome?.r ?? 0);
  const mean = rs.length === 0 ? '' : (rs.reduce((sum, r) => sum + r, 0) / rs.length).toFixed(3);
  return `| ${name} | ${rs.length} | ${count(1)} | ${count(-1)} | ${count(0)} | ${rs.filter((r) => r > 0).length} | ${mean} |`;
}

const titles: Readonly<Record<ColumnPart, string>> = { key: 'Key', feature: 'Features, as of the decision', label: 'Labels by column' };

function columnLines(part: ColumnPart): readonly string[] {
  const rows = datasetColumns.filter((column) => column.part === part);
  return [
    `## ${titles[part]}`,
    '',
    '| column | type | unit | known | means |',
    '|---|---|---|---|---|',
    ...rows.map(({ name, type, unit, available, means }) => `| \`${name}\` | ${type} | ${unit} | ${available} | ${means} |`),
    '',
  ];
}
