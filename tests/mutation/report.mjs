// Turns what Stryker has written into docs/reference/mutation.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { folders, resultOf, secondsOf } from './folders.mjs';
import { survivors } from './survivors.mjs';

const root = new URL('../../', import.meta.url);
const files = Object.assign({}, ...folders.map((folder) => JSON.parse(readFileSync(resultOf(folder), 'utf8')).files));
const minutes = Math.round(folders.reduce((sum, folder) => sum + Number(readFileSync(secondsOf(folder), 'utf8')), 0) / 60);
const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const machine = `${availableParallelism()} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;

const count = (mutants, ...states) => mutants.filter(({ status }) => states.includes(status)).length;
const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function rowOf(name, mutants) {
  const [killed, timeout] = [count(mutants, 'Killed'), count(mutants, 'Timeout')];
  const [survived, uncovered] = [count(mutants, 'Survived'), count(mutants, 'NoCoverage')];
  const all = killed + timeout + survived + uncovered;
  return `| ${[name, all, killed, survived, uncovered, timeout, percent(killed + timeout, all)].join(' | ')} |`;
}

/** Text that a table and a span of code can hold. */
const cell = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', 'ʼ').trim();

function survivorOf(file, { location, replacement = '', mutatorName, status }, source) {
  const lines = source.split('\n');
  const { start, end } = location;
  const code = lines[start.line - 1].trim();
  const last = start.line === end.line ? end.column - 1 : undefined;
  const from = lines[start.line - 1].slice(start.column - 1, last);
  const known = survivors.find((one) => one.file === file && code.includes(one.code) && one.mutant === replacement);
  const because = known?.because ?? (status === 'NoCoverage' ? 'no test comes here' : 'no test tells them apart');
  return { file, line: start.line, from: cell(from), to: cell(replacement) || mutatorName, because };
}

const named = Object.entries(files)
  .map(([file, { mutants, source }]) => ({ file, source, mutants: mutants.filter(({ status }) => status !== 'Ignored') }))
  .filter(({ mutants }) => mutants.length > 0)
  .sort((a, b) => (a.file < b.file ? -1 : 1));
const left = named.flatMap(({ file, source, mutants }) =>
  mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map((mutant) => survivorOf(file, mutant, source))
    .sort((a, b) => a.line - b.line),
);

const mutantsIn = (folder) => named.filter(({ file }) => file.startsWith(`${folder}/`)).flatMap(({ mutants }) => mutants);
const head = (first) => `| ${first} | mutants | killed | survived | no coverage | time-out | score |
|---|---:|---:|---:|---:|---:|---:|`;

const text = `# What becomes of a control that is taken out

A mutant is the source with one thing changed: a condition turned round, a bound moved, a branch left out. A control that
can be changed without a test that fails is no control. All of the gate is tried: risk, exits, sessions, parameters, and the
services that use them. Not tried: what a service declares that it reads, and the texts of assertions.

    npm run mutation                                        # all folders, one after another
    npm run mutation -- src/domain/risk                     # those that are named
    npm run mutation -- --left                              # once more what lived in the last run

tries every mutant against the tests that come to it (\`vitest.mutation.config.ts\` names their files) and writes this page.
It is no part of the checks of a change. What became of a mutant is kept in \`.cache/mutation\`: a folder that is run again tries
only what a change of the source or of a test may concern, and without \`.cache/mutation\` everything.

Measured at commit \`${commit}\`, whose lines are named below, on ${machine}.
Beside other work and several folders at once it took ${minutes} minutes, if those of all runs are added up. Each folder was run
whole; then tests were written for what lived, and only those lines, and what had changed since, were tried again. What was
killed before the last test was written counts as killed.

${head('folder')}
${folders.map((folder) => rowOf(`\`${folder}\``, mutantsIn(folder))).join('\n')}
${rowOf(
  '**all**',
  named.flatMap(({ mutants }) => mutants),
)}

A mutant that runs for ever is stopped, and counts as killed. Whatever no test comes to counts as alive.

## By file
${head('file')}
${named.map(({ file, mutants }) => rowOf(`\`${file}\``, mutants)).join('\n')}

## What is left
${left.length} are left. Each was looked at, and has its reason.

| where | instead of | stands | because |
|---|---|---|---|
${left.map(({ file, line, from, to, because }) => `| \`${file}:${line}\` | \`${from}\` | \`${to}\` | ${because} |`).join('\n')}
`;
writeFileSync(new URL('docs/reference/mutation.md', root), text);
console.log(`docs/reference/mutation.md: ${left.length} mutants left.`);
