set local search_path to catalyst, public;

drop view results_by_hour, results_by_catalyst, results_by_pattern, uncounted_trades, ended_trades;
drop table session_hour_results, session_catalyst_results, session_pattern_results;
alter table performance_daily drop column last_sequence;

create view results_by_pattern as
select
  p.journal_id, i.pattern, count(*) as trades, count(*) filter (where c.pnl > 0) as won, sum(c.pnl)::amount as pnl, sum(c.fees)::amount as fees,
  avg(c.r_multiple) as mean_r, stddev_samp(c.r_multiple) as deviation_r
from positions p
join position_closings c on (c.journal_id, c.position_sequence) = (p.journal_id, p.sequence)
join intents i on (i.journal_id, i.sequence) = (p.journal_id, p.intent_sequence)
group by p.journal_id, i.pattern;
comment on view results_by_pattern is 'What has each pattern made?';

create view results_by_catalyst as
select
  p.journal_id, k.kind as catalyst, count(*) as trades, count(*) filter (where c.pnl > 0) as won, sum(c.pnl)::amount as pnl,
  sum(c.fees)::amount as fees, avg(c.r_multiple) as mean_r, stddev_samp(c.r_multiple) as deviation_r
from positions p
join position_closings c on (c.journal_id, c.position_sequence) = (p.journal_id, p.sequence)
join intents i on (i.journal_id, i.sequence) = (p.journal_id, p.intent_sequence)
left join scan_stages g on g.journal_id = i.journal_id and g.cycle_sequence = i.cycle_sequence and g.stage = 'catalysts_confirmed'
left join scan_catalysts k on k.journal_id = g.journal_id and k.stage_sequence = g.sequence and k.security_id = p.security_id
group by p.journal_id, k.kind;
comment on view results_by_catalyst is 'What have trades on each kind of news made?';

create view results_by_hour as
select
  p.journal_id, extract(hour from p.opened_at at time zone m.time_zone)::smallint as hour, count(*) as trades,
  count(*) filter (where c.pnl > 0) as won, sum(c.pnl)::amount as pnl, sum(c.fees)::amount as fees, avg(c.r_multiple) as mean_r,
  stddev_samp(c.r_multiple) as deviation_r
from positions p
join position_closings c on (c.journal_id, c.position_sequence) = (p.journal_id, p.sequence)
join journals j on j.journal_id = p.journal_id
join markets m on m.market_id = j.market_id
group by p.journal_id, 2;
comment on view results_by_hour is 'What have trades made by the local hour in which they were opened?';
