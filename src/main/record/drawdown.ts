import type { Day } from '#domain/performance/trade';

/**
 * How deep equity has fallen in a day from its highest mark so far in the journal, as a fraction of that mark. A fall from a mark of
 * the same day is the day's own; one from an earlier mark is deepest where the day is lowest. What is paid in or out moves the mark too.
 */
export class Drawdown {
  #peak = 0;

  after({ equityBefore, transfers, pnlHigh, pnlLow, fall }: Day): number {
    const base = equityBefore + transfers;
    const before = Math.max(this.#peak, equityBefore) + transfers;
    const sinceBefore = part(before, base + pnlLow);
    const within = part(base + fall.peak, base + fall.bottom);
    this.#peak = Math.max(before, base + pnlHigh);
    return Math.min(1, Math.max(0, sinceBefore, within));
  }
}

const part = (peak: number, bottom: number): number => (peak > 0 ? (peak - bottom) / peak : 0);
