import type { Figure, Missing } from '#domain/statistics/figure';

/** Why there is no figure, in a few words. */
const whyMissing: Readonly<Record<Missing, string>> = {
  no_trades: 'no trades',
  too_few: 'too few to say',
  no_variation: 'they never vary',
  no_downside: 'none falls short',
  no_drawdown: 'equity never fell',
  no_wins: 'no wins',
  no_losses: 'no losses',
  no_r: 'what was risked is not known',
  one_session: 'all in one session',
  not_above: 'the ratio is not above zero',
  beyond_numbers: 'beyond what can be counted',
};

export const ratioText = (value: number): string => (Math.abs(value) >= 1e6 ? value.toExponential(4) : value.toFixed(4));
export const percentText = (value: number): string =>
  `${Math.abs(value) >= 1e6 ? (100 * value).toExponential(2) : (100 * value).toFixed(4)} %`;

/** A figure as people read it; one that is missing says why. */
export const figureText = (one: Figure, text: (value: number) => string): string =>
  one.value === null ? `none: ${whyMissing[one.missing]}` : text(one.value);
