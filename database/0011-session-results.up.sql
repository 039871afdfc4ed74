-- What each session's trades came to by pattern, catalyst and hour: a dashboard asks for years of them, and adding up 25,000 trades
-- each time takes a tenth of a second.

set local search_path to catalyst, public;

alter table performance_daily add column last_sequence bigint;
comment on column performance_daily.last_sequence is 'The entry with which the day was over; null in rows of before this column.';

create table session_results (
  journal_id bigint not null,
  session_id integer not null,
  place smallint not null check (place > 0),
  hour smallint not null check (hour between 0 and 23),
  pattern pattern,
  catalyst catalyst_kind,
  trades integer not null check (trades > 0),
  won integer not null check (won between 0 and trades),
  pnl amount not null,
  fees amount not null,
  r_sum double precision not null,
  r_square_sum double precision not null check (r_square_sum >= 0),
  primary key (journal_id, session_id, place),
  unique nulls not distinct (journal_id, session_id, hour, pattern, catalyst),
  foreign key (journal_id, session_id) references performance_daily,
  check ((pattern is null) = (catalyst is null))
);
comment on table session_results is 'Sums of the trades of a session that is over, by the hour in which they were opened and by what they were opened for.';
comment on column session_results.journal_id is 'The journal that tells it.';
comment on column session_results.session_id is 'The session whose end counted them.';
comment on column session_results.place is 'Which of the session''s sums, from 1.';
comment on column session_results.hour is 'The local hour of the market in which they were opened.';
comment on column session_results.pattern is 'The pattern of their intents; null where there was none.';
comment on column session_results.catalyst is 'The news that their scans confirmed, as a report names it; null where there was no intent.';
comment on column session_results.trades is 'How many ended.';
comment on column session_results.won is 'How many of them made more than nothing after fees.';
comment on column session_results.pnl is 'What they made after fees.';
comment on column session_results.fees is 'What they were charged.';
comment on column session_results.r_sum is 'Their multiples of what was at risk, added up.';
comment on column session_results.r_square_sum is 'The squares of those, added up: a deviation needs them.';
create trigger only_added_to before update or delete or truncate on session_results execute function refuse_change();

create view ended_trades as
select
  c.journal_id, c.sequence, extract(hour from p.opened_at at time zone m.time_zone)::smallint as hour, i.pattern,
  -- As in a report: an intent whose scan told of no news counts as other news.
  case when i.sequence is not null then coalesce(k.kind, 'other_news') end as catalyst,
  c.pnl, c.fees, c.r_multiple
from position_closings c
join positions p on (p.journal_id, p.sequence) = (c.journal_id, c.position_sequence)
join journals j on j.journal_id = c.journal_id
join markets m on m.market_id = j.market_id
left join intents i on (i.journal_id, i.sequence) = (p.journal_id, p.intent_sequence)
left join scan_stages g on g.journal_id = c.journal_id and g.cycle_sequence = i.cycle_sequence and g.stage = 'catalysts_confirmed'
left join scan_catalysts k on k.journal_id = c.journal_id and k.stage_sequence = g.sequence and k.security_id = p.security_id;
comment on view ended_trades is 'When was each trade opened and for what, and what did it make? The source of session_results.';

create view result_parts as
select journal_id, hour, pattern, catalyst, trades::bigint as trades, won::bigint as won, pnl, fees, r_sum, r_square_sum
from session_results
union all
-- Trades that ended since: of the session that goes on.
select
  t.journal_id, t.hour, t.pattern, t.catalyst, 1, (t.pnl > 0)::int, t.pnl, t.fees, t.r_multiple, t.r_multiple * t.r_multiple
from journals j
cross join lateral (
  select coalesce(max(d.last_sequence), 0) as sequence from performance_daily d where d.journal_id = j.journal_id
) counted
join ended_trades t on t.journal_id = j.journal_id and t.sequence > counted.sequence;
comment on view result_parts is 'What results are added up of: the sums of sessions that are over, and the trades since?';

drop view results_by_hour, results_by_catalyst, results_by_pattern;

create view results_by_pattern as
select
  journal_id, pattern, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from result_parts where pattern is not null
group by journal_id, pattern;
comment on view results_by_pattern is 'What has each pattern made?';

create view results_by_catalyst as
select
  journal_id, catalyst, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from result_parts where catalyst is not null
group by journal_id, catalyst;
comment on view results_by_catalyst is 'What have trades on each kind of news made?';

create view results_by_hour as
select
  journal_id, hour, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from result_parts
group by journal_id, hour;
comment on view results_by_hour is 'What have trades made by the local hour in which they were opened?';

call settle_roles();
