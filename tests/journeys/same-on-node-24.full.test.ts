import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalyst, sessionLines, summaryIn } from './catalyst.js';
import { madeDay, newFolder } from './made-data.js';
import { node24 } from './other-node.js';

const other = node24 ?? '';
const why = node24 === null ? ' (skipped: set CATALYST_NODE24 to a Node 24, or put one into .cache/node24)' : '';

test.skipIf(node24 === null)(`Node 20 and Node 24 come to the same entries, and each replays the journal of the other${why}`, async () => {
  const work = newFolder('node24');
  const run = await madeDay(work, { seed: 3, symbols: 60 });
  const [ours, theirs] = [join(work, 'ours'), join(work, 'theirs')];
  const [here, there] = [catalyst(run(ours)), catalyst(run(theirs), other)];
  expect([here.code, there.code]).toEqual([0, 0]);
  expect(sessionLines(here.out).reduce((sum, { trades }) => sum + Number(trades), 0)).toBeGreaterThan(2);
  expect(sessionLines(there.out)).toEqual(sessionLines(here.out));
  expect(summaryIn(there.out)?.journalHash).toBe(summaryIn(here.out)?.journalHash);
  expect(catalyst(['replay', '--journal', theirs]).code).toBe(0);
  expect(catalyst(['replay', '--journal', ours], other).code).toBe(0);
});

/** Functions that are exact on every machine. */
const exact = ['abs', 'ceil', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'trunc'];
const pure = ['domain', 'production', 'engine', 'simulation'].map((layer) => fileURLToPath(new URL(`../../src/${layer}`, import.meta.url)));

/** Every function of `Math` that pure code calls and that two machines could compute in two ways. */
function inexact(): readonly string[] {
  const texts = pure.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const called = texts.flatMap((text) => [...text.matchAll(/\bMath\.([a-z0-9]+)\(/g)].map((match) => match[1] ?? ''));
  return [...new Set(called)].filter((name) => !exact.includes(name)).sort();
}

const program = `
  const { createHash } = require('node:crypto');
  const values = new Float64Array(200000);
  let state = 1;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state / 4294967296 - 0.5) * (i % 4 === 0 ? 1400 : i % 4 === 1 ? 20 : i % 4 === 2 ? 1 : 1e-6);
  }
  const hashes = {};
  for (const name of ${JSON.stringify(inexact())}) {
    const hash = createHash('sha256');
    const results = values.map((value) => Math[name](name === 'log' || name === 'sqrt' ? Math.abs(value) : value));
    hashes[name] = hash.update(new Uint8Array(results.map((value) => (value !== value ? 0 : value)).buffer)).digest('hex');
  }
  console.log(JSON.stringify(hashes));
`;

test(`pure code calls functions of Math that are known to agree`, () => {
  expect(inexact()).toEqual(['exp', 'log', 'sqrt']);
});

test.skipIf(node24 === null)(`the functions of Math agree on 200,000 values${why}`, () => {
  const hashesOf = (node: string): unknown => JSON.parse(spawnSync(node, ['-e', program], { encoding: 'utf8' }).stdout);
  expect(hashesOf(other)).toEqual(hashesOf(process.execPath));
});
