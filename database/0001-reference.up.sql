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

create table markets (
  market_id smallint primary key,
  code text not null unique check (code ~ '^[A-Z]{2,3}$'),
  name text not null unique,
  currency char(3) not null,
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
  mic char(4) not null unique,
  name text not null unique,
  market_id smallint not null references markets
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
  code char(2) not null unique,
  name text not null unique
);
comment on table sectors is 'The eleven sectors of the Global Industry Classification Standard (GICS, structure of 2023).';

insert into sectors values
  (1, '10', 'Energy'), (2, '15', 'Materials'), (3, '20', 'Industrials'), (4, '25', 'Consumer Discretionary'),
  (5, '30', 'Consumer Staples'), (6, '35', 'Health Care'), (7, '40', 'Financials'), (8, '45', 'Information Technology'),
  (9, '50', 'Communication Services'), (10, '55', 'Utilities'), (11, '60', 'Real Estate');

create table securities (
  security_id bigint primary key,
  market_id smallint not null references markets,
  symbol text not null check (symbol <> ''),
  valid_from date not null default '-infinity',
  valid_to date not null default 'infinity',
  exchange_id smallint references exchanges,
  predecessor_id bigint references securities,
  check (valid_from < valid_to),
  unique (market_id, symbol, valid_from),
  exclude using gist (market_id with =, symbol with =, daterange(valid_from, valid_to) with &&)
);
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
  check (opens_at < closes_at)
);
comment on table sessions is 'A trading day of a market, with the hours that its calendar gives it.';
comment on column sessions.session_id is 'Market times 100,000 plus days since 1970-01-01.';

create table journals (
  journal_id bigint primary key,
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
  version integer not null,
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
