set local search_path to catalyst, public;
drop table human_overrides, decision_outcomes, decision_choices, decision_options, decision_positions, decision_features, decision_points;
drop type regime, grade, decision_cause, decision_kind;
