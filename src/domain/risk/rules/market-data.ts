import type { Rule } from '#domain/risk/risk-view';

const isFarther = (price: number, from: number, max: number): boolean => Math.abs(price - from) > from * max;

export const quoteAge: Rule = (_, { quote: { minutes }, limits: { quoteMinutesMax: max } }) =>
  minutes !== null && minutes <= max ? null : { kind: 'quote_stale', minutes, max };

/** A bar far from the one before it may be a bad print; the next one near it says that it was not. Source: F3. */
export const quoteJump: Rule = (_, { quote: { last, before }, limits: { quoteJumpMax: max } }) =>
  last === null || before === null || !isFarther(last, before, max) ? null : { kind: 'jump_unconfirmed', last, before, max };

/** The price collar, against the last price and against the session before; what is not known is no collar to lie in. */
export const lastCollar: Rule = ({ intent: { limit } }, { quote: { last }, limits: { collarMax: max } }) =>
  last !== null && !isFarther(limit, last, max) ? null : { kind: 'far_from_last', limit, last, max };

export const closeCollar: Rule = ({ intent: { limit } }, { quote: { previousClose: close }, limits: { closeCollarMax: max } }) =>
  close !== null && !isFarther(limit, close, max) ? null : { kind: 'far_from_close', limit, close, max };
