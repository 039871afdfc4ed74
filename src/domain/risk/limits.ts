import { type Cash, cash } from '#domain/values/cash';

/** The hard rules of Stage 1 as numbers; fractions are of equity unless a line says otherwise. Source: mission, section 2. */
export type Limits = {
  /** The day's realised and unrealised P&L after fees may not pass below minus this. */
  readonly lossTodayMax: Cash;
  /** Shares of that loss at which a person is warned, the smaller one first. */
  readonly lossWarnAt: number;
  readonly lossWarnAgainAt: number;
  /** The week's loss, and the fall from the highest equity, at which the house stops. */
  readonly lossWeekMax: number;
  readonly drawdownMax: number;
  /** How far the broker's equity may lie from our own before nothing new is entered. */
  readonly accountGapMax: number;
  readonly openPositionsMax: number;
  readonly lossesInARowMax: number;
  /** Factor on the size after that many losses, until a win. */
  readonly sizeAfterLosses: number;
  readonly positionMax: number;
  readonly riskPerTradeMax: number;
  readonly openRiskMax: number;
  readonly rewardToRiskMin: number;
  readonly stopAtrs: number;
  /** Nearest and farthest stop, as fractions of the entry price. */
  readonly stopMin: number;
  readonly stopMax: number;
  readonly correlationMax: number;
  readonly correlationPointsMin: number;
  /** An order may be at most this share of what usually trades in a minute, and in a day. */
  readonly minuteShareMax: number;
  readonly dayShareMax: number;
  /** Hard blocks on one order, whatever the account. */
  readonly orderValueMax: Cash;
  readonly orderSharesMax: number;
  /** All positions and working entries at their worst, gross and net: 1 is no margin. */
  readonly grossExposureMax: number;
  readonly netExposureMax: number;
  /** How far a limit may lie from the last price, and from the close of the session before, as fractions. */
  readonly collarMax: number;
  readonly closeCollarMax: number;
  /** How far the limits for one name may drift within so many minutes, as a fraction. */
  readonly driftMax: number;
  readonly driftMinutes: number;
  /** The oldest bar of a name, in minutes, on which it may be entered. */
  readonly quoteMinutesMax: number;
  /** A close that lies farther than this from the one before it is not believed until the next one confirms it. */
  readonly quoteJumpMax: number;
  /** Orders and cancels a minute, and the share of them that is kept for exits. */
  readonly messagesPerMinuteMax: number;
  readonly messagesForExits: number;
  /** Seconds within which the same name and side is a duplicate. */
  readonly duplicateSeconds: number;
  /** So many entries of one pattern in one name within so many minutes latch it. */
  readonly repeatsMax: number;
  readonly repeatMinutes: number;
  /** Positions in one sector; names of unknown sector are not counted. */
  readonly sectorPositionsMax: number;
};

export const stageOneLimits: Limits = {
  lossTodayMax: cash(20_000_000),
  lossWarnAt: 0.75,
  lossWarnAgainAt: 0.9,
  lossWeekMax: 0.05,
  drawdownMax: 0.12,
  accountGapMax: 0.005,
  openPositionsMax: 5,
  lossesInARowMax: 3,
  sizeAfterLosses: 0.5,
  positionMax: 0.2,
  riskPerTradeMax: 0.02,
  openRiskMax: 0.05,
  rewardToRiskMin: 1.5,
  stopAtrs: 2,
  stopMin: 0.01,
  stopMax: 0.05,
  correlationMax: 0.7,
  correlationPointsMin: 100,
  minuteShareMax: 0.2,
  dayShareMax: 0.01,
  orderValueMax: cash(500_000_000),
  orderSharesMax: 20_000,
  grossExposureMax: 1,
  netExposureMax: 1,
  collarMax: 0.02,
  closeCollarMax: 0.5,
  driftMax: 0.03,
  driftMinutes: 30,
  quoteMinutesMax: 5,
  quoteJumpMax: 0.15,
  messagesPerMinuteMax: 150,
  messagesForExits: 0.5,
  duplicateSeconds: 60,
  repeatsMax: 3,
  repeatMinutes: 60,
  sectorPositionsMax: 3,
};
