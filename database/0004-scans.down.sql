set local search_path to catalyst, public;
drop table setup_outcomes, setups, price_levels, technical_indicators, scan_catalysts, scan_moves, scan_rejections, scan_results, scan_stages,
  trading_cycles, universe_rejections, universe_selections;
drop type setup_outcome, level_source, pattern, drop_reason, scan_stage;
