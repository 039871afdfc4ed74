import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Runs a case in a fresh process and gives its one line. `scratch` is made for it, and removed unless it is kept. */
export async function runCase({ script, options = {}, node = process.execPath, scratch, keep = false }) {
  mkdirSync(scratch, { recursive: true });
  try {
    const child = spawn(node, [fileURLToPath(script), JSON.stringify({ ...options, scratch })], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [[code], output] = await Promise.all([once(child, 'close'), text(child.stdout)]);
    if (code !== 0) throw new Error(`${fileURLToPath(script)} ended with ${code}`);
    return JSON.parse(output);
  } finally {
    if (!keep) rmSync(scratch, { recursive: true, force: true });
  }
}

/** The version that an executable of Node says it has. */
export async function versionOf(node) {
  const child = spawn(node, ['--version'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return (await text(child.stdout)).trim().slice(1);
}
