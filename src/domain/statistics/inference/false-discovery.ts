type Discovery = {
  /** Of all ideas that are tried, how many are worth something. */
  readonly prior: number;
  /** How often a worthless one is accepted. */
  readonly alpha: number;
  /** How often a worthy one is missed. */
  readonly beta: number;
};

/** How many of the accepted ideas are worthless (the planned false discovery rate of López de Prado et al. 2026). */
export const falseDiscoveryRate = ({ prior, alpha, beta }: Discovery): number => 1 / (1 + ((1 - beta) * prior) / (alpha * (1 - prior)));
