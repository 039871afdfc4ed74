// Runs `catalyst paper --sim` over some sessions and prints what the process holds each minute of ours: is it flat?
// node bench/soak.mjs [sessions] [speed]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [sessions = '4', speed = '600'] = process.argv.slice(2);
const EVERY_MS = 15_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = fileURLToPath(new URL('.cache/', import.meta.url));
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'soak-'));
const args = ['bin/catalyst.js', 'paper', '--sim', '--speed', speed, '--sessions', sessions, '--journal', join(folder, 'journal')];
const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
child.stdout.on('data', (data) => {
  said += String(data);
});
const began = performance.now();
const held = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
console.log('| seconds | MB | last line |\n|---:|---:|---|');
const look = setInterval(() => {
  const last = said.trimEnd().split('\n').at(-1)?.slice(0, 70) ?? '';
  console.log(`| ${((performance.now() - began) / 1000).toFixed(0)} | ${held().toFixed(0)} | ${last} |`);
}, EVERY_MS);
child.on('exit', (code) => {
  clearInterval(look);
  console.log(
    said
      .split('\n')
      .filter((line) => /^\d{4}-\d\d-\d\d|^session/.test(line))
      .join('\n'),
  );
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
