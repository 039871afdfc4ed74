-- What the operator was told, and what each day came to by its minute marks.

set local search_path to catalyst, public;

create type severity as enum ('critical', 'warning', 'information');

create table alerts (
  alert_id text primary key,
  raised_at timestamptz not null,
  kind text not null,
  severity severity not null,
  group_key text not null,
  headline text not null,
  action_taken text not null,
  journal_id bigint references journals,
  sequence bigint,
  check ((journal_id is null) = (sequence is null))
);
create index alerts_by_time on alerts (raised_at);
comment on table alerts is 'What somebody was to be told. The log of alerts is the truth: the database may be what is lost.';

create table alert_deliveries (
  alert_id text not null references alerts,
  channel text not null,
  attempt integer not null check (attempt > 0),
  attempted_at timestamptz not null,
  failure text,
  primary key (alert_id, channel, attempt)
);
comment on table alert_deliveries is 'Each attempt to deliver an alert; failure is null when the channel took it.';

create table alert_acknowledgements (
  alert_id text primary key references alerts,
  acknowledged_at timestamptz not null,
  acknowledged_by text not null,
  because text not null
);
comment on table alert_acknowledgements is 'Who has seen an alert.';

create table performance_daily (
  journal_id bigint not null,
  session_id integer not null,
  equity_open amount not null,
  equity_close amount not null,
  equity_high amount not null,
  equity_low amount not null,
  drawdown double precision not null check (drawdown between 0 and 1),
  cash_moved amount not null,
  exposure_mean double precision not null,
  exposure_peak double precision not null,
  primary key (journal_id, session_id),
  foreign key (journal_id, session_id) references session_runs
);
comment on table performance_daily is 'What a session was worth, by the marks of its minutes: nothing that could be summed from fills, since bars are kept only as long as there is room.';
comment on column performance_daily.drawdown is 'Largest fall of equity from its highest mark so far in the journal, as a fraction of it, reached in this session.';
comment on column performance_daily.exposure_mean is 'Gross value held over equity, mean over the minutes of the session.';
