/** The `max` best by score, best first; equal scores go by the smaller symbol, so that the order is total. */
export function best<Item extends { readonly score: number; readonly symbol: number }>(items: readonly Item[], max: number): Item[] {
  return [...items].sort((a, b) => b.score - a.score || a.symbol - b.symbol).slice(0, max);
}
