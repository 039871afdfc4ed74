import type { Rule } from '#domain/risk/risk-view';

export const longOnly: Rule = ({ intent }) => (intent.side === 'buy' ? null : { kind: 'short_not_allowed' });

/** A stop that would trigger at once, or can't trigger at all, is none. */
export const stopSide: Rule = ({ intent: { limit }, stop }) =>
  stop > 0 && stop < limit ? null : { kind: 'stop_on_wrong_side', stop, limit };

export const stopDistance: Rule = ({ intent, stop }, { limits }) => {
  const distance = (intent.limit - stop) / intent.limit;
  return distance <= limits.stopMax ? null : { kind: 'stop_too_far', distance, max: limits.stopMax };
};

/** Asked as a product, so that a stop at the limit divides nothing by nothing. */
export const rewardToRisk: Rule = ({ intent, stop }, { limits: { rewardToRiskMin: min } }) => {
  const [reward, risk] = [intent.target - intent.limit, intent.limit - stop];
  return risk > 0 && reward >= risk * min ? null : { kind: 'reward_too_small', ratio: risk > 0 ? reward / risk : 0, min };
};
