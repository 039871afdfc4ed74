#!/usr/bin/env node
// Starts the built program. Exit code 70 means that this checkout cannot run as it is: Node is too old, nothing has been
// built, or the sources are newer than the build. Every other exit code is the program's own.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './v8-flags.js';

const CANNOT_RUN = 70;
const root = fileURLToPath(new URL('..', import.meta.url));

function refuse(why) {
  process.stderr.write(`catalyst: ${why}\n`);
  process.exit(CANNOT_RUN);
}

/** Whether a source of the layer changed after the layer was last built; tests are no part of a build. */
function isStale(layer) {
  const built = statSync(`${root}dist/${layer}.tsbuildinfo`, { throwIfNoEntry: false });
  if (built === undefined) return existsSync(`${root}src/${layer}/tsconfig.json`);
  return readdirSync(`${root}src/${layer}`, { recursive: true }).some(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && statSync(`${root}src/${layer}/${file}`).mtimeMs > built.mtimeMs,
  );
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 20)) refuse(`needs Node 20.20 or newer, this is ${process.versions.node}`);

const program = new URL('../dist/main/cli.js', import.meta.url);
if (!existsSync(program)) refuse('not built yet; run: npm run build');
// Only a checkout can be stale: an installed copy carries no sources that anyone edits.
if (existsSync(`${root}.git`) && existsSync(`${root}src`)) {
  const stale = readdirSync(`${root}src`).find(isStale);
  if (stale !== undefined) refuse(`src/${stale} is newer than its build; run: npm run build`);
}

await import(program.href);
