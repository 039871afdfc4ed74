import type { Session } from '#domain/market/session-table';
import { MINUTE_MS } from '#domain/values/instant';
import { RandomStream } from '#simulation/market/seeded-random';

/** Everything that goes wrong, or that somebody does, with how often it does on a usual day. Source: failure catalogue §5. */
export const rates = {
  link_drop: 2,
  stream_mute: 1,
  stream_reset: 0.5,
  news_duplicate: 1.5,
  news_lost: 0.6,
  news_reordered: 3,
  news_late: 1,
  news_cut: 0.1,
  news_unknown_word: 0.1,
  submit_lost_before: 0.15,
  submit_lost_after: 0.2,
  submit_error_before: 0.1,
  submit_error_after: 0.1,
  submit_cut: 0.1,
  submit_empty: 0.05,
  submit_html: 0.05,
  submit_slow: 0.3,
  change_lost_before: 0.1,
  change_lost_after: 0.15,
  change_error: 0.1,
  read_error: 0.5,
  read_stale: 0.5,
  read_cut: 0.2,
  read_unreadable: 0.1,
  rate_burst: 1,
  schema_drift: 0.1,
  legs_ignored: 0.06,
  leg_rejected: 0.06,
  rejected_later: 0.1,
  cancel_stuck: 0.04,
  fill_over_cancel: 0.1,
  both_legs_fill: 0.05,
  stop_by_replacement: 0.3,
  target_deadlock: 0.04,
  foreign_order: 0.04,
  external_trade: 0.05,
  position_deleted: 0.04,
  liquidated: 0.03,
  account_blocked: 0.04,
  keys_expired: 0.04,
  not_tradable: 0.1,
  kill: 0.3,
  pause: 0.1,
  clock_jump: 0.05,
  disk_full: 0.05,
  lease_lost: 0.03,
  halt: 1,
  split: 0.01,
  entries_refused: 0.1,
  bars_missing: 0.3,
  delisted: 0.03,
  trade_busted: 0.03,
  stop_trading: 0.2,
  clear_stop: 0.4,
  close_position: 0.3,
  change_parameter: 0.3,
} as const;

export type FaultKind = keyof typeof rates;

export const killPoints = [
  'now',
  'before_journal',
  'journal_buffered',
  'journal_synced',
  'before_send',
  'sent_no_bytes',
  'sent_partial',
  'response_lost',
  'response_received',
  'after_journal_result',
] as const;

export type KillPoint = (typeof killPoints)[number];
export type Restart = 'at_once' | 'in_five_minutes' | 'after_the_close';

/** One thing that goes wrong at an instant; what `a` and `b` mean depends on its kind, `name` is a column. */
export type Fault = {
  readonly at: number;
  readonly kind: FaultKind;
  readonly name: number;
  /** From 0 to 1: how bad, and in which way. */
  readonly a: number;
  readonly b: number;
  readonly point: KillPoint;
  readonly restart: Restart;
};

export type Profile = 'none' | 'usual' | 'tenfold';

const often: Readonly<Record<Profile, number>> = { none: 0, usual: 1, tenfold: 10 };

/** Each kind has chances of its own, so that leaving one out changes no other. */
export function faultsOf(
  seed: number,
  profile: Profile,
  { sessions, names }: { sessions: readonly Session[]; names: number },
): readonly Fault[] {
  const faults: Fault[] = [];
  for (const kind of Object.keys(rates) as FaultKind[]) {
    const chance = new RandomStream(seed, `fault ${kind}`);
    for (const [day, session] of sessions.entries()) {
      chance.restart(day, 1);
      for (let left = countOf(chance, rates[kind] * often[profile]); left > 0; left--) faults.push(faultOf(chance, kind, session, names));
    }
  }
  return faults.sort((one, other) => one.at - other.at);
}

function faultOf(chance: RandomStream, kind: FaultKind, { open, close, preOpen }: Session, names: number): Fault {
  const span = close - open;
  const at =
    kind === 'split' || kind === 'delisted'
      ? preOpen - 30 * MINUTE_MS
      : Math.round(chance.chance(0.06) ? open - chance.uniform() * 60 * MINUTE_MS : open + chance.uniform() * span);
  return {
    at,
    kind,
    name: chance.below(names),
    a: chance.uniform(),
    b: chance.uniform(),
    point: chance.pick(killPoints),
    restart: chance.pick(['at_once', 'at_once', 'in_five_minutes', 'after_the_close']),
  };
}

/** A whole number with that mean. */
function countOf(chance: RandomStream, mean: number): number {
  let count = 0;
  for (let sum = chance.exponential(); sum < mean; sum += chance.exponential()) count++;
  return count;
}
