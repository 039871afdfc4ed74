// Accuracy of `sentimentOf` on labelled sets, beside VADER and the most frequent class.
//   node bench/sentiment.mjs [--json] [--python <python with vaderSentiment 3.3.2>]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sentimentOf } from '../dist/domain/news/sentiment/sentiment.js';
import { hasSentimentSets } from './reference.mjs';
import { advantage, classes, confusion, mcnemar, scores } from './sentiment/figures.mjs';
import { NEUTRAL_SCORE, phraseBankRows, semevalRows, unlikeDevelopment } from './sentiment/sets.mjs';

const asked = process.argv.slice(2);
const python = asked.includes('--python') ? asked[asked.indexOf('--python') + 1] : null;
if (!hasSentimentSets) {
  console.error('The labelled sets are missing: set CATALYST_REFERENCE to the folder of the reference data.');
  process.exit(3);
}

const sets = { 'Financial PhraseBank': phraseBankRows(), 'SemEval-2017 headlines': semevalRows() };
const oursOf = (rows) => rows.map(({ text, about }) => sentimentOf(text, about).polarity);

/** VADER's own thresholds: ±0.05 of its compound score. */
function vaderOf(rows) {
  if (python === null) return null;
  const run = spawnSync(python, [fileURLToPath(new URL('sentiment/vader.py', import.meta.url))], {
    input: JSON.stringify(rows.map(({ text }) => text)),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`vader.py: ${run.stderr}`);
  return JSON.parse(run.stdout).map((compound) => (compound >= 0.05 ? 1 : compound <= -0.05 ? -1 : 0));
}

/** The class that is most frequent in the development half. */
function mostFrequent(rows) {
  const count = (label) => rows.filter((row) => row.half === 'development' && row.label === label).length;
  const best = classes.toSorted((one, other) => count(other) - count(one))[0];
  return rows.map(() => best);
}

const parts = [];
for (const [name, rows] of Object.entries(sets)) {
  const methods = { ours: oursOf(rows), VADER: vaderOf(rows), 'most frequent class': mostFrequent(rows) };
  if (name.startsWith('SemEval')) methods['ours, company unknown'] = rows.map(({ text }) => sentimentOf(text).polarity);
  for (const half of ['held-out', 'development']) {
    const chosen = rows.map((_, at) => at).filter((at) => rows[at].half === half);
    const part = { set: name, half, rows: chosen.map((at) => rows[at]), said: {} };
    for (const [method, said] of Object.entries(methods)) if (said !== null) part.said[method] = chosen.map((at) => said[at]);
    part.figures = Object.fromEntries(Object.entries(part.said).map(([method, said]) => [method, scores(confusion(part.rows, said))]));
    parts.push(part);
  }
}

if (asked.includes('--json')) {
  console.log(JSON.stringify(parts.map(({ set, half, figures }) => ({ set, half, figures }))));
  process.exit(0);
}

const three = (value) => value.toFixed(3);
const signed = ([low, high]) => `${low >= 0 ? '+' : ''}${three(low)} to ${high >= 0 ? '+' : ''}${three(high)}`;
console.log('| set | half | rows | method | accuracy | macro-F1 |\n|---|---|---|---|---|---|');
for (const { set, half, figures } of parts)
  for (const [method, { count, accuracy, macroF1 }] of Object.entries(figures))
    console.log(`| ${set} | ${half} | ${count} | ${method} | ${three(accuracy)} | ${three(macroF1)} |`);

console.log(
  '\n| set, half | ours beside | accuracy better by, 95 % | macro-F1 better by, 95 % | right alone: ours, theirs | McNemar |\n|---|---|---|---|---|---|',
);
for (const { set, half, rows, said } of parts)
  for (const other of ['VADER', 'most frequent class']) {
    if (said[other] === undefined) continue;
    const better = advantage(rows, said.ours, said[other]);
    const { onlyOurs, onlyTheirs, p } = mcnemar(rows, said.ours, said[other]);
    const chance = p < 0.0001 ? '< 0.0001' : p.toFixed(4);
    console.log(
      `| ${set}, ${half} | ${other} | ${signed(better.accuracy)} | ${signed(better.macroF1)} | ${onlyOurs}, ${onlyTheirs} | ${chance} |`,
    );
  }

const words = ['negative', 'neutral', 'positive'];
for (const { set, half, rows, said, figures } of parts.filter((part) => part.half === 'held-out'))
  for (const method of ['ours', 'VADER']) {
    if (said[method] === undefined) continue;
    console.log(
      `\n${set}, ${half}, ${method}\n\n| meant | said negative | said neutral | said positive | precision | recall | F1 |\n|---|---|---|---|---|---|---|`,
    );
    confusion(rows, said[method]).forEach((row, at) => {
      const { precision, recall, f1 } = figures[method].perClass[at];
      console.log(`| ${words[at]} | ${row.join(' | ')} | ${three(precision)} | ${three(recall)} | ${three(f1)} |`);
    });
  }

console.log('\nHeld-out texts that resemble none of the development half\n');
console.log('| set | rows | ours accuracy | ours macro-F1 |\n|---|---|---|---|');
for (const [name, rows] of Object.entries(sets)) {
  const unlike = unlikeDevelopment(rows);
  const { accuracy, macroF1 } = scores(confusion(unlike, oursOf(unlike)));
  console.log(`| ${name} | ${unlike.length} | ${three(accuracy)} | ${three(macroF1)} |`);
}

console.log(`\nSemEval, held-out: up to which |score| a headline counts as neutral (${NEUTRAL_SCORE} above)\n`);
console.log(
  '| neutral up to | neutral rows | ours accuracy | ours macro-F1 | VADER accuracy | VADER macro-F1 |\n|---|---|---|---|---|---|',
);
for (const limit of [0, 0.05, 0.1, 0.2]) {
  const rows = semevalRows(limit);
  const held = rows.filter(({ half }) => half === 'held-out');
  const cells = [oursOf(held), vaderOf(held)].flatMap((said) => {
    if (said === null) return ['', ''];
    const { accuracy, macroF1 } = scores(confusion(held, said));
    return [three(accuracy), three(macroF1)];
  });
  console.log(`| ${limit} | ${held.filter(({ label }) => label === 0).length} | ${cells.join(' | ')} |`);
}
