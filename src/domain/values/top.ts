type Ranked = { readonly score: number; readonly symbol: number };

/** Before: better. Equal scores go by the smaller symbol, so that the order is total. */
const order = (a: Ranked, b: Ranked): number => b.score - a.score || a.symbol - b.symbol;

/** Both best first; of the rest only the symbols. */
export type Split<Item> = { readonly kept: readonly Item[]; readonly rest: readonly number[] };

/** Parts the `max` best by score from the rest. For short lists; the whole universe goes through a `Ranking`. */
export function best<Item extends Ranked>(items: readonly Item[], max: number): Split<Item> {
  const ranked = [...items].sort(order);
  return { kept: ranked.slice(0, max), rest: ranked.slice(max).map(({ symbol }) => symbol) };
}
