import { readFileSync } from 'node:fs';
import { parseUsageLine } from '#adapters/usage-log/usage-line';
import type { UsageRecord } from '#domain/costs/usage-record';
import { fail, ok, type Result } from '#domain/values/result';

export type UsageProblem =
  | { readonly kind: 'usage_unreadable'; readonly path: string; readonly code: string }
  | { readonly kind: 'usage_damaged'; readonly path: string; readonly line: number };

/** `isTorn`: a crash left half a line at the end, which counts for nothing. */
export type ReadUsage = { readonly records: readonly UsageRecord[]; readonly isTorn: boolean };

/** Everything that was counted. A line that is no record is damage, unless it is the last and unfinished. */
export function readUsage(path: string): Result<ReadUsage, UsageProblem> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fail({ kind: 'usage_unreadable', path, code: String(error.code) });
    throw error;
  }
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const records: UsageRecord[] = [];
  for (const [place, line] of lines.entries()) {
    const record = parseUsageLine(line);
    if (record === null) return fail({ kind: 'usage_damaged', path, line: place + 1 });
    records.push(record);
  }
  return ok({ records, isTorn: rest !== '' });
}
