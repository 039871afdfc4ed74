import type { Side } from '#domain/orders/order';
import { canonicalJson } from '#domain/values/canonical-json';
import type { Instant } from '#domain/values/instant';
import { sha256 } from '#domain/values/sha256';

/** All that an answer agrees to. `detail` holds what is particular to the subject, such as the stop and the target. */
export type Terms = {
  readonly subject: string;
  readonly intent: number;
  readonly ticker: number | null;
  readonly side: Side | null;
  readonly shares: number;
  readonly limit: number;
  readonly stop: number;
  readonly target: number;
  readonly validUntil: Instant;
};

/** The name of exactly these terms: change one of them and it is another. Source: controls.md C14. */
export const termsHash = (terms: Terms): string => sha256(canonicalJson(terms));
