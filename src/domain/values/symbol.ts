import type { Branded } from '#domain/values/branded';

/** The name of a listing as the exchange writes it, such as "BRK.B". */
export type Ticker = Branded<string, 'ticker'>;

/** Inside the house a symbol is its column in the frame: a small integer, given in order of first appearance. */
export type SymbolIndex = Branded<number, 'symbol'>;

export const ticker = (text: string): Ticker => text as Ticker;
export const symbolIndex = (column: number): SymbolIndex => column as SymbolIndex;
