import type { Severity } from '#domain/alerts/alert';
import type { Result } from '#domain/values/result';

/** A message as people read it. */
export type Letter = {
  /** The same for every try, and for no other message in the world: a copy is known by it. */
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
  readonly severity: Severity;
  /** One line, at most 78 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for machines. */
  readonly data: unknown;
};

/** `uncertain`: it was handed over and nobody said whether it was taken. `said` and `why` hold no secret. */
export type SendProblem =
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'uncertain'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'rate_limited'; readonly why: string; readonly waitMs: number };

/** A way to reach a person. One try, bounded in time; whoever sends decides about the next. */
export type AlertChannel = {
  readonly name: string;
  send(letter: Letter): Promise<Result<string, SendProblem>>;
  close(): void;
};
