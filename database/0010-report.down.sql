set local search_path to catalyst, public;

alter table performance_daily drop column minutes_held, drop column minutes, drop column fall_bottom, drop column fall_peak;
alter table position_closings drop column exit_slippage, drop column intent_sequence, drop column last_sequence;
