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
create index alerts_by_entry on alerts (journal_id, sequence) where journal_id is not null;
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
  exposure_mean double precision not null check (exposure_mean >= 0),
  exposure_peak double precision not null,
  primary key (journal_id, session_id),
  foreign key (journal_id, session_id) references session_runs,
  check (equity_low <= equity_high)
);
comment on table performance_daily is 'What a session was worth, by the marks of its minutes: nothing that could be summed from fills, since bars are kept only as long as there is room.';
comment on column performance_daily.drawdown is 'Largest fall of equity from its highest mark so far in the journal, as a fraction of it, reached in this session.';
comment on column performance_daily.exposure_mean is 'Gross value held over equity, mean over the minutes of the session.';

-- What the other columns hold.
comment on column alerts.alert_id is 'Its name in the log of alerts.';
comment on column alerts.raised_at is 'When it was raised.';
comment on column alerts.kind is 'What happened.';
comment on column alerts.severity is 'How soon somebody must look.';
comment on column alerts.group_key is 'Alerts of one group are told together.';
comment on column alerts.headline is 'One line for people.';
comment on column alerts.action_taken is 'What the house did by itself.';
comment on column alerts.journal_id is 'The journal it is about; null when it is about none.';
comment on column alerts.sequence is 'The entry it is about; null when it is about none.';
comment on column alert_deliveries.alert_id is 'The alert.';
comment on column alert_deliveries.channel is 'Over which channel.';
comment on column alert_deliveries.attempt is 'Number of the attempt, from 1.';
comment on column alert_deliveries.attempted_at is 'When.';
comment on column alert_deliveries.failure is 'Why it did not arrive; null when the channel took it.';
comment on column alert_acknowledgements.alert_id is 'The alert.';
comment on column alert_acknowledgements.acknowledged_at is 'When.';
comment on column alert_acknowledgements.acknowledged_by is 'By name.';
comment on column alert_acknowledgements.because is 'The reason, in the words of whoever gave it.';
comment on column performance_daily.journal_id is 'The journal that tells it.';
comment on column performance_daily.session_id is 'The session.';
comment on column performance_daily.equity_open is 'Equity before it.';
comment on column performance_daily.equity_close is 'Equity after it.';
comment on column performance_daily.equity_high is 'Highest mark of its minutes.';
comment on column performance_daily.equity_low is 'Lowest mark of its minutes.';
comment on column performance_daily.cash_moved is 'Cash that came or went without a trade.';
comment on column performance_daily.exposure_peak is 'Gross value held over equity, highest mark.';
