import type { Trade } from '#domain/performance/trade';
import { plain } from '#main/report/report-words';

const WIDTH = 0.25;
/** The least and the most that the axis shows. */
export const rRange = [-2, 4] as const;
const [LOW, HIGH] = rRange;

/** From which R on to below which, and the trades that came to it; the first and the last hold what lies beyond, too. */
export type RBin = { readonly from: number; readonly to: number; readonly trades: readonly string[] };

/** The trades with a known risk by R, in bins of a quarter. */
export function rBins(trades: readonly Trade[]): readonly RBin[] {
  const bins = Array.from({ length: (HIGH - LOW) / WIDTH }, (_, place) => {
    const from = LOW + place * WIDTH;
    return { from, to: from + WIDTH, trades: [] as string[] };
  });
  for (const { id, rMultiple } of trades) {
    if (rMultiple === null) continue;
    const place = Math.min(bins.length - 1, Math.max(0, Math.floor((rMultiple - LOW) / WIDTH)));
    bins[place]?.trades.push(id);
  }
  return bins;
}

export function binWords(bins: readonly RBin[], place: number): string {
  const { from, to } = bins[place] as RBin;
  const beyond = place === 0 ? ' or below' : place === bins.length - 1 ? ' or above' : '';
  return `from ${plain(from, 2)} to ${plain(to, 2)} R${beyond}`;
}
