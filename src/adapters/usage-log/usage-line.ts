import type { UsageRecord } from '#domain/costs/usage-record';
import { formatInstant } from '#domain/values/instant';
import { numberIn, textIn } from '#domain/values/json-field';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { parsed } from '#engine/ports/json-text';

/** One record as a line of the file. */
export const usageLine = ({ at, ...rest }: UsageRecord): string => `${JSON.stringify({ at: formatInstant(at), ...rest })}\n`;

/** The record of a line; null for a line that is none. */
export function parseUsageLine(line: string): UsageRecord | null {
  const raw = parsed(line);
  const at = parseRfc3339(textIn(raw, 'at') ?? '');
  if (at === null) return null;
  if (textIn(raw, 'kind') === 'data_calls') {
    const [vendor, endpoint] = ['vendor', 'endpoint'].map((name) => textIn(raw, name) ?? '');
    const count = countIn(raw, 'count');
    return vendor && endpoint && count !== null ? { kind: 'data_calls', at, vendor, endpoint, count } : null;
  }
  if (textIn(raw, 'kind') !== 'model_tokens') return null;
  const [provider, model] = ['provider', 'model'].map((name) => textIn(raw, name) ?? '');
  const [input, cached, output] = [countIn(raw, 'input'), countIn(raw, 'cached'), countIn(raw, 'output')];
  if (!provider || !model || input === null || cached === null || output === null) return null;
  return { kind: 'model_tokens', at, provider, model, input, cached, output };
}

function countIn(raw: unknown, name: string): number | null {
  const count = numberIn(raw, name);
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
