/** Why there is no number to give. */
export type Missing =
  | 'no_trades'
  | 'too_few'
  | 'no_variation'
  | 'no_downside'
  | 'no_drawdown'
  | 'no_wins'
  | 'no_losses'
  | 'no_r'
  | 'one_session'
  | 'beyond_numbers';

/** A number, or why there is none; never NaN and never infinite. */
export type Figure = { readonly value: number } | { readonly value: null; readonly missing: Missing };

export const missing = (why: Missing): Figure => ({ value: null, missing: why });

/** The number; what is more than a float holds is no figure. −0 is 0. */
export const figure = (value: number): Figure => (Number.isFinite(value) ? { value: value === 0 ? 0 : value } : missing('beyond_numbers'));
