import type { Rule } from '#domain/risk/risk-view';
import { MINUTE_MS } from '#domain/values/instant';

/** The same name and side again, before the first can have been understood. Source: controls.md C05. */
export const duplicate: Rule = ({ intent }, { past, at, limits: { duplicateSeconds: min } }) => {
  const newest = past.findLast(({ side }) => side === intent.side);
  if (newest === undefined) return null;
  const seconds = Math.floor((at - newest.at) / 1000);
  return seconds >= min ? null : { kind: 'duplicate_entry', seconds, min };
};

/** A pattern that fires again and again in one name is a fault of ours; once latched, time does not heal it. Source: controls.md C07. */
export const repetition: Rule = ({ intent }, { past, isLatched, at, limits: { repeatsMax: max, repeatMinutes } }) => {
  const since = at - repeatMinutes * MINUTE_MS;
  const count = past.filter((entry) => entry.pattern === intent.pattern && entry.at > since).length;
  return count < max && !isLatched ? null : { kind: 'repeated_execution', count, max };
};

/** Many small steps, each within the collar, may still walk away. Source: controls.md C03. */
export const drift: Rule = ({ intent: { limit } }, { past, at, limits: { driftMax: max, driftMinutes } }) => {
  const since = at - driftMinutes * MINUTE_MS;
  const start = past.find((entry) => entry.at > since && Math.abs(limit - entry.limit) > entry.limit * max);
  return start === undefined ? null : { kind: 'limits_drifted', from: start.limit, limit, max };
};
