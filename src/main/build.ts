import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '#main/version';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which build this is: its version, and a print of all its files that is the same only where every byte of them is. */
export function thisBuild(folder: string = root): string {
  const print = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.[jt]s$/.test(name));
  for (const name of files.sort()) print.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return `${version}+${print.digest('hex').slice(0, 12)}`;
}
