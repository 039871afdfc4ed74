/** What the house answers to by now: the walk asks for nothing else, and the oracle expects nothing else. */
export const abilities = {
  /** A stop has a level, and a person clears it. */
  levels: false,
  /** The day's loss is looked at after a fill too, and not only after a minute. */
  haltsAtFills: false,
  /** The broker's word on the account counts when it is the worse one. */
  accountReports: false,
  /** A fill that is told late is worth the newest close that came since, and not its own price. */
  marksAtKnownCloses: false,
  /** A stop that was put up again for a part of an entry grows with what the entry fills later. */
  stopsGrow: false,
  parameters: false,
  supervised: false,
  closes: false,
} as const;
