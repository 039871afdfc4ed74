import type { Client } from '#adapters/postgres/client';

/**
 * Adds up the trades of sessions whose rows of `performance_daily` have just been written: those that ended since the session before.
 * The server does it from rows that it has, in the order of their entries, so that every way of writing them comes to the same sums.
 */
export async function sumUpSessions(client: Client, journal: number, sessions: { readonly least: number; readonly most: number }) {
  await client.query(sums, [journal, sessions.least, sessions.most]);
}

const sums = `
  insert into catalyst.session_results
    (journal_id, session_id, place, hour, pattern, catalyst, trades, won, pnl, fees, r_sum, r_square_sum)
  select $1, session_id, row_number() over (partition by session_id order by hour, pattern, catalyst), hour, pattern, catalyst, trades, won,
    pnl, fees, r_sum, r_square_sum
  from (
    select d.session_id, t.hour, t.pattern, t.catalyst, count(*) as trades, count(*) filter (where t.pnl > 0) as won,
      sum(t.pnl) as pnl, sum(t.fees) as fees, sum(t.r_multiple order by t.sequence) as r_sum,
      sum(t.r_multiple * t.r_multiple order by t.sequence) as r_square_sum
    from (
      select session_id, last_sequence, lag(last_sequence, 1, 0::bigint) over (order by last_sequence) as before
      from catalyst.performance_daily where journal_id = $1
    ) d
    join catalyst.ended_trades t on t.journal_id = $1 and t.sequence > d.before and t.sequence <= d.last_sequence
    where d.session_id between $2 and $3
    group by d.session_id, t.hour, t.pattern, t.catalyst
  ) s`;
