/** Earlier sessions of the same source that count for averages, and the fewest with which a name may be a candidate. Source: mission, section 2. */
export const HISTORY_SESSIONS_MAX = 20;
export const HISTORY_SESSIONS_MIN = 5;
