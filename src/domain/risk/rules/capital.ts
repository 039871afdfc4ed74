import type { Plan, Rule } from '#domain/risk/risk-view';
import { cash } from '#domain/values/cash';

const worthOf = ({ intent, shares }: Plan): number => intent.limit * shares;
const riskOf = ({ intent, stop, shares }: Plan): number => Math.max(0, (intent.limit - stop) * shares);
const partOf = (equity: number, share: number) => cash(Math.floor(equity * share));

/** Used up, or passed with this one. */
export const openRisk: Rule = (plan, { openRisk: open, equity, limits }) => {
  const max = partOf(equity, limits.openRiskMax);
  return open < max && open + riskOf(plan) <= max ? null : { kind: 'open_risk_used', open, max };
};

/** Sizing keeps to these two already; asked again because an order may have been sized earlier, or elsewhere. */
export const riskPerTrade: Rule = (plan, { equity, limits }) => {
  const max = partOf(equity, limits.riskPerTradeMax);
  return riskOf(plan) <= max ? null : { kind: 'risk_too_high', risk: cash(riskOf(plan)), max };
};

export const positionSize: Rule = (plan, { equity, limits }) => {
  const max = partOf(equity, limits.positionMax);
  return worthOf(plan) <= max ? null : { kind: 'position_too_large', value: cash(worthOf(plan)), max };
};

export const grossExposure: Rule = (plan, { exposure: { gross }, equity, limits }) => {
  const [exposure, max] = [cash(gross + worthOf(plan)), partOf(equity, limits.grossExposureMax)];
  return exposure <= max ? null : { kind: 'gross_exposure_passed', exposure, max };
};

export const netExposure: Rule = (plan, { exposure: { net }, equity, limits }) => {
  const signed = plan.intent.side === 'buy' ? worthOf(plan) : -worthOf(plan);
  const [exposure, max] = [cash(net + signed), partOf(equity, limits.netExposureMax)];
  return Math.abs(exposure) <= max ? null : { kind: 'net_exposure_passed', exposure, max };
};

/** For a share at least: what sizing has cut to nothing for want of cash is told as that. */
export const buyingPower: Rule = ({ intent, shares }, { cashFree }) =>
  cashFree >= intent.limit * Math.max(1, shares) ? null : { kind: 'no_buying_power', available: cashFree, limit: intent.limit };
