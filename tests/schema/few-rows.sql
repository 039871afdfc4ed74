-- A row or two of the tables that others refer to: something that could be lost.
set search_path to catalyst, public;
insert into securities (security_id, market_id, symbol) values (1, 1, 'AAPL'), (2, 1, 'BRK.A');
insert into sessions values (120412, 1, '2025-11-20', '2025-11-20 14:30+00', '2025-11-20 21:00+00');
insert into journals values (7, 'today', 1, 'recorded_market', '0.1.0', decode(repeat('ab', 32), 'hex'), '2025-11-20 09:00+00');
insert into journal_positions values (7, 'ledger', 40, decode(repeat('cd', 32), 'hex'), '2025-11-20 21:00+00');
insert into config_versions values (7, 1, 1, '2025-11-20 09:00+00', decode(repeat('ef', 32), 'hex'));
insert into config_values values (7, 1, 'limits.positionsMax', '5');
insert into session_runs values (7, 120412, 2, false);
insert into trading_cycles values (7, 5, 120412, 1, '2025-11-20 15:35+00', 635, 2);
insert into scan_stages values (7, 5, 5, 'candidates_found'), (7, 6, 5, 'catalysts_confirmed');
insert into scan_results values (7, 5, 1, 1, 0.9), (7, 6, 1, 1, 0.8);
insert into scan_rejections values (7, 6, 2, 'no_catalyst');
insert into news_items values (7, 3, 'b-1', '2025-11-20 12:00+00', '2025-11-20 11:59+00', 'benzinga', 'Apple beats');
insert into news_item_securities values (7, 3, 1);
insert into catalyst_events values (7, 4, '2025-11-20 12:00+00', 3, 1, 3, 1, 'earnings', 1, 0.7);
insert into news_sentiment values (7, 4, 0.6, 0.5);
insert into scan_catalysts values (7, 6, 1, 'earnings', 1, 0.6, 0.6, 0.5, 1, 3);
insert into intents values (7, 10, '2025-11-20 15:35+00', 120412, 5, 1, 'buy', 750000.1234, 750010, 'bull_flag', 0.7, 1.5, null, 1000, 0, 0, 0, 0);
insert into intent_verdicts values
  (7, 11, '2025-11-20 15:35+00', 10, 1, 'approved', 749990, 100, 1012.34), (7, 12, '2025-11-20 15:35+00', 10, 1, 'refused', 749990, 0, null);
insert into intent_refusals values (7, 12, 1, 'too_many_positions');
insert into refusal_numbers values (7, 12, 1, 'held', '5'), (7, 12, 1, 'max', '5');
insert into orders values
  (7, 13, '2025-11-20 15:35+00', 'e-1', 10, null, 1, 'entry', 'limit', 'buy', 100, 750000.1234, null, 'bull_flag'),
  (7, 14, '2025-11-20 15:35+00', 's-1', 10, 13, 1, 'stop', 'stop', 'sell', 100, null, 749990, 'protective_stop');
insert into order_events values (7, 15, '2025-11-20 15:35+00', 13, 'accepted', null, null, null, null);
insert into fills values
  (7, 16, '2025-11-20 15:36+00', 13, 60, 750000, 0.5, '2025-11-20 15:35+00'),
  (7, 17, '2025-11-20 15:37+00', 13, 40, 750000.1, 0.5, '2025-11-20 15:36+00');
insert into positions values (7, 16, '2025-11-20 15:35+00', 1, 'buy', 10);
insert into risk_events values (7, 20, '2025-11-20 16:00+00', 'loss_warned', null, '');
insert into risk_losses values (7, 20, -75, 100, 0.75);
insert into questions values
  (7, 21, '2025-11-20 16:00+00', 'loss_warning', null, null, 1, 0, null, decode(repeat('01', 32), 'hex'), '2025-11-20 16:02+00', 'hold', 'hold');
insert into decision_points values
  (7, 11, 0, '2025-11-20 15:35+00', 120412, 635, 'entry', 'approved', 1, 10, 1, 0, null, null, null, null, 'enter', 0);
insert into decision_options values (7, 11, 0, 'enter', null, false), (7, 11, 0, 'decline', 100, false);
insert into decision_choices values (7, 11, 0, 'enter', 'rules', '2025-11-20 15:35+00', 'unresolved', 0, null, null);
insert into performance_daily values (7, 120412, 100000, 100100, 100200, 99900, 0.003, 0, 0.2, 0.5);
insert into alerts values ('a-1', '2025-11-20 16:00+00', 'loss_warned', 'warning', 'loss', 'Loss', 'none', 7, 20);
select ensure_bars_month('2025-11-20');
insert into trading_history values (7, 1, '2025-11-20 15:35+00', 750000, 750001, 749999, 750000.5, 300);
