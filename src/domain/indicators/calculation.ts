import type { Frame, PriceArray } from '#domain/events/frame';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume';

export type Parameter = {
  readonly name: string;
  readonly standard: number;
  /** Factors may have digits after the point; numbers of bars have none. */
  readonly kind: 'bars' | 'factor';
};

/** What a number is counted in: a price in the unit of the bars, shares in theirs, or a pure number. */
export type Output = { readonly suffix: string; readonly unit: 'price' | 'shares' | 'plain' };

/** A calculation at work on a table. `read` gives `null` while it warms up. */
export type Running = {
  startSession?(): void;
  update(frame: Frame<PriceArray>): void;
  read(s: number, output: number): number | null;
};

/** Something that can be calculated from bars, by name: what it takes, what it gives, and whose convention it keeps. */
export type Calculation = {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly Parameter[];
  /** Other legitimate conventions, each by the word that asks for it. */
  readonly variants: Readonly<Record<string, string>>;
  readonly needs: readonly BarField[];
  /** What a variant needs besides. */
  readonly variantNeeds?: Readonly<Record<string, readonly BarField[]>>;
  readonly outputs: readonly Output[];
  /** On which bar, counted from 1, the first answer comes; of a calculation that begins anew each session, in each. */
  warmUp(values: readonly number[], variant: string | null): number;
  /** The warm-up in words, and whose it is. */
  readonly convention: string;
  readonly source: string;
  /** Of how many bars prices are summed, which must stay below 2^53 for sums to be exact. */
  summed?(values: readonly number[]): number;
  make(table: SymbolColumns, values: readonly number[], variant: string | null): Running;
};

type Kernel = { update(frame: Frame<PriceArray>): void; ready(s: number): boolean };

/** A kernel whose answers stand in columns. */
export const ofColumns = (kernel: Kernel, ...columns: readonly Column<Float64Array>[]): Running => ({
  update: (frame) => kernel.update(frame),
  read: (s, output) => (kernel.ready(s) ? (columns[output]?.values[s] as number) : null),
});

/** A kernel that begins anew each session and is asked for its answers. */
export const ofSession = (kernel: Kernel & { startSession(): void }, ...answers: readonly ((s: number) => number)[]): Running => ({
  startSession: () => kernel.startSession(),
  update: (frame) => kernel.update(frame),
  read: (s, output) => (kernel.ready(s) ? (answers[output]?.(s) ?? null) : null),
});
