set local search_path to catalyst, public;
drop table performance_daily, alert_acknowledgements, alert_deliveries, alerts;
drop type severity;
