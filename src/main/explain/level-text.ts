import type { NearbyLevel } from '#domain/events/funnel';
import { amount } from '#main/explain/amounts';

/** A level for people: its price in 1e-4, and how often the price has turned there or gone through. */
export const levelText = ({ price, bounces, breaks }: NearbyLevel): string =>
  `${amount(Math.round(price))}, ${bounces} ${bounces === 1 ? 'bounce' : 'bounces'}, ${breaks} ${breaks === 1 ? 'break' : 'breaks'}`;
