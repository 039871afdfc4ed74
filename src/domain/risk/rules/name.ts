import type { Rule } from '#domain/risk/risk-view';

export const restricted: Rule = ({ intent: { symbol } }, { name }) => (name.isRestricted ? { kind: 'name_restricted', symbol } : null);

export const permitted: Rule = ({ intent: { symbol } }, { name }) => (name.isPermitted ? null : { kind: 'name_not_permitted', symbol });

/** What the broker's lists said of the name differs from the book, and nobody has said yet what is right. */
export const quarantined: Rule = ({ intent: { symbol } }, { name }) => (name.isQuarantined ? { kind: 'name_quarantined', symbol } : null);

export const tradable: Rule = ({ intent: { symbol } }, { name: { status } }) =>
  status === 'trading' ? null : { kind: 'not_tradable', symbol, status };
