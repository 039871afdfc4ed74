type Ranked = { readonly score: number; readonly symbol: number };

/** Before: better. Equal scores go by the smaller symbol, so that the order is total. */
const order = (a: Ranked, b: Ranked): number => b.score - a.score || a.symbol - b.symbol;

/** The `max` best by score, best first. Sorts only what it keeps: the rest is parted off by quickselect. */
export function best<Item extends Ranked>(items: readonly Item[], max: number): Item[] {
  const ranked = [...items];
  if (ranked.length > max) partOff(ranked, max);
  ranked.length = Math.min(ranked.length, max);
  return ranked.sort(order);
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
