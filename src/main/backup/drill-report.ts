import { momentText } from '#main/backup/backup-problem';
import type { Drilled, DrillStep } from '#main/backup/drill';
import { version } from '#main/version';

const outcomeWords: Readonly<Record<DrillStep['outcome'], string>> = { passed: 'passed', failed: 'FAILED', not_done: 'not done' };

/** What a drill found, as numbers. */
export function drillFacts({ from, startedAt, manifest, steps, restoreMs, passed }: Drilled): Readonly<Record<string, unknown>> {
  return {
    from,
    passed,
    startedAt: new Date(startedAt).toISOString(),
    madeAt: manifest === null ? null : new Date(manifest.madeAt).toISOString(),
    madeBy: manifest?.catalyst ?? null,
    checkedBy: version,
    recoveryPointMs: manifest === null ? null : startedAt - manifest.madeAt,
    recoveryTimeMs: restoreMs,
    entries: manifest?.journal.entries ?? null,
    head: manifest?.journal.head ?? null,
    lastEntryAt: manifest === null ? null : momentText(manifest.journal.lastAt),
    steps,
  };
}

/** The same for people, in Markdown. */
export function drillReport({ from, startedAt, manifest, steps, restoreMs, passed }: Drilled): readonly string[] {
  const made =
    manifest === null
      ? []
      : [
          `- made: ${new Date(manifest.madeAt).toISOString()} by catalyst ${manifest.catalyst}; checked by ${version}`,
          `- journal: ${manifest.journal.entries} entries, head ${manifest.journal.head}, the last of ${momentText(manifest.journal.lastAt)}`,
          `- what would be lost (recovery point): everything since, ${spanText(startedAt - manifest.madeAt)}`,
          `- how long it takes (recovery time): ${spanText(restoreMs)} until a run can go on; its replay comes on top`,
        ];
  return [
    `# Restore drill: ${passed ? 'passed' : 'FAILED'}`,
    '',
    `- backup: ${from}`,
    `- drill: ${new Date(startedAt).toISOString()}`,
    ...made,
    '',
    '| step | outcome | seconds | |',
    '|---|---|---|---|',
    ...steps.map(({ name, outcome, ms, said }) => `| ${name} | ${outcomeWords[outcome]} | ${(ms / 1000).toFixed(2)} | ${cell(said)} |`),
  ];
}

/** A text that stays in its cell. */
const cell = (text: string): string => text.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|');

const units: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A length of time in its two largest units: "3 h 20 min"; below a second in milliseconds. */
function spanText(ms: number): string {
  const first = units.findIndex(([size]) => ms >= size);
  if (first < 0) return `${Math.round(ms)} ms`;
  let rest = ms;
  const parts = units.slice(first, first + 2).map(([size, word]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return `${count} ${word}`;
  });
  return parts.join(' ');
}
