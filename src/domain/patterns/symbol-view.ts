/** A bar of one name; `minute` is the local minute of the day at its start, prices in 1e-4. */
export type ChartBar = {
  readonly minute: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/**
 * What may be looked at of one name at one instant: nothing that closed after it. Bars are those in which the name
 * traded, oldest first. A price that is not known is 0.
 */
export type SymbolView = {
  /** Local minute of the day: every bar here had closed by its start. */
  readonly now: number;
  readonly openMinute: number;
  /** Closed bars of this regular session, of one minute and of five. */
  readonly minutes: readonly ChartBar[];
  readonly fives: readonly ChartBar[];
  readonly previousClose: number;
  readonly premarketHigh: number;
  readonly premarketLow: number;
  /** The last close. */
  readonly close: number;
  /** ATR 14 on five-minute bars, the days before among them. */
  readonly atr: number;
  readonly vwap: number;
  /** Shares a minute of the last five over those of the last twenty. */
  readonly volumeRatio: number;
};

/** The first price of the regular session, or 0. */
export const firstOpen = ({ minutes }: SymbolView): number => minutes[0]?.open ?? 0;
