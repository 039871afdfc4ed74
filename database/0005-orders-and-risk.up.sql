-- What was wanted, allowed, refused, sent, filled and closed; what the risk manager and people did about it.

set local search_path to catalyst, public;

create type order_role as enum ('entry', 'stop', 'target', 'exit');
create type order_type as enum ('limit', 'stop', 'market');
create type order_reason as enum (
  'opening_range_breakout', 'bull_flag', 'cup_and_handle', 'ascending_triangle', 'abcd', 'flat_top_breakout', 'vwap_breakout',
  'gap_and_go', 'red_to_green', 'opening_range_breakdown', 'bear_flag', 'inverted_cup_and_handle', 'descending_triangle',
  'bearish_abcd', 'flat_bottom_breakdown', 'vwap_breakdown', 'gap_down_and_go', 'green_to_red',
  'protective_stop', 'profit_target', 'flat_by_close', 'emergency_stop', 'protection_missing', 'break_even', 'trailing_stop',
  'time_stop', 'operator_close');
create type cancel_reason as enum (
  'opening_range_breakout', 'bull_flag', 'cup_and_handle', 'ascending_triangle', 'abcd', 'flat_top_breakout', 'vwap_breakout',
  'gap_and_go', 'red_to_green', 'opening_range_breakdown', 'bear_flag', 'inverted_cup_and_handle', 'descending_triangle',
  'bearish_abcd', 'flat_bottom_breakdown', 'vwap_breakdown', 'gap_down_and_go', 'green_to_red',
  'protective_stop', 'profit_target', 'flat_by_close', 'emergency_stop', 'protection_missing', 'break_even', 'trailing_stop',
  'time_stop', 'operator_close', 'entry_stale');
create type refusal_reason as enum (
  'halted', 'daily_loss_passed', 'entries_closed', 'phase_entries_used', 'too_many_positions', 'position_in_symbol', 'short_not_allowed',
  'stop_too_far', 'reward_too_small', 'open_risk_used', 'correlated', 'correlation_unknown', 'no_buying_power', 'size_is_zero',
  'weekly_loss_passed', 'drawdown_passed', 'account_disagrees', 'protection_missing', 'too_many_messages', 'stop_on_wrong_side',
  'risk_too_high', 'position_too_large', 'order_too_valuable', 'too_many_shares', 'minute_share_passed', 'day_share_passed',
  'gross_exposure_passed', 'net_exposure_passed', 'quote_stale', 'jump_unconfirmed', 'far_from_last', 'far_from_close', 'limits_drifted',
  'duplicate_entry', 'repeated_execution', 'name_restricted', 'name_not_permitted', 'not_tradable', 'sector_full', 'approval_outgrown',
  'broker_not_ready', 'name_quarantined', 'clock_skewed');
create type verdict as enum ('approved', 'approval_wanted', 'refused');
create type order_event_status as enum ('accepted', 'rejected', 'cancelled', 'unknown', 'renamed');
create type order_rejection as enum (
  'buying_power', 'unknown_symbol', 'session_closed', 'duplicate_order', 'suspended', 'shares_reserved', 'wash_trade', 'not_tradable',
  'bad_price', 'account_blocked', 'not_authorized', 'not_accepted', 'stale', 'not_sent', 'other');
create type fill_flag as enum ('stop_first', 'gap', 'same_bar', 'at_close', 'no_market');
create type adjustment as enum ('phantom', 'orphan', 'external_trade', 'split', 'bust', 'correction');
create type cash_cause as enum ('fee', 'dividend', 'interest', 'transfer', 'correction', 'other');
create type risk_event_kind as enum (
  'loss_warned', 'halt_ordered', 'stop_cleared', 'cover_missing', 'difference_found', 'broker_line_changed', 'name_quarantined',
  'name_released', 'suspend_requested', 'resume_requested', 'time_stop_near');
create type stop_level as enum ('pause_entries', 'cancel_entries', 'flatten', 'suspend');
create type halt_reason as enum ('daily_loss', 'requested', 'weekly_loss', 'drawdown', 'repeated_execution');
create type broker_state as enum ('ready', 'reconciling', 'lost', 'refused');
create type difference as enum ('phantom', 'orphan', 'shares', 'foreign_order', 'missing_order', 'cash', 'account', 'clock');
create type request_kind as enum (
  'stop_trading', 'clear_stop', 'change_parameter', 'confirm_parameter', 'answer_question', 'close_position');
create type request_fault as enum (
  'not_a_person', 'no_reason', 'nothing_to_clear', 'ends_with_the_session', 'unknown_parameter', 'bad_value', 'unknown_change',
  'no_position', 'unknown_question', 'already_answered', 'too_late', 'changed_terms', 'unknown_choice', 'not_permitted');
create type question_subject as enum ('entry', 'loss_warning', 'time_stop');
create type choice as enum ('enter', 'decline', 'hold', 'close_losers', 'close_all', 'close', 'keep');
create type reason_code as enum (
  'news_doubt', 'price_action', 'market_context', 'liquidity', 'risk_too_high', 'conviction', 'data_doubt', 'other');
create type settlement as enum ('answered', 'expired', 'withdrawn');

create table intents (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  session_id integer not null,
  cycle_sequence bigint,
  security_id bigint not null references securities,
  side side not null,
  limit_price price not null,
  target price not null,
  pattern pattern not null,
  confidence double precision not null check (confidence between 0 and 1),
  atr double precision not null,
  support double precision,
  liquid_shares bigint not null check (liquid_shares >= 0),
  record_count integer not null check (record_count >= 0),
  record_won integer not null check (record_won between 0 and record_count),
  record_mean_r double precision not null,
  record_deviation_r double precision not null,
  primary key (journal_id, sequence),
  unique (journal_id, sequence, security_id),
  foreign key (journal_id, session_id) references session_runs,
  foreign key (journal_id, cycle_sequence) references trading_cycles
);
create index intents_by_session on intents (journal_id, session_id);
create index intents_by_cycle on intents (journal_id, cycle_sequence);
comment on table intents is 'What the workflow wanted and why, before anybody sized or allowed it.';
comment on column intents.cycle_sequence is 'The scan that it comes from; null when the journal does not tell.';

create table intent_verdicts (
  journal_id bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  intent_sequence bigint not null,
  config_version integer not null,
  verdict verdict not null,
  stop price not null,
  shares bigint not null check (shares >= 0),
  risk amount,
  primary key (journal_id, sequence),
  foreign key (journal_id, intent_sequence) references intents,
  foreign key (journal_id, config_version) references config_versions,
  check ((verdict = 'refused') = (risk is null))
);
create index intent_verdicts_by_intent on intent_verdicts (journal_id, intent_sequence);
comment on table intent_verdicts is 'What the risk manager said of an intent, under which settings; one that a person is asked about gets a second verdict.';
comment on column intent_verdicts.shares is 'What it may have, or of a refused one would have had, perhaps none.';
comment on column intent_verdicts.risk is 'What is lost if the stop fills at its price.';

create table intent_refusals (
  journal_id bigint not null,
  verdict_sequence bigint not null,
  place smallint not null check (place > 0),
  reason refusal_reason not null,
  primary key (journal_id, verdict_sequence, place),
  foreign key (journal_id, verdict_sequence) references intent_verdicts
);
create index intent_refusals_by_reason on intent_refusals (journal_id, reason);
comment on table intent_refusals is 'Every rule that refused it.';

create table refusal_numbers (
  journal_id bigint not null,
  verdict_sequence bigint not null,
  place smallint not null,
  name text not null,
  value text not null,
  primary key (journal_id, verdict_sequence, place, name),
  foreign key (journal_id, verdict_sequence, place) references intent_refusals
);
comment on table refusal_numbers is 'The numbers of a refusal, such as held 5 and max 5, as the rule gave them; money and prices in 1e-4.';

create table refusal_securities (
  journal_id bigint not null,
  verdict_sequence bigint not null,
  place smallint not null,
  security_id bigint not null references securities,
  primary key (journal_id, verdict_sequence, place),
  foreign key (journal_id, verdict_sequence, place) references intent_refusals
);
comment on table refusal_securities is 'The other name that a refusal is about, such as the one it correlates with.';

create table orders (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  order_id text not null,
  intent_sequence bigint,
  parent_sequence bigint,
  security_id bigint not null references securities,
  role order_role not null,
  type order_type not null,
  side side not null,
  shares share_count not null,
  limit_price price,
  stop_price price,
  reason order_reason not null,
  primary key (journal_id, sequence),
  unique (journal_id, order_id),
  foreign key (journal_id, intent_sequence, security_id) references intents (journal_id, sequence, security_id),
  foreign key (journal_id, parent_sequence) references orders,
  check ((type = 'limit') = (limit_price is not null)),
  check ((type = 'stop') = (stop_price is not null))
);
create index orders_by_intent on orders (journal_id, intent_sequence);
create index orders_by_parent on orders (journal_id, parent_sequence) where parent_sequence is not null;
create index orders_by_security on orders (security_id, journal_id, sequence);
create index orders_by_time on orders (journal_id, recorded_at);
comment on table orders is 'What was sent, written down before it left. What became of it: order_events and fills.';
comment on column orders.intent_sequence is 'Null for an exit of shares that no intent of this journal bought; so the name stands here too, held to that of the intent by the foreign key.';
comment on column orders.parent_sequence is 'The entry whose bracket this leg belongs to.';

create table order_events (
  journal_id bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  order_sequence bigint not null,
  status order_event_status not null,
  rejection order_rejection,
  unfilled bigint check (unfilled >= 0),
  before_sequence bigint,
  detail text,
  primary key (journal_id, sequence),
  foreign key (journal_id, order_sequence) references orders,
  foreign key (journal_id, before_sequence) references orders,
  check ((status = 'rejected') = (rejection is not null)),
  check ((status = 'cancelled') = (unfilled is not null)),
  check ((status = 'renamed') = (before_sequence is not null))
);
create index order_events_by_order on order_events (journal_id, order_sequence);
comment on table order_events is 'What the broker said of an order besides fills.';
comment on column order_events.before_sequence is 'The order for which the broker''s order stood before it stood for this one.';

create table order_cancels (
  journal_id bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  order_sequence bigint not null,
  reason cancel_reason not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, order_sequence) references orders
);
create index order_cancels_by_order on order_cancels (journal_id, order_sequence);
comment on table order_cancels is 'Cancels that were asked for.';

create table fills (
  journal_id bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  order_sequence bigint not null,
  shares share_count not null,
  price price not null,
  fees amount not null,
  bar_at timestamptz not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, order_sequence) references orders
);
create index fills_by_order on fills (journal_id, order_sequence);
create index fills_by_time on fills (journal_id, recorded_at);
comment on table fills is 'Executions; name and side are those of the order.';
comment on column fills.bar_at is 'Start of the minute in which it happened.';

create table fill_flags (
  journal_id bigint not null,
  fill_sequence bigint not null,
  flag fill_flag not null,
  primary key (journal_id, fill_sequence, flag),
  foreign key (journal_id, fill_sequence) references fills
);
comment on table fill_flags is 'How a fill came about, where the bare price would mislead.';

create table positions (
  journal_id bigint not null references journals,
  sequence bigint not null,
  opened_at timestamptz not null,
  security_id bigint not null references securities,
  side side not null,
  intent_sequence bigint,
  primary key (journal_id, sequence),
  foreign key (journal_id, intent_sequence, security_id) references intents (journal_id, sequence, security_id)
);
create index positions_by_intent on positions (journal_id, intent_sequence);
create index positions_by_security on positions (journal_id, security_id, opened_at);
create index positions_by_time on positions (journal_id, opened_at);
comment on table positions is 'Round trips, from the entry that first held shares of a name that was flat. Its shares and cost are those of its fills.';
comment on column positions.opened_at is 'Start of the minute in which the first shares came.';
comment on column positions.intent_sequence is 'Null for shares that came without an order of this journal.';

create table position_closings (
  journal_id bigint not null,
  position_sequence bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  shares share_count not null,
  pnl amount not null,
  fees amount not null,
  r_multiple double precision not null,
  reason order_reason not null,
  is_without_market boolean not null,
  favourable_r double precision check (favourable_r >= 0),
  favourable_money amount not null,
  adverse_r double precision check (adverse_r >= 0),
  adverse_money amount not null,
  primary key (journal_id, position_sequence),
  unique (journal_id, sequence),
  foreign key (journal_id, position_sequence) references positions
);
create index position_closings_by_time on position_closings (journal_id, recorded_at);
comment on table position_closings is 'The end of a round trip, as position_closed tells it, and how far it had gone each way by the bars.';
comment on column position_closings.pnl is 'After fees.';
comment on column position_closings.r_multiple is 'Profit over what the shares that were bought had at risk, from the entry''s limit to its first stop.';

create table position_adjustments (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  security_id bigint not null references securities,
  shares bigint not null check (shares <> 0),
  price price not null,
  cause adjustment not null,
  bar_at timestamptz not null,
  primary key (journal_id, sequence)
);
comment on table position_adjustments is 'Shares that came or went without an order of this journal.';

create table cash_movements (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  activity text not null,
  cause cash_cause not null,
  security_id bigint references securities,
  amount amount not null,
  detail text not null,
  primary key (journal_id, sequence),
  unique (journal_id, activity)
);
comment on table cash_movements is 'Cash that came or went without a trade, by a row of the broker''s activities.';

create table account_reports (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  cash amount not null,
  equity amount not null,
  primary key (journal_id, sequence)
);
create index position_adjustments_by_security on position_adjustments (security_id, journal_id, sequence);
create index account_reports_by_time on account_reports (journal_id, recorded_at);
comment on table account_reports is 'What the broker said of the account; it need not agree with our book.';

create table risk_events (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  kind risk_event_kind not null,
  security_id bigint references securities,
  detail text not null,
  primary key (journal_id, sequence)
);
create index risk_events_by_time on risk_events (journal_id, recorded_at);
comment on table risk_events is 'What concerned the safety of the account. Kinds with numbers of their own have them in the tables that follow.';
comment on column risk_events.detail is 'Why, in the words of whoever told it; empty when the kind says all.';

create table risk_losses (
  journal_id bigint not null,
  sequence bigint not null,
  pnl amount not null,
  limit_amount amount not null,
  share double precision not null check (share > 0),
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_losses is 'A warning that part of the day''s limit is lost.';

create table risk_halts (
  journal_id bigint not null,
  sequence bigint not null,
  reason halt_reason not null,
  level stop_level not null,
  pnl amount not null,
  limit_amount amount not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_halts is 'A stop that came into force.';

create table risk_clearings (
  journal_id bigint not null,
  sequence bigint not null,
  cleared_by text not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_clearings is 'Who lifted what was in force; why stands with the event.';

create table risk_cover_gaps (
  journal_id bigint not null,
  sequence bigint not null,
  held bigint not null check (held >= 0),
  covered bigint not null check (covered >= 0),
  since timestamptz not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_cover_gaps is 'Shares that no stop at the broker covers.';

create table risk_differences (
  journal_id bigint not null,
  sequence bigint not null,
  difference difference not null,
  ours numeric not null,
  theirs numeric not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_differences is 'How the broker''s lists differ from the book: in shares, or money in 1e-4.';

create table risk_broker_states (
  journal_id bigint not null,
  sequence bigint not null,
  state broker_state not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, sequence) references risk_events
);
comment on table risk_broker_states is 'Whether the broker can be relied on from then on.';

create table requests (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  kind request_kind not null,
  asked_by text not null,
  asked_from asker not null,
  because text not null,
  primary key (journal_id, sequence)
);
comment on table requests is 'What a person or a program asked of the house, whether it was done or not.';

create table request_terms (
  journal_id bigint not null,
  request_sequence bigint not null,
  name text not null,
  value text not null,
  primary key (journal_id, request_sequence, name),
  foreign key (journal_id, request_sequence) references requests
);
comment on table request_terms is 'What a request asks for in particular: a level, a parameter and its value, a question and its choice.';

create table request_refusals (
  journal_id bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  request_sequence bigint not null,
  fault request_fault not null,
  detail text not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, request_sequence) references requests
);
create index request_refusals_by_request on request_refusals (journal_id, request_sequence);
comment on table request_refusals is 'Why what was asked was not done.';

create table questions (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  subject question_subject not null,
  intent_sequence bigint,
  security_id bigint references securities,
  config_version integer not null,
  shares bigint not null check (shares >= 0),
  price price,
  terms digest not null,
  deadline timestamptz not null,
  recommended choice not null,
  when_silent choice not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, intent_sequence, security_id) references intents (journal_id, sequence, security_id),
  foreign key (journal_id, config_version) references config_versions
);
create index questions_by_intent on questions (journal_id, intent_sequence) where intent_sequence is not null;
create index questions_by_time on questions (journal_id, recorded_at);
comment on table questions is 'What a person was asked.';
comment on column questions.deadline is 'The first instant at which an answer is too late.';

create table question_options (
  journal_id bigint not null,
  question_sequence bigint not null,
  choice choice not null,
  cash amount not null,
  risk amount not null,
  at_stop amount,
  at_target amount,
  primary key (journal_id, question_sequence, choice),
  foreign key (journal_id, question_sequence) references questions
);
comment on table question_options is 'The ways to go that a question showed, and what each means in money.';

create table question_settlements (
  journal_id bigint not null,
  question_sequence bigint not null,
  sequence bigint not null,
  recorded_at timestamptz not null,
  settlement settlement not null,
  choice choice not null,
  is_override boolean not null,
  settled_by text not null,
  because text not null,
  code reason_code,
  primary key (journal_id, question_sequence),
  unique (journal_id, sequence),
  foreign key (journal_id, question_sequence) references questions
);
comment on table question_settlements is 'How a question ended.';

-- What the other columns hold.
comment on column intents.journal_id is 'The journal that tells it.';
comment on column intents.sequence is 'The entry that tells it.';
comment on column intents.recorded_at is 'The instant of that entry.';
comment on column intents.session_id is 'The session in which it was.';
comment on column intents.security_id is 'The name it is about.';
comment on column intents.side is 'Whether shares are bought or sold.';
comment on column intents.limit_price is 'The most that is paid for a share; for a short the least taken.';
comment on column intents.target is 'Where the profit is taken.';
comment on column intents.pattern is 'Which shape was seen.';
comment on column intents.confidence is '0 to 1, of the shape.';
comment on column intents.atr is 'ATR 14 on five-minute bars, in the currency.';
comment on column intents.support is 'Nearest support below the entry, in the currency; null when none is known.';
comment on column intents.liquid_shares is 'Shares that the market could take: a share of what usually trades in a minute.';
comment on column intents.record_count is 'Earlier setups of the pattern that had ended, as known then.';
comment on column intents.record_won is 'How many of them made anything.';
comment on column intents.record_mean_r is 'What they made on average, in multiples of what was at risk.';
comment on column intents.record_deviation_r is 'Standard deviation of that.';
comment on column intent_verdicts.journal_id is 'The journal that tells it.';
comment on column intent_verdicts.sequence is 'The entry that tells it.';
comment on column intent_verdicts.recorded_at is 'The instant of that entry.';
comment on column intent_verdicts.intent_sequence is 'The intent it is about.';
comment on column intent_verdicts.config_version is 'Which settings held then.';
comment on column intent_verdicts.verdict is 'Approved, refused, or a person is to be asked.';
comment on column intent_verdicts.stop is 'Where the first stop is, or would have been.';
comment on column intent_refusals.journal_id is 'The journal that tells it.';
comment on column intent_refusals.verdict_sequence is 'The verdict it belongs to.';
comment on column intent_refusals.place is 'Its place among the refusals of the verdict, from 1.';
comment on column intent_refusals.reason is 'Which rule.';
comment on column refusal_numbers.journal_id is 'The journal that tells it.';
comment on column refusal_numbers.verdict_sequence is 'The verdict it belongs to.';
comment on column refusal_numbers.place is 'Which of the refusals.';
comment on column refusal_numbers.name is 'What the number is.';
comment on column refusal_numbers.value is 'The number.';
comment on column refusal_securities.journal_id is 'The journal that tells it.';
comment on column refusal_securities.verdict_sequence is 'The verdict it belongs to.';
comment on column refusal_securities.place is 'Which of the refusals.';
comment on column refusal_securities.security_id is 'The other name.';
comment on column orders.journal_id is 'The journal that tells it.';
comment on column orders.sequence is 'The entry that tells it.';
comment on column orders.recorded_at is 'The instant of that entry.';
comment on column orders.order_id is 'Our name of it at the broker, derived from the intent.';
comment on column orders.security_id is 'The name that is traded.';
comment on column orders.role is 'Entries take risk, the others give it back.';
comment on column orders.type is 'Limit, stop or market.';
comment on column orders.side is 'Whether shares are bought or sold.';
comment on column orders.shares is 'How many shares it is for.';
comment on column orders.limit_price is 'The limit; null unless a limit order.';
comment on column orders.stop_price is 'The stop; null unless a stop order.';
comment on column orders.reason is 'The setup of an entry, or why an exit was sent.';
comment on column order_events.journal_id is 'The journal that tells it.';
comment on column order_events.sequence is 'The entry that tells it.';
comment on column order_events.recorded_at is 'The instant of that entry.';
comment on column order_events.order_sequence is 'The order it is about: the entry that asked for it.';
comment on column order_events.status is 'What it came to be.';
comment on column order_events.rejection is 'Why it does not exist at the broker; null unless rejected.';
comment on column order_events.unfilled is 'Shares that were not filled; null unless cancelled.';
comment on column order_events.detail is 'Why nobody knows, or the broker''s own name of a renamed order; null otherwise.';
comment on column order_cancels.journal_id is 'The journal that tells it.';
comment on column order_cancels.sequence is 'The entry that tells it.';
comment on column order_cancels.recorded_at is 'The instant of that entry.';
comment on column order_cancels.order_sequence is 'The order it is about: the entry that asked for it.';
comment on column order_cancels.reason is 'Why.';
comment on column fills.journal_id is 'The journal that tells it.';
comment on column fills.sequence is 'The entry that tells it.';
comment on column fills.recorded_at is 'The instant of that entry.';
comment on column fills.order_sequence is 'The order it is about: the entry that asked for it.';
comment on column fills.shares is 'How many shares were filled.';
comment on column fills.price is 'At which price.';
comment on column fills.fees is 'Charged by the schedule of the day.';
comment on column fill_flags.journal_id is 'The journal that tells it.';
comment on column fill_flags.fill_sequence is 'The fill.';
comment on column fill_flags.flag is 'What was special.';
comment on column positions.journal_id is 'The journal that tells it.';
comment on column positions.sequence is 'The entry that first held shares: its fill, or an adjustment.';
comment on column positions.security_id is 'The name that is held.';
comment on column positions.side is 'Whether shares are bought or sold.';
comment on column position_closings.journal_id is 'The journal that tells it.';
comment on column position_closings.position_sequence is 'The position that ended.';
comment on column position_closings.sequence is 'The entry that tells it.';
comment on column position_closings.recorded_at is 'The instant of that entry.';
comment on column position_closings.shares is 'The most shares that were held.';
comment on column position_closings.fees is 'Charged by the schedule of the day.';
comment on column position_closings.reason is 'Why it was closed.';
comment on column position_closings.is_without_market is 'Whether it was closed at a price nobody offered, since there was no market.';
comment on column position_closings.favourable_r is 'How far it had gone the good way, in multiples of what was at risk; null where nobody knows what that was.';
comment on column position_closings.favourable_money is 'The same in money.';
comment on column position_closings.adverse_r is 'How far it had gone the bad way, in multiples of what was at risk; null where nobody knows what that was.';
comment on column position_closings.adverse_money is 'The same in money.';
comment on column position_adjustments.journal_id is 'The journal that tells it.';
comment on column position_adjustments.sequence is 'The entry that tells it.';
comment on column position_adjustments.recorded_at is 'The instant of that entry.';
comment on column position_adjustments.security_id is 'The name it is about.';
comment on column position_adjustments.shares is 'How many came, or went when negative.';
comment on column position_adjustments.price is 'At what price the book takes them over.';
comment on column position_adjustments.cause is 'Why.';
comment on column position_adjustments.bar_at is 'Start of the minute in which it was found.';
comment on column cash_movements.journal_id is 'The journal that tells it.';
comment on column cash_movements.sequence is 'The entry that tells it.';
comment on column cash_movements.recorded_at is 'The instant of that entry.';
comment on column cash_movements.activity is 'The broker''s name of the row.';
comment on column cash_movements.cause is 'What it is for.';
comment on column cash_movements.security_id is 'The name it is for; null when it is for none.';
comment on column cash_movements.amount is 'How much came, or went when negative.';
comment on column cash_movements.detail is 'The broker''s words.';
comment on column account_reports.journal_id is 'The journal that tells it.';
comment on column account_reports.sequence is 'The entry that tells it.';
comment on column account_reports.recorded_at is 'The instant of that entry.';
comment on column account_reports.cash is 'Cash, by the broker.';
comment on column account_reports.equity is 'Equity, by the broker.';
comment on column risk_events.journal_id is 'The journal that tells it.';
comment on column risk_events.sequence is 'The entry that tells it.';
comment on column risk_events.recorded_at is 'The instant of that entry.';
comment on column risk_events.kind is 'What happened.';
comment on column risk_events.security_id is 'The name it is about; null when it is about the account.';
comment on column risk_losses.journal_id is 'The journal that tells it.';
comment on column risk_losses.sequence is 'The entry that tells it.';
comment on column risk_losses.pnl is 'Profit and loss of the day at that instant.';
comment on column risk_losses.limit_amount is 'The loss at which the day ends.';
comment on column risk_losses.share is 'What part of it is lost: 0.75, then 0.9.';
comment on column risk_halts.journal_id is 'The journal that tells it.';
comment on column risk_halts.sequence is 'The entry that tells it.';
comment on column risk_halts.reason is 'What ordered it.';
comment on column risk_halts.level is 'How far it goes.';
comment on column risk_halts.pnl is 'Profit and loss at that instant.';
comment on column risk_halts.limit_amount is 'The limit that was passed, or 0 when it was requested.';
comment on column risk_clearings.journal_id is 'The journal that tells it.';
comment on column risk_clearings.sequence is 'The entry that tells it.';
comment on column risk_clearings.cleared_by is 'By name.';
comment on column risk_cover_gaps.journal_id is 'The journal that tells it.';
comment on column risk_cover_gaps.sequence is 'The entry that tells it.';
comment on column risk_cover_gaps.held is 'Shares that are held.';
comment on column risk_cover_gaps.covered is 'Shares that a stop covers.';
comment on column risk_cover_gaps.since is 'Since when.';
comment on column risk_differences.journal_id is 'The journal that tells it.';
comment on column risk_differences.sequence is 'The entry that tells it.';
comment on column risk_differences.difference is 'What differs.';
comment on column risk_differences.ours is 'By our book.';
comment on column risk_differences.theirs is 'By the broker.';
comment on column risk_broker_states.journal_id is 'The journal that tells it.';
comment on column risk_broker_states.sequence is 'The entry that tells it.';
comment on column risk_broker_states.state is 'From then on.';
comment on column requests.journal_id is 'The journal that tells it.';
comment on column requests.sequence is 'The entry that tells it.';
comment on column requests.recorded_at is 'The instant of that entry.';
comment on column requests.kind is 'What is asked for.';
comment on column requests.asked_by is 'Who asked, by name.';
comment on column requests.asked_from is 'Whether that was a person or a program.';
comment on column requests.because is 'The reason, in the words of whoever gave it.';
comment on column request_terms.journal_id is 'The journal that tells it.';
comment on column request_terms.request_sequence is 'The entry of the request.';
comment on column request_terms.name is 'What the term is.';
comment on column request_terms.value is 'Its value as text.';
comment on column request_refusals.journal_id is 'The journal that tells it.';
comment on column request_refusals.sequence is 'The entry that tells it.';
comment on column request_refusals.recorded_at is 'The instant of that entry.';
comment on column request_refusals.request_sequence is 'The entry of the request.';
comment on column request_refusals.fault is 'Why.';
comment on column request_refusals.detail is 'More of it, for people; may be empty.';
comment on column questions.journal_id is 'The journal that tells it.';
comment on column questions.sequence is 'The entry that tells it.';
comment on column questions.recorded_at is 'The instant of that entry.';
comment on column questions.subject is 'What it is about.';
comment on column questions.intent_sequence is 'The intent it is about; null for one about the book.';
comment on column questions.security_id is 'The name it is about; null for one about the book.';
comment on column questions.config_version is 'Which settings held then.';
comment on column questions.shares is 'How many shares it is about; 0 for the book.';
comment on column questions.price is 'The last price, or for an entry its limit; null for the book.';
comment on column questions.terms is 'SHA-256 of what was shown: an answer to other terms is refused.';
comment on column questions.recommended is 'What the rules recommend.';
comment on column questions.when_silent is 'What is done when nobody answers.';
comment on column question_options.journal_id is 'The journal that tells it.';
comment on column question_options.question_sequence is 'The entry of the question.';
comment on column question_options.choice is 'The way to go.';
comment on column question_options.cash is 'What it takes from the free cash; negative when it gives some back.';
comment on column question_options.risk is 'How it changes what is at risk; negative when it gives risk back.';
comment on column question_options.at_stop is 'Profit and loss if the stops fill at their prices; null when it cannot be known.';
comment on column question_options.at_target is 'Profit and loss if the targets fill; null when it cannot be known.';
comment on column question_settlements.journal_id is 'The journal that tells it.';
comment on column question_settlements.question_sequence is 'The entry of the question.';
comment on column question_settlements.sequence is 'The entry that tells it.';
comment on column question_settlements.recorded_at is 'The instant of that entry.';
comment on column question_settlements.settlement is 'Answered, expired or withdrawn.';
comment on column question_settlements.choice is 'What is done.';
comment on column question_settlements.is_override is 'Whether it is not what the rules recommended.';
comment on column question_settlements.settled_by is 'By name, or rules.';
comment on column question_settlements.because is 'The reason, in the words of whoever gave it.';
comment on column question_settlements.code is 'The reason as a code to count by; null when none was given.';
