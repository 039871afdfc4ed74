export type PatternKind = 'opening_range_breakout' | 'bull_flag';
