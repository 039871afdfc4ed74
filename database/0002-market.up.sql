-- What the market did: bars by month, splits, the state of names, their sectors.

set local search_path to catalyst, public;

create type corporate_action_kind as enum ('split');
create type asset_status as enum ('trading', 'halted', 'not_tradable');

create table trading_history (
  journal_id bigint not null references journals,
  security_id bigint not null references securities,
  starts_at timestamptz not null,
  open price not null,
  high price not null,
  low price not null,
  close price not null,
  volume bigint not null check (volume >= 0),
  primary key (journal_id, security_id, starts_at),
  check (low <= high and open between low and high and close between low and high)
) partition by range (starts_at);
comment on table trading_history is 'Minute bars as a journal saw them, unadjusted; a row for each minute in which the name traded. Partitioned by month.';
comment on column trading_history.starts_at is 'Start of the minute.';
comment on column trading_history.volume is 'Shares.';

create function ensure_bars_month(day date) returns void
  language plpgsql security definer set search_path = catalyst, pg_temp as $$
declare
  first date := date_trunc('month', day)::date;
  part text := 'trading_history_' || to_char(first, 'YYYY_MM');
begin
  if day is null or day not between date '1970-01-01' and date '2199-12-31' then
    raise exception 'no bars are of the month of %', day using errcode = 'datetime_field_overflow';
  end if;
  -- Two at once: the second waits, and finds it made.
  perform pg_advisory_xact_lock(hashtextextended('catalyst.ensure_bars_month', 0));
  if to_regclass('catalyst.' || part) is not null then
    return;
  end if;
  -- Attached and not made as a partition: whoever reads bars meanwhile is not kept waiting.
  execute format('create table catalyst.%I (like catalyst.trading_history including all)', part);
  execute format('comment on table catalyst.%I is %L', part, 'Bars of ' || to_char(first, 'YYYY-MM') || ', counted in UTC.');
  execute format(
    'alter table catalyst.trading_history attach partition catalyst.%I for values from (%L) to (%L)',
    part, first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
  execute format(
    'create trigger only_added_to before update or delete or truncate on catalyst.%I execute function catalyst.refuse_change()', part);
end $$;
comment on function ensure_bars_month is
  'Makes the partition of the month of a day in UTC when it is not there: the one thing besides a migration that makes a table. Call it in a transaction of its own: it holds up inserts of securities until the end of that.';
revoke execute on function ensure_bars_month(date) from public;

create table corporate_actions (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  security_id bigint not null references securities,
  kind corporate_action_kind not null,
  ratio numeric not null check (ratio > 0),
  primary key (journal_id, sequence)
);
comment on column corporate_actions.ratio is 'New shares for each old one.';
comment on table corporate_actions is 'Splits, from the session in which they took effect.';

create table asset_statuses (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  security_id bigint not null references securities,
  status asset_status not null,
  primary key (journal_id, sequence)
);
comment on table asset_statuses is 'Whether a name trades from that instant on; a name that nobody told of is trading.';

create table security_sectors (
  journal_id bigint not null references journals,
  sequence bigint not null,
  security_id bigint not null references securities,
  told text not null,
  sector_id smallint references sectors,
  primary key (journal_id, sequence, security_id)
);
comment on table security_sectors is 'In which sector a name is by the file that the operator gave. A sector told by another word than those of GICS has no sector_id.';

-- What the other columns hold.
comment on column trading_history.journal_id is 'The journal that tells it.';
comment on column trading_history.security_id is 'The name it is about.';
comment on column trading_history.open is 'First price of the minute.';
comment on column trading_history.high is 'Highest price of the minute.';
comment on column trading_history.low is 'Lowest price of the minute.';
comment on column trading_history.close is 'Last price of the minute.';
comment on column corporate_actions.journal_id is 'The journal that tells it.';
comment on column corporate_actions.sequence is 'The entry that tells it.';
comment on column corporate_actions.recorded_at is 'The instant of that entry.';
comment on column corporate_actions.security_id is 'The name it is about.';
comment on column corporate_actions.kind is 'What happened to the shares.';
comment on column asset_statuses.journal_id is 'The journal that tells it.';
comment on column asset_statuses.sequence is 'The entry that tells it.';
comment on column asset_statuses.recorded_at is 'The instant of that entry.';
comment on column asset_statuses.security_id is 'The name it is about.';
comment on column asset_statuses.status is 'Whether it may be traded from then on; not_tradable is the broker''s word.';
comment on column security_sectors.journal_id is 'The journal that tells it.';
comment on column security_sectors.sequence is 'The entry that tells it.';
comment on column security_sectors.security_id is 'The name it is about.';
comment on column security_sectors.told is 'The sector in the words of the file.';
comment on column security_sectors.sector_id is 'The sector of GICS of that name; null when it has none.';
