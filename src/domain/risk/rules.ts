import type { Rule } from '#domain/risk/risk-view';
import { accountGap, brokerReady, clockSkew, dailyLoss, drawdown, stopped, weeklyLoss } from '#domain/risk/rules/account';
import { buyingPower, grossExposure, netExposure, openRisk, positionSize, riskPerTrade } from '#domain/risk/rules/capital';
import { correlated, onePositionASymbol, positionCount, sectorCount } from '#domain/risk/rules/company';
import { closeCollar, lastCollar, quoteAge, quoteJump } from '#domain/risk/rules/market-data';
import { permitted, quarantined, restricted, tradable } from '#domain/risk/rules/name';
import { entriesOpen, phaseEntries } from '#domain/risk/rules/phase';
import { drift, duplicate, repetition } from '#domain/risk/rules/repetition';
import { dayShare, minuteShare, orderShares, orderValue, someShares, stillFits } from '#domain/risk/rules/size';
import { longOnly, rewardToRisk, stopDistance, stopSide } from '#domain/risk/rules/terms';
import { messageThrottle, protection } from '#domain/risk/rules/watch';

/** In the order in which a reader should meet them; every rule is always asked, so that every reason is recorded. */
export const rules: readonly Rule[] = [
  stopped,
  brokerReady,
  clockSkew,
  dailyLoss,
  weeklyLoss,
  drawdown,
  accountGap,
  protection,
  messageThrottle,
  entriesOpen,
  phaseEntries,
  positionCount,
  onePositionASymbol,
  sectorCount,
  correlated,
  restricted,
  permitted,
  quarantined,
  tradable,
  quoteAge,
  quoteJump,
  lastCollar,
  closeCollar,
  duplicate,
  repetition,
  drift,
  longOnly,
  stopSide,
  stopDistance,
  rewardToRisk,
  openRisk,
  riskPerTrade,
  positionSize,
  grossExposure,
  netExposure,
  buyingPower,
  orderValue,
  orderShares,
  minuteShare,
  dayShare,
  someShares,
  stillFits,
];
