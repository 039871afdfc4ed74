import { type CallPrice, type CostPlan, type FixedLine, heldOn, type ModelPrice, type Phase } from '#domain/costs/cost-plan';
import { dateAt, daysOf, firstDateOf, type Month, monthOf, passedOf } from '#domain/costs/month';
import { type PicoDollars, partOf, pico, sumOf } from '#domain/costs/pico-dollars';
import type { UsageRecord } from '#domain/costs/usage-record';
import { DAY_MS, type Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';

/** One thing that costs. `count` is of tokens or of calls; null where nothing is counted. */
export type CostLine = {
  readonly kind: 'fixed' | 'model_tokens' | 'data_calls';
  readonly name: string;
  readonly count: number | null;
  readonly spent: PicoDollars;
  /** At the month's end, in a straight line. */
  readonly projected: PicoDollars;
};

export type MonthCosts = {
  readonly month: Month;
  readonly phase: Phase;
  readonly budget: PicoDollars;
  /** The whole of the month, and what of it has passed. */
  readonly passed: { readonly ms: number; readonly of: number };
  readonly lines: readonly CostLine[];
  readonly spent: PicoDollars;
  readonly projected: PicoDollars;
};

/** Never a default: what has no price cannot be added up. */
export type CostProblem =
  | { readonly kind: 'no_model_price'; readonly provider: string; readonly model: string; readonly date: SessionDate }
  | { readonly kind: 'no_call_price'; readonly vendor: string; readonly endpoint: string; readonly date: SessionDate }
  | { readonly kind: 'no_phase'; readonly date: SessionDate };

/** What a month has cost until now, and will have cost at its end. */
export function costsOf(plan: CostPlan, usage: Iterable<UsageRecord>, month: Month, now: Instant): Result<MonthCosts, CostProblem> {
  const date = firstDateOf(month);
  const phase = heldOn(plan.phases, date)?.phase;
  if (phase === undefined) return fail({ kind: 'no_phase', date });
  const passed = passedOf(month, now);
  const used = countedLines(plan, usage, month);
  if (!used.ok) return used;
  const fixed = plan.fixed.map((line) => fixedLine(line, month, passed.ms)).filter(({ projected }) => projected > 0n);
  const counted = [...used.value.values()].map((line) => ({ ...line, projected: straight(line.spent, passed) }));
  const lines = [...fixed, ...counted];
  const [spent, projected] = [sumOf(lines.map((line) => line.spent)), sumOf(lines.map((line) => line.projected))];
  return ok({ month, phase, budget: plan.budgets[phase], passed, lines, spent, projected });
}

/** By the day, of the days on which it was had. */
function fixedLine({ line, monthly, from, to }: FixedLine, month: Month, passedMs: number): CostLine {
  const { first, count } = daysOf(month);
  const begins = Math.max(0, dayOf(from) - first) * DAY_MS;
  const ends = (to === null ? count : Math.min(count, dayOf(to) + 1 - first)) * DAY_MS;
  const until = (ms: number): PicoDollars => partOf(monthly, Math.max(0, Math.min(ms, ends) - begins), count * DAY_MS);
  return { kind: 'fixed', name: line, count: null, spent: until(passedMs), projected: until(count * DAY_MS) };
}

const straight = (spent: PicoDollars, { ms, of }: { readonly ms: number; readonly of: number }): PicoDollars =>
  ms === 0 ? spent : partOf(spent, of, ms);

type Counted = { readonly kind: UsageRecord['kind']; readonly name: string; count: number; spent: PicoDollars };

function countedLines(plan: CostPlan, usage: Iterable<UsageRecord>, month: Month): Result<ReadonlyMap<string, Counted>, CostProblem> {
  const lines = new Map<string, Counted>();
  for (const record of usage) {
    if (monthOf(record.at) !== month) continue;
    const cost = record.kind === 'model_tokens' ? tokenCost(plan.models, record) : callCost(plan.calls, record);
    if (!cost.ok) return cost;
    const name = record.kind === 'model_tokens' ? `${record.provider} ${record.model}` : record.vendor;
    const key = `${record.kind === 'model_tokens' ? 'model' : 'calls'} ${name}`;
    const line = lines.get(key) ?? { kind: record.kind, name, count: 0, spent: pico(0n) };
    line.count += record.kind === 'model_tokens' ? record.input + record.cached + record.output : record.count;
    line.spent = pico(line.spent + cost.value);
    lines.set(key, line);
  }
  return ok(new Map([...lines].sort(([one], [other]) => (one < other ? -1 : 1))));
}

const MILLION = 1_000_000n;

function tokenCost(prices: readonly ModelPrice[], used: Extract<UsageRecord, { kind: 'model_tokens' }>): Result<PicoDollars, CostProblem> {
  const { provider, model } = used;
  const date = dateAt(used.at);
  const ours = prices.filter((price) => price.provider === provider && price.model === model);
  const price = heldOn(ours, date);
  if (price === null) return fail({ kind: 'no_model_price', provider, model, date });
  const million = BigInt(used.input) * price.input + BigInt(used.cached) * price.cached + BigInt(used.output) * price.output;
  return ok(pico(million / MILLION));
}

function callCost(prices: readonly CallPrice[], used: Extract<UsageRecord, { kind: 'data_calls' }>): Result<PicoDollars, CostProblem> {
  const { vendor, endpoint, count } = used;
  const date = dateAt(used.at);
  const ours = prices.filter((price) => price.vendor === vendor);
  const own = ours.filter((price) => price.endpoint === endpoint);
  const price =
    heldOn(own, date) ??
    heldOn(
      ours.filter((each) => each.endpoint === null),
      date,
    );
  return price === null ? fail({ kind: 'no_call_price', vendor, endpoint, date }) : ok(pico(price.each * BigInt(count)));
}
