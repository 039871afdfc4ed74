import type { Client } from '#adapters/postgres/client';

/**
 * Adds up the trades of sessions whose rows of `performance_daily` have just been written: those that ended since the session before.
 * The server does it from rows that it has, in the order of their entries, so that every way of writing them comes to the same sums.
 */
export async function sumUpSessions(client: Client, journal: number, sessions: { readonly least: number; readonly most: number }) {
  await client.query(sums, [journal, sessions.least, sessions.most]);
}

const sumsBy = (what: string): string => `
  insert into catalyst.session_${what}_results (journal_id, session_id, ${what}, trades, won, pnl, fees, r_sum, r_square_sum)
  select journal_id, session_id, ${what}, count(*), count(*) filter (where pnl > 0), sum(pnl), sum(fees),
    sum(r_multiple order by sequence), sum(r_multiple * r_multiple order by sequence)
  from trades where ${what} is not null
  group by journal_id, session_id, ${what}`;

/** Session by session (offset 0): of a journal that is new to its statistics the server would begin with all trades. */
const sums = `
  with trades as materialized (
    select d.session_id, t.*
    from (
      select session_id, last_sequence, lag(last_sequence, 1, 0::bigint) over (order by last_sequence) as before
      from catalyst.performance_daily where journal_id = $1
    ) d
    cross join lateral (
      select * from catalyst.ended_trades t where t.journal_id = $1 and t.sequence > d.before and t.sequence <= d.last_sequence offset 0
    ) t
    where d.session_id between $2 and $3
  ), by_pattern as (${sumsBy('pattern')}), by_catalyst as (${sumsBy('catalyst')})
  ${sumsBy('hour')}`;
