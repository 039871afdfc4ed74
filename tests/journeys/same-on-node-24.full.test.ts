import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalyst, sessionLines, summaryIn } from './catalyst.js';
import { madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';
import { node24 } from './other-node.js';

const other = node24 ?? '';
const why = node24 === null ? ' (skipped: set CATALYST_NODE24 to a Node 24, or put one into .cache/node24)' : '';

test.skipIf(node24 === null)(`Node 20 and Node 24 come to the same entries, and each replays the journal of the other${why}`, async () => {
  const work = newFolder('node24');
  const made = await madeSessions({ seed: 3, symbols: 60, from: '2019-06-20', count: 10 });
  const data = writeSessions(join(work, 'bars'), made);
  const news = writeHeadlines(join(work, 'news.csv'), made);
  const run = (journal: string) => ['day', '--from', '2019-06-20', '--to', '2019-07-03', '--data', data, '--news', news, '--json', '--journal', journal];
  const [ours, theirs] = [join(work, 'ours'), join(work, 'theirs')];
  const [here, there] = [catalyst(run(ours)), catalyst(run(theirs), other)];
  expect([here.code, there.code]).toEqual([0, 0]);
  expect(sessionLines(here.out).reduce((sum, { trades }) => sum + Number(trades), 0)).toBeGreaterThan(2);
  expect(sessionLines(there.out)).toEqual(sessionLines(here.out));
  expect(summaryIn(there.out)?.journalHash).toBe(summaryIn(here.out)?.journalHash);
  expect(catalyst(['replay', '--journal', theirs]).code).toBe(0);
  expect(catalyst(['replay', '--journal', ours], other).code).toBe(0);
});

/** Every function of `Math` that pure code may use and that a machine could compute in another way. */
const functions = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tan', 'tanh', 'atan', 'log1p', 'expm1', 'cbrt'] as const;
const program = `
  const { createHash } = require('node:crypto');
  const values = new Float64Array(200000);
  let state = 1;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state / 4294967296 - 0.5) * (i % 4 === 0 ? 1400 : i % 4 === 1 ? 20 : i % 4 === 2 ? 1 : 1e-6);
  }
  const hashes = {};
  for (const name of ${JSON.stringify(functions)}) {
    const hash = createHash('sha256');
    const results = values.map((value) => Math[name](name === 'log' || name === 'sqrt' ? Math.abs(value) : value));
    hashes[name] = hash.update(new Uint8Array(results.map((value) => (value !== value ? 0 : value)).buffer)).digest('hex');
  }
  console.log(JSON.stringify(hashes));
`;

test.skipIf(node24 === null)(`the functions of Math agree on 200,000 values${why}`, () => {
  const hashesOf = (node: string): unknown => JSON.parse(spawnSync(node, ['-e', program], { encoding: 'utf8' }).stdout);
  expect(hashesOf(other)).toEqual(hashesOf(process.execPath));
});
