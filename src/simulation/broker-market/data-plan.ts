import { MINUTE_MS } from '#domain/values/instant';

/** What an account has paid for. Source: broker-alpaca §15, Basic and Algo Trader Plus. */
export type DataPlan = {
  readonly name: 'free' | 'paid';
  readonly sip: boolean;
  /** Names of which trades and quotes are streamed; null is no limit. */
  readonly symbolsMax: number | null;
  readonly connectionsMax: number;
  readonly requestsAMinute: number;
  /** SIP data newer than this is refused. */
  readonly sipDelayMs: number;
};

/** Both plans by their names. */
export const dataPlans: Readonly<Record<DataPlan['name'], DataPlan>> = {
  free: { name: 'free', sip: false, symbolsMax: 30, connectionsMax: 1, requestsAMinute: 200, sipDelayMs: 15 * MINUTE_MS },
  paid: { name: 'paid', sip: true, symbolsMax: null, connectionsMax: 1, requestsAMinute: 10_000, sipDelayMs: 0 },
};
