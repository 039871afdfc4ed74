import { defaultPolicy, type Policy } from '#domain/alerts/policy';
import { MINUTE_MS } from '#domain/values/instant';

/** A way to reach somebody. Secrets are named by the variables of the environment that hold them, and stand in no file. */
export type ChannelSettings =
  | {
      readonly kind: 'mail';
      readonly urlFromEnv: string;
      readonly from: string;
      readonly to: readonly string[];
      /** A file with the certificate that signs the server's, where no public authority does. */
      readonly caFile: string | null;
    }
  | { readonly kind: 'slack' | 'discord' | 'webhook'; readonly urlFromEnv: string }
  | { readonly kind: 'telegram'; readonly tokenFromEnv: string; readonly chat: string; readonly server: string };

/** Names of channels; those of `escalation` are told besides when nobody has acknowledged, or no other channel delivers. */
export type Routes = {
  readonly critical: readonly string[];
  readonly warning: readonly string[];
  readonly information: readonly string[];
  readonly escalation: readonly string[];
};

/** What is watched besides the journal, and how long it may be silent. */
export type WatchSettings = {
  readonly barsMissingMs: number;
  readonly scanLateMs: number;
  /** Nobody writes the journal for so long. A restart takes twenty seconds. */
  readonly serviceDownMs: number;
  /** The session has to be open so long before the market is. */
  readonly openBeforeMs: number;
  /** The day has to be closed so long after the market. */
  readonly summaryAfterMs: number;
  readonly diskFreeBytes: number;
  /** A database that is dialled; '' for none. */
  readonly databaseFromEnv: string;
  readonly newestTrades: number;
  /** Whoever writes the database says for so long that it is away. */
  readonly databaseAwayMs: number;
  /** So far behind the journal the database is told of. */
  readonly projectionEntries: number;
  readonly projectionBehindMs: number;
  /** Whoever writes the database tells nothing for so long. */
  readonly projectorSilentMs: number;
};

/** A ping to the outside while all is well; whoever gets it calls when it stays away. `urlFromEnv` is '' for none. */
export type DeadManSettings = {
  readonly urlFromEnv: string;
  readonly everyMs: number;
  readonly missesMax: number;
  readonly tellsFailures: boolean;
};

export type AlertSettings = {
  readonly channels: ReadonlyMap<string, ChannelSettings>;
  readonly routes: Routes;
  readonly policy: Policy;
  readonly watch: WatchSettings;
  readonly deadMan: DeadManSettings;
};

export const defaultWatch: WatchSettings = {
  barsMissingMs: 5 * MINUTE_MS,
  scanLateMs: 2 * MINUTE_MS,
  serviceDownMs: 30_000,
  openBeforeMs: 5 * MINUTE_MS,
  summaryAfterMs: 30 * MINUTE_MS,
  diskFreeBytes: 500_000_000,
  databaseFromEnv: '',
  newestTrades: 20,
  databaseAwayMs: MINUTE_MS,
  projectionEntries: 10_000,
  projectionBehindMs: 5 * MINUTE_MS,
  projectorSilentMs: MINUTE_MS,
};

export const defaultDeadMan: DeadManSettings = { urlFromEnv: '', everyMs: MINUTE_MS, missesMax: 3, tellsFailures: false };

export const noAlertSettings: AlertSettings = {
  channels: new Map(),
  routes: { critical: [], warning: [], information: [], escalation: [] },
  policy: defaultPolicy,
  watch: defaultWatch,
  deadMan: defaultDeadMan,
};
