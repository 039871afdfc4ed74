-- What people ask, as views. Their comments are the questions. A symbol may stand in a view: it is no table.

set local search_path to catalyst, public;

create view projection_positions as
select j.journal_id, j.name as journal, p.projection, p.sequence, p.entry_at
from journal_positions p
join journals j using (journal_id);
comment on view projection_positions is 'How far has the record read each journal?';

create view order_status as
select
  o.journal_id, o.sequence, o.recorded_at, o.order_id, o.intent_sequence, o.security_id, s.symbol, o.role, o.type, o.side, o.shares,
  o.limit_price, o.stop_price, o.reason,
  case
    when f.shares >= o.shares then 'filled'
    when e.status in ('rejected', 'cancelled') then e.status::text
    when e.status = 'unknown' and coalesce(f.last_sequence, 0) < e.sequence then 'unknown'
    when f.shares > 0 then 'partly_filled'
    when e.status is not null then 'working'
    else 'sent'
  end as status,
  e.rejection, coalesce(f.shares, 0)::bigint as filled_shares, f.mean_price, coalesce(f.fees, 0)::amount as fees,
  f.last_at as last_fill_at, c.recorded_at as cancel_asked_at, e.recorded_at as told_at, e.detail
from orders o
join securities s using (security_id)
left join lateral (
  select e.sequence, e.status, e.rejection, e.recorded_at, e.detail from order_events e
  where e.journal_id = o.journal_id and e.order_sequence = o.sequence order by e.sequence desc limit 1
) e on true
left join lateral (
  select sum(f.shares) as shares, round(sum(f.shares * f.price) / sum(f.shares), 4) as mean_price, sum(f.fees) as fees,
    max(f.sequence) as last_sequence, max(f.recorded_at) as last_at
  from fills f where f.journal_id = o.journal_id and f.order_sequence = o.sequence
) f on true
left join lateral (
  select min(c.recorded_at) as recorded_at from order_cancels c where c.journal_id = o.journal_id and c.order_sequence = o.sequence
) c on true;
comment on view order_status is 'What became of each order: its status, the shares that were filled, at which mean price?';

create view trades as
select
  p.journal_id, p.sequence, c.sequence as closing_sequence, p.security_id, s.symbol, p.side, p.intent_sequence, p.opened_at,
  c.recorded_at as closed_at, (c.recorded_at at time zone m.time_zone)::date as session_date,
  extract(hour from p.opened_at at time zone m.time_zone)::smallint as opened_hour,
  c.shares, c.pnl, c.fees, c.r_multiple, c.reason, c.is_without_market, c.favourable_r, c.favourable_money, c.adverse_r, c.adverse_money,
  i.pattern, i.confidence, i.limit_price, v.stop, i.target, v.risk, b.mean_price as entry_price, x.mean_price as exit_price,
  case p.side when 'buy' then b.mean_price - i.limit_price else i.limit_price - b.mean_price end as entry_slippage,
  case p.side when 'buy' then x.at_stop - x.stopped_price else x.stopped_price - x.at_stop end as stop_slippage,
  k.kind as catalyst, k.strength as catalyst_strength, n.headline, n.source as headline_source, n.known_at as headline_known_at
from positions p
join position_closings c on (c.journal_id, c.position_sequence) = (p.journal_id, p.sequence)
join securities s on s.security_id = p.security_id
join markets m on m.market_id = s.market_id
left join intents i on (i.journal_id, i.sequence) = (p.journal_id, p.intent_sequence)
left join lateral (
  select v.stop, v.risk from intent_verdicts v
  where v.journal_id = p.journal_id and v.intent_sequence = p.intent_sequence and v.verdict = 'approved' order by v.sequence desc limit 1
) v on true
left join lateral (
  select round(sum(f.shares * f.price) / sum(f.shares), 4) as mean_price
  from orders o join fills f on (f.journal_id, f.order_sequence) = (o.journal_id, o.sequence)
  where o.journal_id = p.journal_id and o.intent_sequence = p.intent_sequence and o.role = 'entry'
) b on true
left join lateral (
  select
    round(sum(f.shares * f.price) / sum(f.shares), 4) as mean_price,
    round(sum(f.shares * f.price) filter (where o.role = 'stop') / sum(f.shares) filter (where o.role = 'stop'), 4) as stopped_price,
    round(sum(f.shares * o.stop_price) filter (where o.role = 'stop') / sum(f.shares) filter (where o.role = 'stop'), 4) as at_stop
  from orders o join fills f on (f.journal_id, f.order_sequence) = (o.journal_id, o.sequence)
  where o.journal_id = p.journal_id and o.intent_sequence = p.intent_sequence and o.role <> 'entry'
) x on true
left join scan_stages g on g.journal_id = i.journal_id and g.cycle_sequence = i.cycle_sequence and g.stage = 'catalysts_confirmed'
left join scan_catalysts k on k.journal_id = g.journal_id and k.stage_sequence = g.sequence and k.security_id = p.security_id
left join news_items n on n.journal_id = k.journal_id and n.sequence = k.news_sequence;
comment on view trades is 'What has each finished trade made, what was it entered for, and what did it cost beyond the price that was wanted?';
comment on column trades.entry_slippage is 'What a share cost more than the limit of the intent; negative when it was cheaper.';
comment on column trades.stop_slippage is 'What a share that a stop sold brought less than the price of the stop; null when no stop was met.';

create view open_positions as
select
  p.journal_id, p.sequence, p.security_id, s.symbol, p.side, p.opened_at, p.intent_sequence, i.pattern, i.target, v.stop,
  (coalesce(f.held, 0) + coalesce(a.held, 0))::bigint as shares, f.mean_price, coalesce(f.fees, 0)::amount as fees
from positions p
join securities s on s.security_id = p.security_id
left join intents i on (i.journal_id, i.sequence) = (p.journal_id, p.intent_sequence)
left join lateral (
  select v.stop from intent_verdicts v
  where v.journal_id = p.journal_id and v.intent_sequence = p.intent_sequence and v.verdict = 'approved' order by v.sequence desc limit 1
) v on true
left join lateral (
  select
    sum(case o.side when 'buy' then f.shares else -f.shares end) as held, sum(f.fees) as fees,
    round(sum(f.shares * f.price) filter (where o.side = p.side) / sum(f.shares) filter (where o.side = p.side), 4) as mean_price
  from orders o join fills f on (f.journal_id, f.order_sequence) = (o.journal_id, o.sequence)
  where o.security_id = p.security_id and o.journal_id = p.journal_id and f.sequence >= p.sequence
) f on true
left join lateral (
  select sum(a.shares) as held from position_adjustments a
  where a.security_id = p.security_id and a.journal_id = p.journal_id and a.sequence >= p.sequence
) a on true
where not exists (select from position_closings c where (c.journal_id, c.position_sequence) = (p.journal_id, p.sequence));
comment on view open_positions is 'What is held now, since when, at which mean price, with which first stop and target?';

create view open_questions as
select
  q.journal_id, q.sequence, q.recorded_at, q.subject, q.intent_sequence, q.security_id, s.symbol, q.shares, q.price, q.deadline,
  q.recommended, q.when_silent
from questions q
left join securities s on s.security_id = q.security_id
where not exists (select from question_settlements t where (t.journal_id, t.question_sequence) = (q.journal_id, q.sequence));
comment on view open_questions is 'What waits for an answer of a person, until when, and what is done when nobody answers?';

create view decision_logs as
select
  d.journal_id, d.sequence, d.place, d.recorded_at, x.session_date, d.minute, d.kind, d.cause, d.security_id, s.symbol, d.intent_sequence,
  d.config_version, d.day_pnl, d.regime, d.market_move, d.repeats, d.recommended, o.choice as option,
  c.choice is not distinct from o.choice as is_chosen, d.recommended = o.choice as is_recommended, o.shares, o.is_sized_alone,
  r.filled, r.pnl, r.fees, r.r_multiple, r.favourable_r, r.favourable_money, r.adverse_r, r.adverse_money, r.minutes, r.reason, r.barrier,
  c.choice as chosen, c.chosen_by, c.chosen_at, c.grade, c.advantage, c.avoided_loss, c.missed_gain,
  h.because is not null as is_override, h.because, h.code
from decision_points d
join sessions x on x.session_id = d.session_id
join decision_options o using (journal_id, sequence, place)
left join decision_outcomes r
  on (r.journal_id, r.sequence, r.place, r.choice) = (o.journal_id, o.sequence, o.place, o.choice)
left join decision_choices c on (c.journal_id, c.sequence, c.place) = (d.journal_id, d.sequence, d.place)
left join human_overrides h on (h.journal_id, h.sequence, h.place) = (d.journal_id, d.sequence, d.place)
left join securities s on s.security_id = d.security_id;
comment on view decision_logs is 'What was decided, which ways were there, and what has each made or would have made? A row for each way.';

create view rejections_by_reason as
select y.journal_id, y.session_id, x.session_date, g.stage, r.reason, count(*) as names_let_go
from trading_cycles y
join sessions x using (session_id)
join scan_stages g on (g.journal_id, g.cycle_sequence) = (y.journal_id, y.sequence)
join scan_rejections r on (r.journal_id, r.stage_sequence) = (g.journal_id, g.sequence)
group by y.journal_id, y.session_id, x.session_date, g.stage, r.reason;
comment on view rejections_by_reason is 'Why were names let go in a session, stage by stage, and how often?';

create view refusals_by_reason as
select i.journal_id, i.session_id, x.session_date, r.reason, count(*) as refusals, count(distinct i.sequence) as intents
from intents i
join sessions x using (session_id)
join intent_verdicts v on (v.journal_id, v.intent_sequence) = (i.journal_id, i.sequence)
join intent_refusals r on (r.journal_id, r.verdict_sequence) = (v.journal_id, v.sequence)
group by i.journal_id, i.session_id, x.session_date, r.reason;
comment on view refusals_by_reason is 'Which rules refused intents in a session, and how often?';

create view funnel as
select
  y.journal_id, y.sequence as cycle_sequence, y.session_id, x.session_date, y.scan, y.recorded_at, y.minute, y.universe, g.stage,
  (select count(*) from scan_results k where k.journal_id = g.journal_id and k.stage_sequence = g.sequence) as kept,
  (select count(distinct r.security_id) from scan_rejections r where r.journal_id = g.journal_id and r.stage_sequence = g.sequence) as let_go
from trading_cycles y
join sessions x using (session_id)
join scan_stages g on (g.journal_id, g.cycle_sequence) = (y.journal_id, y.sequence);
comment on view funnel is 'How many names did each stage of each scan keep, and how many let go?';

create view equity_curve as
select
  d.journal_id, d.session_id, x.session_date, d.equity_open, d.equity_close, d.equity_high, d.equity_low, d.cash_moved,
  (d.equity_close - d.equity_open - d.cash_moved)::amount as pnl,
  (d.equity_close - d.equity_open - d.cash_moved)::double precision / nullif(d.equity_open, 0)::double precision as return,
  d.drawdown, d.exposure_mean, d.exposure_peak
from performance_daily d
join sessions x using (session_id);
comment on view equity_curve is 'What was the account worth, session by session, and how far below its best?';

create view daily_results as
select
  u.journal_id, u.session_id, x.session_date, t.trades, t.won, t.pnl, t.fees, t.mean_r, t.best_r, t.worst_r, d.equity_close, d.drawdown
from session_runs u
join sessions x using (session_id)
join markets m using (market_id)
left join performance_daily d on (d.journal_id, d.session_id) = (u.journal_id, u.session_id)
cross join lateral (
  select
    count(*) as trades, count(*) filter (where c.pnl > 0) as won, coalesce(sum(c.pnl), 0)::amount as pnl,
    coalesce(sum(c.fees), 0)::amount as fees, avg(c.r_multiple) as mean_r, max(c.r_multiple) as best_r, min(c.r_multiple) as worst_r
  from position_closings c
  where c.journal_id = u.journal_id
    and c.recorded_at >= x.session_date::timestamp at time zone m.time_zone
    and c.recorded_at < (x.session_date + 1)::timestamp at time zone m.time_zone
) t
where not u.teaches;
comment on view daily_results is 'How many trades did a session have, how many won, what did they make?';

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

create view risk_log as
select
  e.journal_id, e.sequence, e.recorded_at, e.kind, e.security_id, s.symbol, e.detail, coalesce(l.pnl, h.pnl) as pnl,
  coalesce(l.limit_amount, h.limit_amount) as limit_amount, l.share, h.reason, h.level, c.cleared_by, g.held, g.covered, g.since,
  d.difference, d.ours, d.theirs, b.state
from risk_events e
left join securities s on s.security_id = e.security_id
left join risk_losses l on (l.journal_id, l.sequence) = (e.journal_id, e.sequence)
left join risk_halts h on (h.journal_id, h.sequence) = (e.journal_id, e.sequence)
left join risk_clearings c on (c.journal_id, c.sequence) = (e.journal_id, e.sequence)
left join risk_cover_gaps g on (g.journal_id, g.sequence) = (e.journal_id, e.sequence)
left join risk_differences d on (d.journal_id, d.sequence) = (e.journal_id, e.sequence)
left join risk_broker_states b on (b.journal_id, b.sequence) = (e.journal_id, e.sequence);
comment on view risk_log is 'What concerned the safety of the account, with its numbers?';

create view news_by_security as
select
  w.journal_id, s.security_id, s.symbol, n.sequence, n.known_at, n.published_at, n.source, n.headline, e.kind, e.direction, e.strength,
  t.polarity, t.reliability, e.outlets
from securities s
cross join lateral (
  select i.journal_id, i.news_sequence from news_item_securities i where i.security_id = s.security_id
  union
  select c.journal_id, c.news_sequence from catalyst_events c where c.security_id = s.security_id
) w
join news_items n on (n.journal_id, n.sequence) = (w.journal_id, w.news_sequence)
left join catalyst_events e
  on e.journal_id = w.journal_id and e.news_sequence = w.news_sequence and e.security_id = s.security_id
left join news_sentiment t on (t.journal_id, t.catalyst_sequence) = (e.journal_id, e.sequence);
comment on view news_by_security is 'What was published about a name, and what was it taken to mean?';

create view latest_scan as
select
  j.journal_id, y.sequence as cycle_sequence, y.session_id, y.scan, y.recorded_at, g.stage, r.rank, r.security_id, s.symbol, r.score,
  m.gap, m.change, m.relative_volume, k.kind as catalyst, k.strength as catalyst_strength, n.headline, t.last_close, t.vwap, t.rsi,
  u.pattern, u.entry, u.stop, u.target, u.confidence
from journals j
cross join lateral (select * from trading_cycles y where y.journal_id = j.journal_id order by y.sequence desc limit 1) y
join scan_stages g on (g.journal_id, g.cycle_sequence) = (y.journal_id, y.sequence)
join scan_results r on (r.journal_id, r.stage_sequence) = (g.journal_id, g.sequence)
join securities s on s.security_id = r.security_id
left join scan_moves m on (m.journal_id, m.stage_sequence, m.security_id) = (r.journal_id, r.stage_sequence, r.security_id)
left join scan_catalysts k on (k.journal_id, k.stage_sequence, k.security_id) = (r.journal_id, r.stage_sequence, r.security_id)
left join news_items n on (n.journal_id, n.sequence) = (k.journal_id, k.news_sequence)
left join technical_indicators t on (t.journal_id, t.stage_sequence, t.security_id) = (r.journal_id, r.stage_sequence, r.security_id)
left join setups u on (u.journal_id, u.stage_sequence, u.security_id) = (r.journal_id, r.stage_sequence, r.security_id);
comment on view latest_scan is 'Whom did each stage of the newest scan keep, and what was known of them?';

create view bars as
select
  b.journal_id, b.security_id, s.symbol, (b.starts_at at time zone m.time_zone)::date as session_date, b.starts_at, b.open, b.high, b.low,
  b.close, b.volume
from trading_history b
join securities s on s.security_id = b.security_id
join markets m on m.market_id = s.market_id;
comment on view bars is 'Which minute bars of a name has a journal seen? Ask by starts_at: a month is found by it, not by session_date.';
