import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(process.env.CATALYST_REFERENCE ?? '../shared');

/** The one place where benches know of recorded bars: 284 US stocks, 29 sessions of 2018, a file for each session. */
export const recordedBars = join(root, 'data/restricted/us_equity/minute_284sym_2018');

export const hasRecordedBars = existsSync(recordedBars);
