-- The funnel: universe, 100, 35, 20, 10, 5. Who was kept at each stage, who was let go, and for which reasons.

set local search_path to catalyst, public;

create type scan_stage as enum ('candidates_found', 'catalysts_confirmed', 'indicators_agreed', 'setups_found', 'intents_chosen');
create type drop_reason as enum (
  'no_history', 'no_bar_today', 'price_too_low', 'illiquid', 'ranked_below', 'no_catalyst', 'negative_catalyst', 'not_ready',
  'below_vwap', 'trend_down', 'momentum_out_of_range', 'volume_fading', 'no_setup', 'already_tried', 'entries_closed', 'not_listed',
  'range_too_small', 'correlated_with_better', 'momentum_too_weak', 'momentum_too_hot');
create type pattern as enum (
  'opening_range_breakout', 'bull_flag', 'cup_and_handle', 'ascending_triangle', 'abcd', 'flat_top_breakout', 'vwap_breakout',
  'gap_and_go', 'red_to_green', 'opening_range_breakdown', 'bear_flag', 'inverted_cup_and_handle', 'descending_triangle',
  'bearish_abcd', 'flat_bottom_breakdown', 'vwap_breakdown', 'gap_down_and_go', 'green_to_red');
create type level_source as enum (
  'swing', 'prior_high', 'prior_low', 'prior_close', 'premarket_high', 'premarket_low', 'round_number', 'vwap', 'value_area_high',
  'value_area_low', 'point_of_control');
create type setup_outcome as enum ('target', 'stop', 'time');

create table universe_selections (
  journal_id bigint not null,
  session_id integer not null,
  sequence bigint not null,
  size integer not null check (size >= 0),
  primary key (journal_id, session_id),
  unique (journal_id, sequence),
  foreign key (journal_id, session_id) references session_runs
);
comment on table universe_selections is 'How many names a session began with.';

create table universe_rejections (
  journal_id bigint not null,
  session_id integer not null,
  security_id bigint not null references securities,
  reason drop_reason not null,
  primary key (journal_id, session_id, security_id, reason),
  foreign key (journal_id, session_id) references universe_selections
);
comment on table universe_rejections is 'Names that are not in the universe of a session, a row for each reason.';

create table trading_cycles (
  journal_id bigint not null,
  sequence bigint not null,
  session_id integer not null,
  scan integer not null check (scan > 0),
  recorded_at timestamptz not null,
  minute smallint not null check (minute between 0 and 1439),
  universe integer not null check (universe >= 0),
  primary key (journal_id, sequence),
  unique (journal_id, session_id, scan),
  foreign key (journal_id, session_id) references session_runs
);
comment on table trading_cycles is 'One scan, from the universe to what is wanted. Its name is the sequence of its candidates_found.';
comment on column trading_cycles.minute is 'Local minute of the day.';
comment on column trading_cycles.universe is 'Names of the day that had a bar.';

create table scan_stages (
  journal_id bigint not null,
  sequence bigint not null,
  cycle_sequence bigint not null,
  stage scan_stage not null,
  primary key (journal_id, sequence),
  unique (journal_id, cycle_sequence, stage),
  foreign key (journal_id, cycle_sequence) references trading_cycles
);
comment on table scan_stages is 'Which entry told a stage of a cycle.';

create table scan_results (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null references securities,
  rank smallint not null check (rank > 0),
  score double precision not null,
  primary key (journal_id, stage_sequence, security_id),
  unique (journal_id, stage_sequence, rank),
  foreign key (journal_id, stage_sequence) references scan_stages
);
comment on table scan_results is 'Who was kept by a stage, best first.';

create table scan_rejections (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null references securities,
  reason drop_reason not null,
  primary key (journal_id, stage_sequence, security_id, reason),
  foreign key (journal_id, stage_sequence) references scan_stages
);
comment on table scan_rejections is 'Who was let go by a stage, a row for each reason.';

create table scan_moves (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null,
  gap double precision not null,
  change double precision not null,
  relative_volume double precision not null,
  minute_volume double precision not null,
  primary key (journal_id, stage_sequence, security_id),
  foreign key (journal_id, stage_sequence, security_id) references scan_results
);
comment on table scan_moves is 'What the scanner measured of those it kept: moves are fractions, volumes are ratios to the usual.';

create table scan_catalysts (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null,
  kind catalyst_kind not null,
  direction smallint not null check (direction between -1 and 1),
  strength double precision not null check (strength between 0 and 1),
  polarity double precision not null check (polarity between -1 and 1),
  reliability double precision not null check (reliability between 0 and 1),
  outlets integer not null check (outlets >= 0),
  news_sequence bigint,
  primary key (journal_id, stage_sequence, security_id),
  foreign key (journal_id, stage_sequence, security_id) references scan_results,
  foreign key (journal_id, news_sequence) references news_items
);
comment on table scan_catalysts is 'Why a name moves, as known at the scan; strength has faded by then.';
comment on column scan_catalysts.news_sequence is 'The headline that speaks for it; null for a surge that none explains.';

create table technical_indicators (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null,
  last_close price not null,
  atr double precision not null,
  vwap double precision not null,
  volume_ratio double precision not null,
  minute_shares double precision not null,
  rsi double precision,
  macd double precision,
  macd_signal double precision,
  ema_9 double precision,
  ema_21 double precision,
  sma_20 double precision,
  sma_50 double precision,
  sma_200 double precision,
  bollinger_upper double precision,
  bollinger_lower double precision,
  adx double precision,
  plus_di double precision,
  minus_di double precision,
  stochastic_k double precision,
  stochastic_d double precision,
  keltner_upper double precision,
  keltner_lower double precision,
  donchian_upper double precision,
  donchian_lower double precision,
  one_minute_rsi double precision,
  one_minute_trend double precision,
  fifteen_minutes_rsi double precision,
  fifteen_minutes_trend double precision,
  day_rsi double precision,
  day_atr double precision,
  day_sma_20 double precision,
  day_sma_50 double precision,
  day_sma_200 double precision,
  obv double precision,
  vwap_upper double precision,
  vwap_lower double precision,
  point_of_control double precision,
  value_area_high double precision,
  value_area_low double precision,
  one_minute_macd_histogram double precision,
  one_minute_adx double precision,
  one_minute_stochastic_k double precision,
  one_minute_sma_20 double precision,
  primary key (journal_id, stage_sequence, security_id),
  foreign key (journal_id, stage_sequence, security_id) references scan_results
);
comment on table technical_indicators is 'What the indicators said of a name that was kept: prices and ranges in the currency, RSI, ADX, DI and stochastic from 0 to 100, OBV in shares. Null: not ready, too few bars.';
comment on column technical_indicators.atr is 'ATR 14 on five-minute bars.';

create table price_levels (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null,
  place smallint not null check (place > 0),
  centre double precision not null check (centre > 0),
  half_width double precision not null check (half_width >= 0),
  source level_source not null,
  touches integer not null check (touches >= 0),
  bounces integer not null check (bounces >= 0),
  breaks integer not null check (breaks >= 0),
  primary key (journal_id, stage_sequence, security_id, place),
  foreign key (journal_id, stage_sequence, security_id) references technical_indicators
);
comment on table price_levels is 'Support and resistance around the last close, from the lowest price to the highest, with their history.';

create table setups (
  journal_id bigint not null,
  stage_sequence bigint not null,
  security_id bigint not null,
  pattern pattern not null,
  entry price not null,
  stop price not null,
  target price not null,
  confidence double precision not null check (confidence between 0 and 1),
  invalidation double precision not null,
  is_volume_confirmed boolean not null,
  record_count integer not null check (record_count >= 0),
  record_won integer not null check (record_won between 0 and record_count),
  record_mean_r double precision not null,
  record_deviation_r double precision not null,
  atr double precision not null,
  support double precision,
  minute_shares double precision not null,
  primary key (journal_id, stage_sequence, security_id),
  foreign key (journal_id, stage_sequence, security_id) references scan_results
);
comment on table setups is 'Patterns that were found, with where they would be entered and left. Their drawing stays in the journal.';
comment on column setups.support is 'Nearest support below the entry; null when none is known.';

create table setup_outcomes (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  security_id bigint not null references securities,
  pattern pattern not null,
  scanned_sequence bigint not null,
  outcome setup_outcome not null,
  r_multiple double precision not null,
  primary key (journal_id, sequence),
  foreign key (journal_id, scanned_sequence) references scan_stages
);
create index setup_outcomes_by_stage on setup_outcomes (journal_id, scanned_sequence);
comment on table setup_outcomes is 'How a setup ended that was found earlier, traded or not.';
comment on column setup_outcomes.scanned_sequence is 'The stage indicators_agreed in which its setup was found.';

-- What the other columns hold.
comment on column universe_selections.journal_id is 'The journal that tells it.';
comment on column universe_selections.session_id is 'The session in which it was.';
comment on column universe_selections.sequence is 'The entry that tells it.';
comment on column universe_selections.size is 'Names that were kept.';
comment on column universe_rejections.journal_id is 'The journal that tells it.';
comment on column universe_rejections.session_id is 'The session it is not in.';
comment on column universe_rejections.security_id is 'The name that was let go.';
comment on column universe_rejections.reason is 'Why.';
comment on column trading_cycles.journal_id is 'The journal that tells it.';
comment on column trading_cycles.sequence is 'Its candidates_found entry, which is its name.';
comment on column trading_cycles.session_id is 'The session in which it was.';
comment on column trading_cycles.scan is 'Number of the scan in its session, from 1.';
comment on column trading_cycles.recorded_at is 'The instant of that entry.';
comment on column scan_stages.journal_id is 'The journal that tells it.';
comment on column scan_stages.sequence is 'The entry that tells it.';
comment on column scan_stages.cycle_sequence is 'The scan it belongs to.';
comment on column scan_stages.stage is 'Which stage.';
comment on column scan_results.journal_id is 'The journal that tells it.';
comment on column scan_results.stage_sequence is 'The entry of the stage that looked at it.';
comment on column scan_results.security_id is 'The name that was kept.';
comment on column scan_results.rank is 'Its place, 1 is best.';
comment on column scan_results.score is 'By what it was ranked, in the units of the stage.';
comment on column scan_rejections.journal_id is 'The journal that tells it.';
comment on column scan_rejections.stage_sequence is 'The entry of the stage that looked at it.';
comment on column scan_rejections.security_id is 'The name that was let go.';
comment on column scan_rejections.reason is 'Why.';
comment on column scan_moves.journal_id is 'The journal that tells it.';
comment on column scan_moves.stage_sequence is 'The entry of the stage that looked at it.';
comment on column scan_moves.security_id is 'The name it is about.';
comment on column scan_moves.gap is 'Open of the day over the last close, less 1.';
comment on column scan_moves.change is 'Move of the day so far, as a fraction.';
comment on column scan_moves.relative_volume is 'Shares of the day to the usual ones by this minute.';
comment on column scan_moves.minute_volume is 'Shares of the last minute to the usual ones of that minute; 0 when there was no bar.';
comment on column scan_catalysts.journal_id is 'The journal that tells it.';
comment on column scan_catalysts.stage_sequence is 'The entry of the stage that looked at it.';
comment on column scan_catalysts.security_id is 'The name it is about.';
comment on column scan_catalysts.kind is 'What kind of news moves it.';
comment on column scan_catalysts.direction is 'For a long position: -1 bad, 0 neither, 1 good.';
comment on column scan_catalysts.strength is '0 to 1, faded by its age.';
comment on column scan_catalysts.polarity is 'How good or bad the words are for the name, from -1 to 1.';
comment on column scan_catalysts.reliability is 'How often news of the source were followed by a move their way, 0 to 1; 0.5 when nothing is known.';
comment on column scan_catalysts.outlets is 'How many outlets told the story.';
comment on column technical_indicators.journal_id is 'The journal that tells it.';
comment on column technical_indicators.stage_sequence is 'The entry of the stage that looked at it.';
comment on column technical_indicators.security_id is 'The name it is about.';
comment on column technical_indicators.last_close is 'The last close.';
comment on column technical_indicators.vwap is 'Volume-weighted average price of the day.';
comment on column technical_indicators.volume_ratio is 'Shares a minute lately to those of the last twenty minutes.';
comment on column technical_indicators.minute_shares is 'Shares that usually trade in a minute: mean of the last twenty.';
comment on column technical_indicators.rsi is 'RSI 14 on five-minute bars.';
comment on column technical_indicators.macd is 'MACD 12/26 on five-minute bars.';
comment on column technical_indicators.macd_signal is 'Its signal line, 9.';
comment on column technical_indicators.ema_9 is 'EMA 9 on five-minute bars.';
comment on column technical_indicators.ema_21 is 'EMA 21 on five-minute bars.';
comment on column technical_indicators.sma_20 is 'SMA 20 on five-minute bars.';
comment on column technical_indicators.sma_50 is 'SMA 50 on five-minute bars.';
comment on column technical_indicators.sma_200 is 'SMA 200 on five-minute bars.';
comment on column technical_indicators.bollinger_upper is 'Upper Bollinger band.';
comment on column technical_indicators.bollinger_lower is 'Lower Bollinger band.';
comment on column technical_indicators.adx is 'ADX 14 on five-minute bars.';
comment on column technical_indicators.plus_di is 'Plus directional indicator.';
comment on column technical_indicators.minus_di is 'Minus directional indicator.';
comment on column technical_indicators.stochastic_k is 'Stochastic %K on five-minute bars.';
comment on column technical_indicators.stochastic_d is 'Stochastic %D.';
comment on column technical_indicators.keltner_upper is 'Upper Keltner line.';
comment on column technical_indicators.keltner_lower is 'Lower Keltner line.';
comment on column technical_indicators.donchian_upper is 'Upper Donchian line.';
comment on column technical_indicators.donchian_lower is 'Lower Donchian line.';
comment on column technical_indicators.one_minute_rsi is 'RSI on one-minute bars.';
comment on column technical_indicators.one_minute_trend is 'EMA 9 less EMA 21 on one-minute bars.';
comment on column technical_indicators.fifteen_minutes_rsi is 'RSI on fifteen-minute bars.';
comment on column technical_indicators.fifteen_minutes_trend is 'EMA 9 less EMA 21 on fifteen-minute bars.';
comment on column technical_indicators.day_rsi is 'RSI on daily bars.';
comment on column technical_indicators.day_atr is 'ATR on daily bars.';
comment on column technical_indicators.day_sma_20 is 'SMA 20 on daily bars.';
comment on column technical_indicators.day_sma_50 is 'SMA 50 on daily bars.';
comment on column technical_indicators.day_sma_200 is 'SMA 200 on daily bars.';
comment on column technical_indicators.obv is 'On-balance volume.';
comment on column technical_indicators.vwap_upper is 'Upper band around the VWAP.';
comment on column technical_indicators.vwap_lower is 'Lower band around the VWAP.';
comment on column technical_indicators.point_of_control is 'Price at which most was traded.';
comment on column technical_indicators.value_area_high is 'Upper end of the value area.';
comment on column technical_indicators.value_area_low is 'Lower end of the value area.';
comment on column technical_indicators.one_minute_macd_histogram is 'MACD less its signal on one-minute bars.';
comment on column technical_indicators.one_minute_adx is 'ADX on one-minute bars.';
comment on column technical_indicators.one_minute_stochastic_k is 'Stochastic %K on one-minute bars.';
comment on column technical_indicators.one_minute_sma_20 is 'SMA 20 on one-minute bars.';
comment on column price_levels.journal_id is 'The journal that tells it.';
comment on column price_levels.stage_sequence is 'The entry of the stage that looked at it.';
comment on column price_levels.security_id is 'The name it is about.';
comment on column price_levels.place is 'Its place from the lowest price, from 1.';
comment on column price_levels.centre is 'Middle of its zone, in the currency.';
comment on column price_levels.half_width is 'Half of the width of its zone, in the currency.';
comment on column price_levels.source is 'What made it.';
comment on column price_levels.touches is 'How often the price had come to it.';
comment on column price_levels.bounces is 'How often the price had turned there.';
comment on column price_levels.breaks is 'How often the price had gone through.';
comment on column setups.journal_id is 'The journal that tells it.';
comment on column setups.stage_sequence is 'The entry of the stage that looked at it.';
comment on column setups.security_id is 'The name it is about.';
comment on column setups.pattern is 'Which shape was seen.';
comment on column setups.entry is 'Where it is entered.';
comment on column setups.stop is 'Where the rule of Stage 1 would put the stop.';
comment on column setups.target is 'Where the profit is taken.';
comment on column setups.confidence is '0 to 1, of the shape.';
comment on column setups.invalidation is 'Beyond this price the shape is no longer there.';
comment on column setups.is_volume_confirmed is 'Whether the volume went along with the break.';
comment on column setups.record_count is 'Earlier setups of the pattern that had ended, as known then.';
comment on column setups.record_won is 'How many of them made anything.';
comment on column setups.record_mean_r is 'What they made on average, in multiples of what was at risk.';
comment on column setups.record_deviation_r is 'Standard deviation of that.';
comment on column setups.atr is 'ATR 14 on five-minute bars, in the currency.';
comment on column setups.minute_shares is 'Shares that usually trade in a minute: mean of the last twenty.';
comment on column setup_outcomes.journal_id is 'The journal that tells it.';
comment on column setup_outcomes.sequence is 'The entry that tells it.';
comment on column setup_outcomes.recorded_at is 'The instant of that entry.';
comment on column setup_outcomes.security_id is 'The name it is about.';
comment on column setup_outcomes.pattern is 'Which shape was seen.';
comment on column setup_outcomes.outcome is 'What was reached first: the target, the stop, or the end of its time.';
comment on column setup_outcomes.r_multiple is 'What it made, in multiples of what was at risk.';
