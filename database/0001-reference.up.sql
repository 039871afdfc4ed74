-- What facts refer to: markets, exchanges, sectors, securities under their symbols, sessions, and the journals themselves.

create schema catalyst;
comment on schema catalyst is 'The record: what the journals tell, as relations. Rebuilt from the journals by one command.';
-- What already has it elsewhere keeps it there.
create extension if not exists btree_gist with schema catalyst;
set local search_path to catalyst, public;

create domain amount as numeric(19, 4);
comment on domain amount is 'An amount in the currency of its market, exact to 1e-4; may be negative.';
create domain price as numeric(14, 4) check (value > 0);
comment on domain price is 'What one share costs, exact to 1e-4.';
create domain share_count as bigint check (value > 0);
comment on domain share_count is 'A number of shares, at least one.';
create domain digest as bytea check (octet_length(value) = 32);
comment on domain digest is 'A SHA-256.';

create type side as enum ('buy', 'sell');
create type asker as enum ('person', 'program');
create type market_source as enum ('simulated_market', 'recorded_market', 'live_market');
create type environment as enum ('simulated', 'paper', 'live');
create type projection as enum ('ledger', 'market', 'decisions');

create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'catalyst.% is only added to: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation', hint = 'What the journals tell is built anew by: catalyst db rebuild';
end $$;
comment on function refuse_change is 'Stands before update, delete and truncate of what is only added to, for its owner as well.';

create table markets (
  market_id smallint primary key,
  code text not null unique check (code ~ '^[A-Z]{2,3}$'),
  name text not null unique,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null
);
comment on table markets is 'Where securities trade under one calendar and one currency. SIM is made up: its names are nobody''s shares.';

insert into markets values
  (0, 'SIM', 'simulated', 'USD', 'America/New_York'),
  (1, 'US', 'United States', 'USD', 'America/New_York'),
  (2, 'CN', 'mainland China', 'CNY', 'Asia/Shanghai'),
  (3, 'HK', 'Hong Kong', 'HKD', 'Asia/Hong_Kong'),
  (4, 'JP', 'Japan', 'JPY', 'Asia/Tokyo');

create table exchanges (
  exchange_id smallint primary key,
  mic text not null unique check (mic ~ '^[A-Z0-9]{4}$'),
  name text not null unique,
  market_id smallint not null references markets,
  unique (exchange_id, market_id)
);
comment on table exchanges is 'Venues by their ISO 10383 market identifier code.';

insert into exchanges values
  (1, 'XNYS', 'New York Stock Exchange', 1),
  (2, 'XNAS', 'Nasdaq', 1),
  (3, 'XASE', 'NYSE American', 1),
  (4, 'ARCX', 'NYSE Arca', 1),
  (5, 'BATS', 'Cboe BZX', 1),
  (6, 'XSHG', 'Shanghai Stock Exchange', 2),
  (7, 'XSHE', 'Shenzhen Stock Exchange', 2),
  (8, 'XHKG', 'Hong Kong Exchanges', 3),
  (9, 'XTKS', 'Tokyo Stock Exchange', 4);

create table sectors (
  sector_id smallint primary key,
  code text not null unique check (code ~ '^[0-9]{2}$'),
  name text not null unique
);
comment on table sectors is 'The eleven sectors of the Global Industry Classification Standard (GICS, structure of 2023).';

insert into sectors values
  (1, '10', 'Energy'), (2, '15', 'Materials'), (3, '20', 'Industrials'), (4, '25', 'Consumer Discretionary'),
  (5, '30', 'Consumer Staples'), (6, '35', 'Health Care'), (7, '40', 'Financials'), (8, '45', 'Information Technology'),
  (9, '50', 'Communication Services'), (10, '55', 'Utilities'), (11, '60', 'Real Estate');

create table securities (
  security_id bigint primary key check (security_id between 0 and 281474976710655),
  market_id smallint not null references markets,
  symbol text not null check (symbol <> ''),
  valid_from date not null default '-infinity',
  valid_to date not null default 'infinity',
  exchange_id smallint,
  predecessor_id bigint references securities check (predecessor_id <> security_id),
  check (valid_from < valid_to),
  foreign key (exchange_id, market_id) references exchanges (exchange_id, market_id),
  unique (market_id, symbol, valid_from),
  exclude using gist (market_id with =, symbol with =, daterange(valid_from, valid_to) with &&)
);
create index securities_by_symbol on securities (symbol);
comment on table securities is 'A listing under one symbol for as long as it has it; the only table in which a symbol stands. A new symbol is a new row that names its predecessor.';
comment on column securities.security_id is 'First 48 bits of SHA-256 of market, symbol and valid_from: the same wherever and in whatever order the record is built.';
comment on column securities.valid_from is 'First day of the symbol for this listing; -infinity when nobody has told.';
comment on column securities.valid_to is 'First day on which it no longer has the symbol.';
comment on column securities.exchange_id is 'Null when no source has told where it is listed.';

create table sessions (
  session_id integer primary key,
  market_id smallint not null references markets,
  session_date date not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  unique (market_id, session_date),
  check (session_id = market_id * 100000 + (session_date - date '1970-01-01')),
  check (opens_at < closes_at)
);
comment on table sessions is 'A trading day of a market, with the hours that its calendar gives it.';
comment on column sessions.session_id is 'Market times 100,000 plus days since 1970-01-01.';

create table journals (
  journal_id bigint primary key check (journal_id between 0 and 281474976710655),
  name text not null unique,
  market_id smallint not null references markets,
  source market_source not null,
  software_version text not null,
  genesis digest not null,
  started_at timestamptz not null
);
comment on table journals is 'A chain of entries and what it says of itself in its first. Every fact below names its journal and the sequence of the entry that told it.';
comment on column journals.journal_id is 'First 48 bits of SHA-256 of the name.';
comment on column journals.genesis is 'SHA-256 of the first entry: another journal under the same name is refused.';

create table journal_positions (
  journal_id bigint not null references journals,
  projection projection not null,
  sequence bigint not null check (sequence > 0),
  head digest not null,
  entry_at timestamptz not null,
  primary key (journal_id, projection)
);
comment on table journal_positions is 'How far each projection has read each journal; moves in the same transaction as the rows.';
comment on column journal_positions.head is 'SHA-256 of that entry.';

create table journal_accounts (
  journal_id bigint not null references journals,
  sequence bigint not null,
  environment environment not null,
  book text not null,
  account text not null,
  primary key (journal_id, sequence)
);
comment on table journal_accounts is 'Whose account a journal trades, as its account_opened says.';

create table session_runs (
  journal_id bigint not null references journals,
  session_id integer not null references sessions,
  sequence bigint not null,
  teaches boolean not null,
  primary key (journal_id, session_id),
  unique (journal_id, sequence)
);
comment on table session_runs is 'A session as a journal lived it; one that only teaches is neither scanned nor traded.';

create table session_closings (
  journal_id bigint not null,
  session_id integer not null,
  sequence bigint not null,
  last_bar_at timestamptz,
  is_complete boolean not null,
  primary key (journal_id, session_id),
  unique (journal_id, sequence),
  foreign key (journal_id, session_id) references session_runs
);
comment on table session_closings is 'The end of a session: its last bar, null when nothing traded, and whether the data reached the close.';

create table state_hashes (
  journal_id bigint not null,
  session_id integer not null,
  sequence bigint not null,
  hash digest not null,
  primary key (journal_id, session_id),
  unique (journal_id, sequence),
  foreign key (journal_id, session_id) references session_runs
);
comment on table state_hashes is 'SHA-256 of the state of all services after a session.';

create table config_versions (
  journal_id bigint not null references journals,
  version integer not null check (version > 0),
  sequence bigint not null,
  recorded_at timestamptz not null,
  hash digest not null,
  primary key (journal_id, version),
  unique (journal_id, sequence)
);
comment on table config_versions is 'The settings in force, numbered from 1 as the journal does.';

create table config_values (
  journal_id bigint not null,
  version integer not null,
  name text not null,
  value text not null,
  primary key (journal_id, version, name),
  foreign key (journal_id, version) references config_versions
);
comment on table config_values is 'One setting of one version: its path, such as limits.lossTodayMax, and its value as JSON in the settings'' own units.';

create table config_changes (
  journal_id bigint not null,
  version integer not null check (version > 1),
  name text not null,
  value_before text not null,
  value_after text not null,
  asked_by text not null,
  asked_from asker not null,
  because text not null,
  primary key (journal_id, version),
  foreign key (journal_id, version) references config_versions
);
comment on table config_changes is 'Who changed what to make a version, and why; the first version of a journal was made by nobody.';

-- What the other columns hold.
comment on column markets.market_id is 'Number of the market; also the first digits of its sessions.';
comment on column markets.code is 'Short name, such as US.';
comment on column markets.name is 'What people call it.';
comment on column markets.currency is 'ISO 4217 code of the currency of its amounts and prices.';
comment on column markets.time_zone is 'IANA name of the zone in which its days and minutes are counted.';
comment on column exchanges.exchange_id is 'Number of the venue.';
comment on column exchanges.mic is 'Market identifier code, ISO 10383.';
comment on column exchanges.name is 'What people call it.';
comment on column exchanges.market_id is 'The market it belongs to.';
comment on column sectors.sector_id is 'Number of the sector.';
comment on column sectors.code is 'Two digits of GICS.';
comment on column sectors.name is 'Its name in GICS.';
comment on column securities.market_id is 'Where it is listed.';
comment on column securities.symbol is 'Its ticker at that market while the row holds.';
comment on column securities.predecessor_id is 'The row of the same listing under its symbol before; null when there was none.';
comment on column sessions.market_id is 'Whose session it is.';
comment on column sessions.session_date is 'Its day in the zone of the market.';
comment on column sessions.opens_at is 'Regular open.';
comment on column sessions.closes_at is 'Regular close; earlier on a half day.';
comment on column journals.name is 'Its folder, as the operator calls it.';
comment on column journals.market_id is 'The market it trades.';
comment on column journals.source is 'What of it is simulated: the market too, only exchange and broker, or neither.';
comment on column journals.software_version is 'Version of the software that began it.';
comment on column journals.started_at is 'Instant of its first entry.';
comment on column journal_positions.journal_id is 'The journal that is read.';
comment on column journal_positions.projection is 'Which reader of it.';
comment on column journal_positions.sequence is 'The last entry whose rows are here.';
comment on column journal_positions.entry_at is 'Instant of that entry: how old the record is.';
comment on column journal_accounts.journal_id is 'The journal that tells it.';
comment on column journal_accounts.sequence is 'The entry that tells it.';
comment on column journal_accounts.environment is 'Whether the account is simulated, paper or real.';
comment on column journal_accounts.book is 'Goes into the name of every order.';
comment on column journal_accounts.account is 'The broker''s number of the account.';
comment on column session_runs.journal_id is 'The journal that tells it.';
comment on column session_runs.session_id is 'The session that was lived.';
comment on column session_runs.sequence is 'The entry that tells it.';
comment on column session_runs.teaches is 'Whether it only taught volumes, indicators and levels.';
comment on column session_closings.journal_id is 'The journal that tells it.';
comment on column session_closings.session_id is 'The session that ended.';
comment on column session_closings.sequence is 'The entry that tells it.';
comment on column session_closings.last_bar_at is 'Start of the last minute in which anything traded; null when nothing did.';
comment on column session_closings.is_complete is 'Whether the data reached the last minute of the session.';
comment on column state_hashes.journal_id is 'The journal that tells it.';
comment on column state_hashes.session_id is 'The session after which it was taken.';
comment on column state_hashes.sequence is 'The entry that tells it.';
comment on column state_hashes.hash is 'SHA-256 of the state; a replay must come to the same.';
comment on column config_versions.journal_id is 'The journal that tells it.';
comment on column config_versions.version is 'Number of the settings, from 1.';
comment on column config_versions.sequence is 'The entry that tells it.';
comment on column config_versions.recorded_at is 'The instant of that entry.';
comment on column config_versions.hash is 'SHA-256 of their canonical JSON.';
comment on column config_values.journal_id is 'The journal that tells it.';
comment on column config_values.version is 'Of which version.';
comment on column config_values.name is 'Path of the setting, such as limits.lossTodayMax.';
comment on column config_values.value is 'Its value as JSON, in the settings'' own units.';
comment on column config_changes.journal_id is 'The journal that tells it.';
comment on column config_changes.version is 'The version that the change made.';
comment on column config_changes.name is 'Path of the setting that was changed.';
comment on column config_changes.value_before is 'Its value until then, as the change tells it.';
comment on column config_changes.value_after is 'Its value from then on, as the change tells it.';
comment on column config_changes.asked_by is 'Who asked, by name.';
comment on column config_changes.asked_from is 'Whether that was a person or a program.';
comment on column config_changes.because is 'The reason, in the words of whoever gave it.';
