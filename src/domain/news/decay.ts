import type { CatalystType } from '#domain/news/catalyst';

const HOUR_MS = 3_600_000;

/**
 * Hours after which half of a catalyst is left. Judgements, not measurements: what changes the company's worth lasts for
 * days, an opinion for a session, a halt or a rate decision for hours.
 */
const halfLifeHours: Readonly<Record<CatalystType, number>> = {
  unexplained_surge: 2,
  earnings: 24,
  guidance: 24,
  fda: 24,
  m_and_a: 48,
  analyst: 8,
  contract: 12,
  capital_action: 24,
  legal: 24,
  product: 8,
  macro: 4,
  other_news: 4,
  offering: 24,
  split: 24,
  halt: 2,
  insider: 24,
  management: 24,
};

/** What share of a catalyst's strength is left so long after it was published; 1 for what comes from the future. */
export const remaining = (type: CatalystType, ageMs: number): number =>
  ageMs <= 0 ? 1 : Math.exp((-Math.LN2 * ageMs) / (halfLifeHours[type] * HOUR_MS));
