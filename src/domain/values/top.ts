type Ranked = { readonly score: number; readonly symbol: number };

/** Before: better. Equal scores go by the smaller symbol, so that the order is total. */
const order = (a: Ranked, b: Ranked): number => b.score - a.score || a.symbol - b.symbol;

/** The best, best first, and the others in no order. */
export type Split<Item> = { readonly kept: readonly Item[]; readonly rest: readonly Item[] };

/** Parts the `max` best by score from the rest. Sorts only what it keeps. */
export function best<Item extends Ranked>(items: readonly Item[], max: number): Split<Item> {
  if (items.length <= max) return { kept: [...items].sort(order), rest: [] };
  const ranked = [...items];
  partOff(ranked, max);
  return { kept: ranked.slice(0, max).sort(order), rest: ranked.slice(max) };
}

/** Moves the `max` best to the front, in no order (Hoare's FIND). */
function partOff(items: Ranked[], max: number): void {
  let from = 0;
  let to = items.length - 1;
  while (from < to) {
    const pivot = items[(from + to) >> 1] as Ranked;
    let left = from;
    let right = to;
    while (left <= right) {
      while (order(items[left] as Ranked, pivot) < 0) left++;
      while (order(pivot, items[right] as Ranked) < 0) right--;
      if (left > right) break;
      const swapped = items[left] as Ranked;
      items[left++] = items[right] as Ranked;
      items[right--] = swapped;
    }
    if (max - 1 <= right) to = right;
    else if (max - 1 >= left) from = left;
    else return;
  }
}
