import type { Instant } from '#domain/values/instant';

/** What was used: counted, never priced, since prices have dates of their own. */
export type UsageRecord =
  | {
      readonly kind: 'model_tokens';
      readonly at: Instant;
      readonly provider: string;
      readonly model: string;
      /** Of the question, without those that the provider had kept. */
      readonly input: number;
      readonly cached: number;
      readonly output: number;
    }
  | { readonly kind: 'data_calls'; readonly at: Instant; readonly vendor: string; readonly endpoint: string; readonly count: number };
