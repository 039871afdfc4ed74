-- Every decision with what was known, what could be done, and what each way to go has made or would have made.

set local search_path to catalyst, public;

create type decision_kind as enum ('candidate', 'entry', 'loss_warning', 'time_stop', 'close', 'halt');
create type decision_cause as enum ('dropped', 'refused', 'approved', 'asked', 'warned', 'halted', 'requested');
create type grade as enum ('right', 'wrong', 'unresolved');
create type regime as enum ('up_calm', 'up_wild', 'flat_calm', 'flat_wild', 'down_calm', 'down_wild');

create table decision_points (
  journal_id bigint not null references journals,
  sequence bigint not null,
  place smallint not null check (place >= 0),
  recorded_at timestamptz not null,
  session_id integer not null references sessions,
  minute smallint not null check (minute between 0 and 1439),
  kind decision_kind not null,
  cause decision_cause not null,
  security_id bigint references securities,
  intent_sequence bigint,
  config_version integer not null,
  day_pnl amount not null,
  market_move double precision,
  market_spread double precision,
  regime regime,
  spy_move double precision,
  recommended choice not null,
  repeats integer not null check (repeats >= 0),
  primary key (journal_id, sequence, place),
  foreign key (journal_id, intent_sequence, security_id) references intents (journal_id, sequence, security_id),
  foreign key (journal_id, config_version) references config_versions
);
create index decision_points_by_session on decision_points (journal_id, session_id, kind);
comment on table decision_points is 'An instant at which something was decided, and what was known then. One entry may decide on several names: place tells them apart.';
comment on column decision_points.repeats is 'How often the same was decided of the name again in that session.';

create table decision_features (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  name text not null,
  number double precision,
  word text,
  available_at timestamptz not null,
  primary key (journal_id, sequence, place, name),
  foreign key (journal_id, sequence, place) references decision_points,
  check ((number is null) <> (word is null))
);
comment on table decision_features is 'What was known of the name, each with the instant from which it could be known; not for candidates, whose features stand with their scan.';

create table decision_positions (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  security_id bigint not null references securities,
  shares bigint not null,
  mean_price double precision not null,
  last_price double precision not null,
  unrealised amount not null,
  minutes integer not null,
  polarity double precision,
  is_at_support boolean,
  available_at timestamptz not null,
  primary key (journal_id, sequence, place, security_id),
  foreign key (journal_id, sequence, place) references decision_points
);
comment on table decision_positions is 'What was held at that instant.';

create table decision_options (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  choice choice not null,
  shares bigint,
  is_sized_alone boolean not null,
  primary key (journal_id, sequence, place, choice),
  foreign key (journal_id, sequence, place) references decision_points
);
comment on table decision_options is 'The ways to go.';
comment on column decision_options.shares is 'With how many shares a way that was not gone was reckoned; null for the one taken.';
comment on column decision_options.is_sized_alone is 'The account left nothing for it, or nobody sized it: sized as for an account that holds nothing.';

create table decision_choices (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  choice choice not null,
  chosen_by text not null,
  chosen_at timestamptz not null,
  grade grade not null,
  advantage amount,
  avoided_loss amount,
  missed_gain amount,
  primary key (journal_id, sequence, place),
  foreign key (journal_id, sequence, place) references decision_points
);
comment on table decision_choices is 'What was chosen, and by hindsight how good it was. A question that the journal does not see settled has no row.';
comment on column decision_choices.chosen_by is 'rules, or a person or a program by name.';
comment on column decision_choices.advantage is 'What the way taken made beyond the recommended one.';

create table decision_outcomes (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  choice choice not null,
  filled bigint not null check (filled >= 0),
  pnl amount not null,
  fees amount not null,
  r_multiple double precision not null,
  favourable_r double precision not null,
  favourable_money amount not null,
  adverse_r double precision not null,
  adverse_money amount not null,
  minutes integer not null,
  entered_at timestamptz,
  reason order_reason,
  barrier smallint check (barrier between -1 and 1),
  primary key (journal_id, sequence, place, choice),
  foreign key (journal_id, sequence, place, choice) references decision_options
);
comment on table decision_outcomes is 'What a way to go has made, or would have made; no row as long as that is not known.';
comment on column decision_outcomes.barrier is '1 when the target was met first, -1 when the stop was, 0 when the session ended before either.';

create table human_overrides (
  journal_id bigint not null,
  sequence bigint not null,
  place smallint not null,
  because text not null,
  code reason_code,
  primary key (journal_id, sequence, place),
  foreign key (journal_id, sequence, place) references decision_choices
);
comment on table human_overrides is 'Decisions in which somebody went another way than the rules, and why. Who and when stand with the choice.';
