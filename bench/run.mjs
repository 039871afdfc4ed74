// Measures, prints and writes results.md. A name runs the cases of that name and renews their sections; with `--quick` each case runs
// once and nothing is written.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases, preparations } from './cases.mjs';
import { runCase, versionOf } from './child.mjs';
import { machine } from './machine.mjs';
import { hasRecordedBars } from './reference.mjs';
import { line, madeElsewhere, renewed, reportText, row, tableHead } from './results.mjs';

const TIMES = 5;
const MISSING =
  'The recorded bars are missing: set CATALYST_REFERENCE to the folder of the reference data. Only what is simulated was run.';

const root = new URL('..', import.meta.url);
const asked = process.argv.slice(2);
const quick = asked.includes('--quick');
const names = asked.filter((argument) => argument !== '--quick');
const known = new Set(cases.map(({ name }) => name));
const unknown = names.find((name) => !known.has(name));
if (unknown !== undefined) {
  console.error(`no bench is called ${unknown}; there are: ${[...known].join(', ')}, and the option --quick`);
  process.exit(2);
}

const wanted = cases.filter(({ name }) => names.length === 0 || names.includes(name));
const chosen = wanted.filter(({ needs = [] }) => hasRecordedBars || !needs.includes('reference'));
const full = !quick && names.length === 0;
const otherNode = process.env.CATALYST_NODE24;
const nodes = [undefined, ...(otherNode === undefined ? [] : [otherNode])];

const cache = fileURLToPath(new URL('.cache/', root));
mkdirSync(cache, { recursive: true });
// In the checkout and not in the system's folder for such things, which may be no disk at all.
const scratch = mkdtempSync(join(cache, 'bench-'));
const proofs = new Map();

/** Runs of one market must come to one state, whatever else differs between them. */
function prove({ name }, { proof }) {
  const market = { command: 'recorded', replay: 'simulated' }[name] ?? name;
  if (proof === null) return;
  const before = proofs.get(market);
  if (before !== undefined && before !== proof) throw new Error(`${name}: the state ${proof} is not ${before}, as in an earlier run`);
  proofs.set(market, proof);
}

async function prepare() {
  const prepared = {};
  for (const [name, { script, options, path }] of Object.entries(preparations)) {
    if (!chosen.some(({ needs = [] }) => needs.includes(name))) continue;
    const folder = join(scratch, `prepared-${name}`);
    await runCase({ script, options, scratch: folder, keep: true });
    prepared[name] = join(folder, path);
  }
  return prepared;
}

async function measure(one, prepared, node) {
  const runs = [];
  const times = quick || one.once ? 1 : TIMES;
  const paths = Object.fromEntries(Object.entries(prepared).filter(([name]) => one.needs?.includes(name)));
  while (runs.length < times) {
    const run = await runCase({ script: one.script, options: { ...one.options, ...paths }, node, scratch: join(scratch, 'case') });
    prove(one, run);
    runs.push(run);
  }
  return runs;
}

/** Cases of one title share a table, which is printed as it grows. */
async function sectionsOf(prepared) {
  const sections = new Map();
  for (const node of nodes) {
    for (const one of node === undefined ? chosen : chosen.filter(({ otherNode: also }) => also)) {
      const title = node === undefined ? one.title : `${one.title}, on Node ${await versionOf(node)}`;
      if (!sections.has(title)) console.log(`\n## ${title}\n\n${tableHead}`);
      const rows = sections.get(title) ?? [];
      sections.set(title, rows);
      const runs = await measure(one, prepared, node);
      for (const [key, figure] of Object.entries(one.figures)) {
        rows.push(row(key, node === undefined ? figure : { ...figure, limit: undefined, aim: undefined }, runs));
        console.log(line(rows.at(-1)));
      }
    }
  }
  return [...sections].map(([title, rows]) => ({ title, rows }));
}

const command = ['npm run bench', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' ');
console.log(`${command}\n${machine()}`);
if (!hasRecordedBars) console.log(MISSING);
try {
  const sections = await sectionsOf(await prepare());
  const hashes = [...proofs].map(([market, hash]) => `${market} \`${hash.slice(0, 16)}\``);
  const notes = [
    ...(hashes.length === 0 ? [] : [`State at the end, the same in every run and with every journal: ${hashes.join(', ')}.`]),
    ...(hasRecordedBars ? [] : [MISSING]),
  ];
  for (const note of notes) console.log(`\n${note}`);
  const date = new Date().toISOString().slice(0, 10);
  const path = new URL('bench/results.md', root);
  const kept = madeElsewhere(readFileSync(path, 'utf8'));
  if (full) writeFileSync(path, reportText({ command, machine: machine(), date, times: TIMES, sections, kept, notes }));
  else if (!quick) writeFileSync(path, renewed(readFileSync(path, 'utf8'), { command, machine: machine(), date, sections }));
  console.log(quick ? '\nNot written down: each case was run once.' : '\nWritten to bench/results.md.');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
