import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The one place that knows where real market data for tests and benches lies; nothing of it belongs to the repository. */
const root = resolve(process.env['CATALYST_REFERENCE'] ?? '../shared');

/** Whether the reference data is there; a test that needs it says so in its name and is skipped without it. */
export const hasReference: boolean = existsSync(join(root, 'data'));

/** Absolute path of a file of the reference data. */
export const reference = (path: string): string => join(root, path);
