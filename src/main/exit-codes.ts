/** What the program's exit code says. 70 belongs to bin/catalyst.js: this checkout cannot run as it is. */
export const exitCodes = {
  ok: 0,
  /** Something was checked and is not as it should be: a spoiled journal, a replay that differs, a damaged store. */
  failedCheck: 1,
  /** The command was not understood. */
  usage: 2,
  /** Data, news or names cannot be used. */
  badInput: 3,
  /** The journal cannot be opened, or cannot be written. */
  badJournal: 4,
  /** An assertion of our own failed: a bug. The journal up to there holds; what follows is made again at the next start. */
  bug: 5,
} as const;
