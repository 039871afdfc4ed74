/**
 * Listings of one company that trade side by side; the one that counts stands first, as the more traded or the one that
 * votes little. A headline about the company is told to all of them. Source: the issuers' own registration statements.
 */
const families: readonly (readonly string[])[] = [
  ['GOOGL', 'GOOG'],
  ['BRK.B', 'BRK.A'],
  ['FOXA', 'FOX'],
  ['NWSA', 'NWS'],
  ['UAA', 'UA'],
  ['BF.B', 'BF.A'],
  ['LEN', 'LEN.B'],
  ['HEI', 'HEI.A'],
  ['DISCA', 'DISCK'],
  ['LBTYK', 'LBTYA'],
  ['MOG.A', 'MOG.B'],
  ['Z', 'ZG'],
];

const familyOf: ReadonlyMap<string, readonly string[]> = new Map(families.flatMap((family) => family.map((one) => [one, family] as const)));

/** All classes of a listing, the one that counts first; the listing alone when it has no sisters. */
export const classesOf = (ticker: string): readonly string[] => familyOf.get(ticker) ?? [ticker];
