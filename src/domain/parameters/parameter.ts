/**
 * What a value is, and how people write it: money and prices in dollars, shares of something as fractions (0.05 is 5 %),
 * times in minutes or seconds, lists as names.
 */
export type ValueKind =
  | { readonly is: 'dollars'; readonly least: number; readonly most: number }
  | { readonly is: 'fraction' | 'number' | 'whole'; readonly least: number; readonly most: number }
  /** The tightest word first. */
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'switch' }
  | { readonly is: 'names'; readonly of: 'tickers' | 'people' };

/**
 * Which change of it is tighter, and so may be made by anybody at once. With `lower_but_zero_is_off` zero is the loosest
 * of all. What cannot be ordered is `unordered`: each change of it is looser.
 */
export type Tighter =
  | 'lower'
  | 'higher'
  | 'lower_but_zero_is_off'
  | 'earlier_word'
  | 'off'
  | 'more_names'
  | 'fewer_names_but_none_is_all'
  | 'unordered';

/** One leaf of the settings that a person may change while the house runs; `least` and `most` are hard: nobody passes them. */
export type Parameter = {
  readonly name: string;
  readonly kind: ValueKind;
  readonly tighter: Tighter;
  readonly says: string;
};

export type ParameterValue = number | string | boolean | readonly string[];
