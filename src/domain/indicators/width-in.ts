import type { BarColumns, PriceArray } from '#domain/events/frame';
import { assert } from '#domain/values/assert';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/** How many symbols the bars cover. They must fit the table: a typed array drops what is written past its end without a word. */
export function widthIn(table: SymbolColumns, bars: BarColumns<PriceArray>): number {
  assert(bars.width <= table.capacity, 'the table must be widened before it meets bars of more symbols');
  return bars.width;
}
