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
  session_id integer not null,
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
  foreign key (journal_id, session_id) references session_runs,
  foreign key (journal_id, intent_sequence, security_id) references intents (journal_id, sequence, security_id),
  foreign key (journal_id, config_version) references config_versions
);
create index decision_points_by_session on decision_points (journal_id, session_id, kind);
create index decision_points_by_time on decision_points (journal_id, recorded_at);
create index decision_points_by_intent on decision_points (journal_id, intent_sequence) where intent_sequence is not null;
create index decision_points_by_security on decision_points (security_id, journal_id, recorded_at) where security_id is not null;
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
  last_price numeric(14, 4) not null check (last_price >= 0),
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

-- What the other columns hold.
comment on column decision_points.journal_id is 'The journal that tells it.';
comment on column decision_points.sequence is 'The entry that decided.';
comment on column decision_points.place is 'Tells apart what one entry decided on several names.';
comment on column decision_points.recorded_at is 'The instant of that entry.';
comment on column decision_points.session_id is 'The session in which it was.';
comment on column decision_points.minute is 'Local minute of the day.';
comment on column decision_points.kind is 'What was decided.';
comment on column decision_points.cause is 'Why it was decided then.';
comment on column decision_points.security_id is 'The name it is about; null when it is about the book.';
comment on column decision_points.intent_sequence is 'The intent it is about; null when there is none.';
comment on column decision_points.config_version is 'Which settings held then.';
comment on column decision_points.day_pnl is 'Profit and loss of the day until then.';
comment on column decision_points.market_move is 'Mean move of all names since their last close, as a fraction; null when not known.';
comment on column decision_points.market_spread is 'Standard deviation of those moves; null when not known.';
comment on column decision_points.regime is 'What kind of a market that is; null when not known.';
comment on column decision_points.spy_move is 'Move of SPY since its last close; null when it is not among the names.';
comment on column decision_points.recommended is 'What the rules recommended.';
comment on column decision_features.journal_id is 'The journal that tells it.';
comment on column decision_features.sequence is 'The entry that decided.';
comment on column decision_features.place is 'Which of its decisions.';
comment on column decision_features.name is 'Which feature.';
comment on column decision_features.number is 'Its value; null when it is a word.';
comment on column decision_features.word is 'Its value; null when it is a number.';
comment on column decision_features.available_at is 'From when on it could be known.';
comment on column decision_positions.journal_id is 'The journal that tells it.';
comment on column decision_positions.sequence is 'The entry that decided.';
comment on column decision_positions.place is 'Which of its decisions.';
comment on column decision_positions.security_id is 'The name that was held.';
comment on column decision_positions.shares is 'How many shares.';
comment on column decision_positions.mean_price is 'Mean price that was paid, in the currency: a statistic, no price that was traded.';
comment on column decision_positions.last_price is 'The last price.';
comment on column decision_positions.unrealised is 'Profit and loss at that price.';
comment on column decision_positions.minutes is 'How long it had been held.';
comment on column decision_positions.polarity is 'How good or bad the words about it were then; null when there were none.';
comment on column decision_positions.is_at_support is 'Whether it stood at support; null when no scan had looked.';
comment on column decision_positions.available_at is 'From when on it could be known.';
comment on column decision_options.journal_id is 'The journal that tells it.';
comment on column decision_options.sequence is 'The entry that decided.';
comment on column decision_options.place is 'Which of its decisions.';
comment on column decision_options.choice is 'The way to go.';
comment on column decision_choices.journal_id is 'The journal that tells it.';
comment on column decision_choices.sequence is 'The entry that decided.';
comment on column decision_choices.place is 'Which of its decisions.';
comment on column decision_choices.choice is 'The way that was gone.';
comment on column decision_choices.chosen_at is 'When.';
comment on column decision_choices.grade is 'Whether it was the best one, by hindsight.';
comment on column decision_choices.avoided_loss is 'What the way not taken would have lost beyond what was lost; null when not known.';
comment on column decision_choices.missed_gain is 'What the way not taken would have gained beyond what was gained; null when not known.';
comment on column decision_outcomes.journal_id is 'The journal that tells it.';
comment on column decision_outcomes.sequence is 'The entry that decided.';
comment on column decision_outcomes.place is 'Which of its decisions.';
comment on column decision_outcomes.choice is 'The way to go.';
comment on column decision_outcomes.filled is 'The most shares that were held.';
comment on column decision_outcomes.pnl is 'After fees.';
comment on column decision_outcomes.fees is 'Charged by the schedule of the day.';
comment on column decision_outcomes.r_multiple is 'Profit over what its shares had at risk.';
comment on column decision_outcomes.favourable_r is 'How far it had gone the good way, in multiples of what was at risk.';
comment on column decision_outcomes.favourable_money is 'The same in money.';
comment on column decision_outcomes.adverse_r is 'How far it had gone the bad way, in multiples of what was at risk.';
comment on column decision_outcomes.adverse_money is 'The same in money.';
comment on column decision_outcomes.minutes is 'From its first fill to its last.';
comment on column decision_outcomes.entered_at is 'Start of the minute of the first fill; null when there was none.';
comment on column decision_outcomes.reason is 'Why it ended; null when nothing was bought.';
comment on column human_overrides.journal_id is 'The journal that tells it.';
comment on column human_overrides.sequence is 'The entry that decided.';
comment on column human_overrides.place is 'Which of its decisions.';
comment on column human_overrides.because is 'The reason, in the words of whoever gave it.';
comment on column human_overrides.code is 'The reason as a code to count by; null when none was given.';
