import type { Plan, Rule } from '#domain/risk/risk-view';
import { cash } from '#domain/values/cash';

const worthOf = ({ intent, shares }: Plan) => cash(intent.limit * shares);

export const someShares: Rule = ({ intent, shares }) => (shares > 0 ? null : { kind: 'size_is_zero', limit: intent.limit });

/** Hard blocks, whatever the account: the slip of a finger is refused, not warned of. Source: controls.md C02. */
export const orderValue: Rule = (plan, { limits: { orderValueMax: max } }) =>
  worthOf(plan) <= max ? null : { kind: 'order_too_valuable', value: worthOf(plan), max };

export const orderShares: Rule = ({ shares }, { limits: { orderSharesMax: max } }) =>
  shares <= max ? null : { kind: 'too_many_shares', shares, max };

export const minuteShare: Rule = ({ shares, intent }) => {
  const max = Math.max(0, Math.floor(intent.liquidShares));
  return shares <= max ? null : { kind: 'minute_share_passed', shares, max };
};

export const dayShare: Rule = ({ shares }, { quote, limits }) => {
  const max = Math.floor(quote.dayShares * limits.dayShareMax);
  return shares <= max ? null : { kind: 'day_share_passed', shares, max };
};

/** What a person has agreed to, sizing would no longer give: agreeing to less is not theirs to be assumed. */
export const stillFits: Rule = ({ shares, sized: now }) => (shares <= now ? null : { kind: 'approval_outgrown', shares, now });
