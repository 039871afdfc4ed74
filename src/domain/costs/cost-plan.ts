import type { PicoDollars } from '#domain/costs/pico-dollars';
import type { SessionDate } from '#domain/values/session-date';

/** Something that costs the same every month: a server, a feed, a mailbox. `to` is its last day; null while it goes on. */
export type FixedLine = {
  readonly line: string;
  readonly monthly: PicoDollars;
  readonly from: SessionDate;
  readonly to: SessionDate | null;
};

/** For a million tokens, from a day on. */
export type ModelPrice = {
  readonly provider: string;
  readonly model: string;
  readonly from: SessionDate;
  readonly input: PicoDollars;
  readonly cached: PicoDollars;
  readonly output: PicoDollars;
};

/** For one call, from a day on; of one endpoint, or of all that have no price of their own. */
export type CallPrice = {
  readonly vendor: string;
  readonly endpoint: string | null;
  readonly from: SessionDate;
  readonly each: PicoDollars;
};

export const phases = [1, 2, 3, 4] as const;
export type Phase = (typeof phases)[number];

/** What was agreed on, and what things cost. */
export type CostPlan = {
  readonly phases: readonly { readonly phase: Phase; readonly from: SessionDate }[];
  readonly budgets: Readonly<Record<Phase, PicoDollars>>;
  readonly fixed: readonly FixedLine[];
  readonly models: readonly ModelPrice[];
  readonly calls: readonly CallPrice[];
};

/** The one that held on a day: of those from then or before, the latest. */
export function heldOn<Dated extends { readonly from: SessionDate }>(all: readonly Dated[], date: SessionDate): Dated | null {
  return all.reduce<Dated | null>((best, one) => (one.from <= date && (best === null || one.from > best.from) ? one : best), null);
}
