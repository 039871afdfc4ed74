/** Places of the counters that a loop and the thread beside it share. */
export const BEATS = 0;
export const LONGEST_MS = 1;

/** What the thread is given: the counters, and how long the loop may stand still before the process is ended. */
export type Watched = { readonly shared: Int32Array; readonly blockedMsMax: number };
