const limitUp = 'whatever word does not name a role that rounds down rounds up, as this one does; the type has no such word';

/**
 * Mutants that no test can or need kill, each with its reason. `code` is the line of the source without its margin,
 * `mutant` what stands in place of a part of it.
 */
export const survivors = [
  {
    file: 'src/domain/exits/close-ladder.ts',
    code: "if (way === 'limit') return legalPrice(ticks, 'limit_sell', mark);",
    mutant: '""',
    because: limitUp,
  },
  {
    file: 'src/domain/exits/close-ladder.ts',
    code: "return way === 'marketable' ? legalPrice(ticks, 'limit_sell', crossing(mark, ticks)) : null;",
    mutant: '""',
    because: limitUp,
  },
  {
    file: 'src/domain/exits/raised-stop.ts',
    code: "const legal = legalPrice(ticks, 'stop_of_long', level);",
    mutant: '""',
    because: limitUp,
  },
  {
    file: 'src/domain/exits/raised-stop.ts',
    code: "if (trailing !== null && (breakEven === null || trailing > breakEven)) return { stop: trailing, reason: 'trailing_stop' };",
    mutant: 'false',
    because: 'every price is greater than null, so the comparison beside it says the same',
  },
  {
    file: 'src/domain/exits/raised-stop.ts',
    code: 'if (level === null || level <= stop) return null;',
    mutant: 'false',
    because: 'null is at most any price, so the comparison beside it says the same',
  },
];
