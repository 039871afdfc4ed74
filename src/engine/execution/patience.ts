/** How long the execution waits, and how much it keeps. Milliseconds and counts. Sources: broker-alpaca §9-§17, failure catalogue. */
export type Patience = {
  /** When the fate of an order, or the end of a cancel, is looked up after it was asked for; each after the one before. */
  readonly lookUpMs: readonly number[];
  /** How long something that could not leave, or was refused for the moment, waits; the last one is used again. */
  readonly againMs: readonly number[];
  /** An order that no list shows may still appear for so long. */
  readonly quarantineMs: number;
  /** An exit that a restricted account has refused is tried again after so long, and after longer each time. */
  readonly restrictedMs: readonly number[];
  /** After so many entries, or exits, in a row whose fate nobody knows, no more leave for a while: exits as `againMs` says. */
  readonly doubtsMax: number;
  readonly entriesShutMs: readonly number[];
  /** Less than the minute within which a share without a stop has to have one: both legs may fill, and no news of it come. */
  readonly reconcileMs: number;
  /** How soon it is made again while shares are without a stop, or come without one from an entry that works: of neither any news may come. */
  readonly exposedMs: number;
  /** How soon a comparison that failed, or that found something to look at twice, is made again. */
  readonly settleMs: number;
  /** The broker's lists may lag behind its fills by so much: only readings that lie further apart are two (D4). */
  readonly lagMs: number;
  /** A difference that nothing can be said of for so long, since something is under way in its name, shuts the name (I3). */
  readonly unclearMs: number;
  /** Lists are read from so long before what is known, since their clocks are not ours. */
  readonly marginMs: number;
  /** So far back the account's activities may explain what it has: a row is told by its day, and four of them hold a long weekend. */
  readonly activitiesMs: number;
  readonly failuresMax: number;
  readonly coverGraceMs: number;
  readonly coverAgainMs: number;
  readonly coverAgainMsMax: number;
  /** Shares that are being sold are told of as uncovered only after this. */
  readonly flattenGraceMs: number;
  /** A stop that the last price has been beyond for so long, and that has not filled, counts as none. */
  readonly passedMs: number;
  /** A stop for the day counts as none from so long before the close on. */
  readonly beforeCloseMs: number;
  readonly triesMax: number;
  readonly nestedLooksMax: number;
  /** A cancel that has not ended its order is asked for again after this. */
  readonly cancelAgainMs: number;
  /** What ends one member of a group ends the others; so long is waited before they are ended one by one. */
  readonly groupEndMs: number;
  readonly keptMax: number;
  /** What is told of an order that ended so long ago is nobody's any more. */
  readonly forgetMs: number;
  readonly readsMax: number;
};

export const patience: Patience = {
  lookUpMs: [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  againMs: [500, 1_000, 2_000, 4_000],
  quarantineMs: 60_000,
  restrictedMs: [15_000, 30_000, 60_000],
  doubtsMax: 3,
  entriesShutMs: [60_000, 120_000, 300_000],
  reconcileMs: 50_000,
  exposedMs: 20_000,
  settleMs: 5_000,
  lagMs: 10_000,
  unclearMs: 40_000,
  marginMs: 120_000,
  activitiesMs: 345_600_000,
  failuresMax: 3,
  coverGraceMs: 5_000,
  coverAgainMs: 15_000,
  coverAgainMsMax: 600_000,
  flattenGraceMs: 60_000,
  passedMs: 10_000,
  beforeCloseMs: 900_000,
  triesMax: 5,
  nestedLooksMax: 3,
  cancelAgainMs: 10_000,
  groupEndMs: 2_000,
  keptMax: 256,
  forgetMs: 86_400_000,
  readsMax: 200,
};

/** The wait of the n-th try, from 0; the last one stays. */
export const waitOf = (waits: readonly number[], step: number): number => waits[Math.min(step, waits.length - 1)] ?? 0;
