-- What each session's trades came to by pattern, by catalyst and by hour: a dashboard asks for years of them, and joining 25,000 trades
-- with what they were opened for takes a tenth of a second each time.

set local search_path to catalyst, public;

alter table performance_daily add column last_sequence bigint;
comment on column performance_daily.last_sequence is 'The entry with which the day was over; null in rows of before this column.';

create table session_pattern_results (
  journal_id bigint not null,
  session_id integer not null,
  pattern pattern not null,
  trades integer not null check (trades > 0),
  won integer not null check (won between 0 and trades),
  pnl amount not null,
  fees amount not null,
  r_sum double precision not null,
  r_square_sum double precision not null check (r_square_sum >= 0),
  primary key (journal_id, session_id, pattern),
  foreign key (journal_id, session_id) references performance_daily
);
comment on table session_pattern_results is 'Sums of the trades of a session that is over, by the pattern that they were opened on.';
comment on column session_pattern_results.journal_id is 'The journal that tells it.';
comment on column session_pattern_results.session_id is 'The session whose end counted them.';
comment on column session_pattern_results.pattern is 'The pattern of their intents; trades without an intent stand in session_hour_results alone.';
comment on column session_pattern_results.trades is 'How many ended.';
comment on column session_pattern_results.won is 'How many of them made more than nothing after fees.';
comment on column session_pattern_results.pnl is 'What they made after fees.';
comment on column session_pattern_results.fees is 'What they were charged.';
comment on column session_pattern_results.r_sum is 'Their multiples of what was at risk, added up.';
comment on column session_pattern_results.r_square_sum is 'The squares of those, added up: a deviation needs them.';
create trigger only_added_to before update or delete or truncate on session_pattern_results execute function refuse_change();

create table session_catalyst_results (
  journal_id bigint not null,
  session_id integer not null,
  catalyst catalyst_kind not null,
  trades integer not null check (trades > 0),
  won integer not null check (won between 0 and trades),
  pnl amount not null,
  fees amount not null,
  r_sum double precision not null,
  r_square_sum double precision not null check (r_square_sum >= 0),
  primary key (journal_id, session_id, catalyst),
  foreign key (journal_id, session_id) references performance_daily
);
comment on table session_catalyst_results is 'Sums of the trades of a session that is over, by the news that they were opened on.';
comment on column session_catalyst_results.journal_id is 'The journal that tells it.';
comment on column session_catalyst_results.session_id is 'The session whose end counted them.';
comment on column session_catalyst_results.catalyst is 'The news that their scans confirmed, as a report names it; trades without an intent stand in session_hour_results alone.';
comment on column session_catalyst_results.trades is 'How many ended.';
comment on column session_catalyst_results.won is 'How many of them made more than nothing after fees.';
comment on column session_catalyst_results.pnl is 'What they made after fees.';
comment on column session_catalyst_results.fees is 'What they were charged.';
comment on column session_catalyst_results.r_sum is 'Their multiples of what was at risk, added up.';
comment on column session_catalyst_results.r_square_sum is 'The squares of those, added up: a deviation needs them.';
create trigger only_added_to before update or delete or truncate on session_catalyst_results execute function refuse_change();

create table session_hour_results (
  journal_id bigint not null,
  session_id integer not null,
  hour smallint not null check (hour between 0 and 23),
  trades integer not null check (trades > 0),
  won integer not null check (won between 0 and trades),
  pnl amount not null,
  fees amount not null,
  r_sum double precision not null,
  r_square_sum double precision not null check (r_square_sum >= 0),
  primary key (journal_id, session_id, hour),
  foreign key (journal_id, session_id) references performance_daily
);
comment on table session_hour_results is 'Sums of the trades of a session that is over, by the hour in which they were opened.';
comment on column session_hour_results.journal_id is 'The journal that tells it.';
comment on column session_hour_results.session_id is 'The session whose end counted them.';
comment on column session_hour_results.hour is 'The local hour of the market in which they were opened.';
comment on column session_hour_results.trades is 'How many ended.';
comment on column session_hour_results.won is 'How many of them made more than nothing after fees.';
comment on column session_hour_results.pnl is 'What they made after fees.';
comment on column session_hour_results.fees is 'What they were charged.';
comment on column session_hour_results.r_sum is 'Their multiples of what was at risk, added up.';
comment on column session_hour_results.r_square_sum is 'The squares of those, added up: a deviation needs them.';
create trigger only_added_to before update or delete or truncate on session_hour_results execute function refuse_change();

-- Each lookup is a question of its own (offset 0): of a handful of trades the server would otherwise read whole tables to join them.
create view ended_trades as
select
  c.journal_id, c.sequence, extract(hour from p.opened_at at time zone m.time_zone)::smallint as hour, i.pattern,
  -- As in a report: an intent whose scan told of no news counts as other news.
  case when i.pattern is not null then coalesce(k.kind, 'other_news') end as catalyst,
  c.pnl, c.fees, c.r_multiple
from position_closings c
join journals j on j.journal_id = c.journal_id
join markets m on m.market_id = j.market_id
cross join lateral (
  select p.opened_at, p.intent_sequence, p.security_id from positions p
  where (p.journal_id, p.sequence) = (c.journal_id, c.position_sequence) offset 0
) p
left join lateral (
  select i.pattern, i.cycle_sequence from intents i where (i.journal_id, i.sequence) = (c.journal_id, p.intent_sequence) offset 0
) i on true
left join lateral (
  select g.sequence from scan_stages g
  where g.journal_id = c.journal_id and g.cycle_sequence = i.cycle_sequence and g.stage = 'catalysts_confirmed' offset 0
) g on true
left join lateral (
  select k.kind from scan_catalysts k
  where k.journal_id = c.journal_id and k.stage_sequence = g.sequence and k.security_id = p.security_id offset 0
) k on true;
comment on view ended_trades is 'When was each trade opened and for what, and what did it make?';

create view uncounted_trades as
select t.*
from journals j
cross join lateral (
  select coalesce(max(d.last_sequence), 0) as sequence from performance_daily d where d.journal_id = j.journal_id
) counted
cross join lateral (select t.* from ended_trades t where t.journal_id = j.journal_id and t.sequence > counted.sequence offset 0) t;
comment on view uncounted_trades is 'Which trades have ended since the last session was over? The sums of sessions do not hold them yet.';

drop view results_by_hour, results_by_catalyst, results_by_pattern;

create view results_by_pattern as
select
  journal_id, pattern, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from (
  select journal_id, pattern, trades, won, pnl, fees, r_sum, r_square_sum from session_pattern_results
  union all
  select journal_id, pattern, 1, (pnl > 0)::integer, pnl, fees, r_multiple, r_multiple * r_multiple from uncounted_trades
  where pattern is not null
) parts
group by journal_id, pattern;
comment on view results_by_pattern is 'What has each pattern made?';

create view results_by_catalyst as
select
  journal_id, catalyst, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from (
  select journal_id, catalyst, trades, won, pnl, fees, r_sum, r_square_sum from session_catalyst_results
  union all
  select journal_id, catalyst, 1, (pnl > 0)::integer, pnl, fees, r_multiple, r_multiple * r_multiple from uncounted_trades
  where catalyst is not null
) parts
group by journal_id, catalyst;
comment on view results_by_catalyst is 'What have trades on each kind of news made?';

create view results_by_hour as
select
  journal_id, hour, sum(trades)::bigint as trades, sum(won)::bigint as won, sum(pnl)::amount as pnl, sum(fees)::amount as fees,
  sum(r_sum) / sum(trades)::double precision as mean_r,
  sqrt(greatest(0, sum(r_square_sum) - sum(r_sum) ^ 2 / sum(trades)::double precision) / nullif(sum(trades) - 1, 0)::double precision)
    as deviation_r
from (
  select journal_id, hour, trades, won, pnl, fees, r_sum, r_square_sum from session_hour_results
  union all
  select journal_id, hour, 1, (pnl > 0)::integer, pnl, fees, r_multiple, r_multiple * r_multiple from uncounted_trades
  where hour is not null
) parts
group by journal_id, hour;
comment on view results_by_hour is 'What have trades made by the local hour in which they were opened?';

call settle_roles();
