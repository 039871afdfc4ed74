import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/catalyst.js', import.meta.url));

/** Runs the program as a user would: seconds from spawn to the first line and to the exit, and what it printed. */
export async function catalyst(args) {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const lines = [];
  let firstLine = null;
  createInterface({ input: child.stdout }).on('line', (line) => {
    firstLine ??= (performance.now() - began) / 1000;
    lines.push(line);
  });
  const [code] = await ended;
  if (code !== 0) throw new Error(`catalyst ${args[0]} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, firstLine, lines };
}
