set local search_path to catalyst, public;
drop view bars, latest_scan, news_by_security, risk_log, results_by_hour, results_by_catalyst, results_by_pattern, daily_results, equity_curve,
  funnel, refusals_by_reason, rejections_by_reason, decision_logs, open_questions, open_positions, trades, order_status, projection_positions;
