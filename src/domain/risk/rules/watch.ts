import type { Rule } from '#domain/risk/risk-view';

/** How long a position may be without a stop at the broker. Source: controls.md C28, at most a minute. */
const UNPROTECTED_SECONDS_MAX = 60;
/** An entry leaves with its stop and its target. */
export const MESSAGES_OF_AN_ENTRY = 3;

/** While something that is held is bare, nothing is added to it. */
export const protection: Rule = (_, { unprotected, at }) => {
  if (unprotected === null) return null;
  const seconds = Math.floor((at - unprotected.since) / 1000);
  return seconds <= UNPROTECTED_SECONDS_MAX ? null : { kind: 'protection_missing', symbol: unprotected.symbol, seconds };
};

/** Entries may use what is not kept for exits and cancels. */
export const messageThrottle: Rule = (_, { messages: used, limits }) => {
  const max = Math.floor(limits.messagesPerMinuteMax * (1 - limits.messagesForExits));
  return used + MESSAGES_OF_AN_ENTRY <= max ? null : { kind: 'too_many_messages', used, max };
};
