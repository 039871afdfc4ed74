-- What a report tells of trades and days and no other row does: what only bars can say, and bars are kept as long as there is room.

set local search_path to catalyst, public;

alter table position_closings
  add column last_sequence bigint,
  add column intent_sequence bigint,
  add column exit_slippage amount;
comment on column position_closings.last_sequence is 'The entry in which the last share went; null in rows of before this column.';
comment on column position_closings.intent_sequence is 'The intent that the house told with the end; not that of the position where the house had taken the shares over anew.';
comment on column position_closings.exit_slippage is 'What the fills that closed it cost against the price at which they were decided; null when that is not known.';

alter table performance_daily
  add column fall_peak amount,
  add column fall_bottom amount,
  add column minutes integer check (minutes >= 0),
  add column minutes_held integer check (minutes_held between 0 and minutes);
comment on column performance_daily.fall_peak is 'P&L of the day at the peak from which it fell deepest; null in rows of before this column.';
comment on column performance_daily.fall_bottom is 'P&L of the day at the bottom of that fall.';
comment on column performance_daily.minutes is 'Regular minutes that were told.';
comment on column performance_daily.minutes_held is 'Those of them with a position.';
