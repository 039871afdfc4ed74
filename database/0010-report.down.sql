set local search_path to catalyst, public;

alter table performance_daily drop column minutes_held, drop column minutes, drop column fall_bottom, drop column fall_peak;

alter table position_closings disable trigger only_added_to;
update position_closings set favourable_r = coalesce(favourable_r, 0), adverse_r = coalesce(adverse_r, 0)
where favourable_r is null or adverse_r is null;
alter table position_closings enable trigger only_added_to;
alter table position_closings
  alter column adverse_r set not null,
  alter column favourable_r set not null,
  drop column exit_slippage,
  drop column intent_sequence,
  drop column last_sequence;
