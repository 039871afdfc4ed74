import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblemText } from '#adapters/parameter-file/file-problem';
import { readUsage, type UsageProblem } from '#adapters/usage-log/read-usage';
import { type Month, monthOf } from '#domain/costs/month';
import { costsOf } from '#domain/costs/month-costs';
import type { UsageRecord } from '#domain/costs/usage-record';
import { Failure } from '#main/commands/failure';
import { readCostFile } from '#main/costs/cost-file';
import { costProblemText, costsFacts, costsText, isOver } from '#main/costs/costs-text';
import { exitCodes } from '#main/exit-codes';
import { systemClock } from '#main/news/system-clock';
import { note, show, showJson } from '#main/terminal';

export type CostsOptions = {
  readonly month?: Month;
  readonly config: string;
  readonly usage?: string;
  readonly journal?: string;
  readonly check?: boolean;
  readonly json?: boolean;
};

/** What a month has cost until now, against the budget of its phase. */
export function costsCommand({ month, config, usage, journal, check = false, json = false }: CostsOptions): void {
  if (usage !== undefined && journal !== undefined) throw new Failure('usage', 'give --usage or --journal, not both');
  if (!existsSync(config))
    throw new Failure('badInput', `there is no ${config}: docs/reference/costs.md shows one to begin with; --config says where yours lies`);
  const plan = readCostFile(config);
  if (!plan.ok) throw new Failure('badInput', fileProblemText(plan.problem));
  const now = systemClock.now();
  const counted = countedIn(usage, journal);
  const costs = costsOf(plan.value, counted, month ?? monthOf(now), now);
  if (!costs.ok) throw new Failure('badInput', costProblemText(costs.problem, config));
  if (json) showJson(costsFacts(costs.value));
  else show(...costsText(costs.value));
  if (check && isOver(costs.value)) process.exitCode = exitCodes.failedCheck;
}

/** A journal whose runs were not given a file has none: then nothing was counted, which is said. */
function countedIn(usage: string | undefined, journal: string | undefined): readonly UsageRecord[] {
  const path = usage ?? (journal === undefined ? null : join(journal, 'usage.jsonl'));
  if (path === null || (usage === undefined && !existsSync(path))) {
    note(
      path === null ? 'no --usage and no --journal: only what is paid every month is counted' : `${path} is not there: no use was counted`,
    );
    return [];
  }
  const read = readUsage(path);
  if (!read.ok) throw new Failure('badInput', usageText(read.problem));
  if (read.value.isTorn) note(`${path} ends in half a line, which counts for nothing; the next run cuts it off`);
  return read.value.records;
}

function usageText(problem: UsageProblem): string {
  return problem.kind === 'usage_unreadable'
    ? `${problem.path} cannot be read (${problem.code})`
    : `line ${problem.line} of ${problem.path} is no record of use; nothing is added up over damage`;
}
