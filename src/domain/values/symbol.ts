import type { Branded } from '#domain/values/branded';

/** The one name of a listing, its class after a dot: "BRK.B". Names are compared in this form only (D11). */
export type Ticker = Branded<string, 'ticker'>;

const otherWriting = /^([A-Z]{1,5})[-/ ]([A-Z]{1,3})$/;

/** Inside the house a symbol is its column in the frame: a small integer, given in order of first appearance. */
export type SymbolIndex = Branded<number, 'symbol'>;

/** Vendors write the class of a share in several ways: "BRK-B", "BRK/B" and "BRK B" are "BRK.B". */
export const ticker = (text: string): Ticker => text.replace(otherWriting, '$1.$2') as Ticker;
export const symbolIndex = (column: number): SymbolIndex => column as SymbolIndex;
