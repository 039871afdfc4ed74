/** How what is held is given back; the bracket's stop and target hold besides. Zero switches a rule off. */
export type ExitRules = {
  /** An entry that has not filled by then is cancelled: it chases a move that has gone. */
  readonly entryMinutesMax: number;
  /** From this gain on, in R, the stop stands at what a share has cost. */
  readonly breakEvenAtR: number;
  /** From this gain on, in R, the stop follows the highest close at a distance of so many ATRs of the entry. */
  readonly trailFromR: number;
  readonly trailAtrs: number;
  /** After so many minutes a position that has not gained `timeStopBelowR` is closed. */
  readonly timeStopMinutes: number;
  readonly timeStopBelowR: number;
  /** Minutes before the close at which the way out begins: with a limit at the mark, then marketable, then at the market. */
  readonly limitBeforeClose: number;
  readonly marketableBeforeClose: number;
  readonly marketBeforeClose: number;
};

/** Mission, rules of Stage 1: exits begin at 15:50. The rest is common practice, and not fitted to any data. */
export const stageOneExits: ExitRules = {
  entryMinutesMax: 3,
  breakEvenAtR: 1,
  trailFromR: 1.5,
  trailAtrs: 2,
  timeStopMinutes: 120,
  timeStopBelowR: 0.25,
  limitBeforeClose: 10,
  marketableBeforeClose: 7,
  marketBeforeClose: 5,
};
