set local search_path to catalyst, public;
drop table question_settlements, question_options, questions, request_refusals, request_terms, requests, risk_broker_states, risk_differences,
  risk_cover_gaps, risk_clearings, risk_halts, risk_losses, risk_events, account_reports, cash_movements, position_adjustments, position_closings,
  positions, fill_flags, fills, order_cancels, order_events, orders, refusal_securities, refusal_numbers, intent_refusals, intent_verdicts, intents;
drop type settlement, reason_code, choice, question_subject, request_fault, request_kind, difference, broker_state, halt_reason, stop_level,
  risk_event_kind, cash_cause, adjustment, fill_flag, order_rejection, order_event_status, verdict, refusal_reason, cancel_reason, order_reason, order_type, order_role;
