set local search_path to catalyst, public;
drop table security_sectors, asset_statuses, corporate_actions;
drop function ensure_bars_month(date);
drop table trading_history;
drop type asset_status, corporate_action_kind;
