import { type Cash, cash } from '#domain/values/cash';

/** The hard rules of Stage 1 as numbers; fractions are of equity unless a line says otherwise. Source: mission, section 2. */
export type Limits = {
  /** The day's realised and unrealised P&L after fees may not pass below minus this. */
  readonly lossTodayMax: Cash;
  /** Share of that loss at which a person is warned. */
  readonly lossWarnAt: number;
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
  /** An order may be at most this share of what usually trades in a minute. */
  readonly minuteShareMax: number;
};

export const stageOneLimits: Limits = {
  lossTodayMax: cash(20_000_000),
  lossWarnAt: 0.75,
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
};
