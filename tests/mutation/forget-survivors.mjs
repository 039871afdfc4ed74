import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const dead = ['Killed', 'Timeout', 'Ignored'];

/** Whoever has lived is tried again: Stryker does not see that a new test comes to what is computed once for all. */
export function forgetSurvivors(result) {
  if (!existsSync(result)) return;
  const report = JSON.parse(readFileSync(result, 'utf8'));
  for (const file of Object.values(report.files)) file.mutants = file.mutants.filter(({ status }) => dead.includes(status));
  writeFileSync(result, JSON.stringify(report));
}
