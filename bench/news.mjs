// How often a headline's side is right, on rows of the reference data that one reader labelled.
//   node bench/news.mjs 1|2 [--dist <folder of another build>]
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { hasHeadlines, names2018, newsHeadlines } from './reference.mjs';

const asked = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = asked.includes('--dist') ? resolve(asked[asked.indexOf('--dist') + 1]) : here('../dist');
const sample = here(`news/direction-${asked[0]}.csv`);
if (!hasHeadlines || !existsSync(sample)) {
  console.error('usage: node bench/news.mjs 1|2 [--dist <folder>]; CATALYST_REFERENCE is the folder of the reference data.');
  process.exit(3);
}

const moduleOf = (name) => import(pathToFileURL(join(dist, 'domain/news', name)).href);
const { companyNames } = await moduleOf('company-names.js');
const { readHeadline } = await moduleOf('headline-text.js');
const { catalystsIn } = await moduleOf('classify.js');
const { sentimentOf } = await moduleOf('sentiment/sentiment.js');
/** Builds before tones took sides have the cue's direction alone. */
const sideOf = existsSync(join(dist, 'domain/news/side.js')) ? (await moduleOf('side.js')).sideOf : (catalyst) => catalyst;

const rows = cellsOf(readFileSync(names2018, 'utf8'));
const tickers = new Map(rows.map(([ticker], at) => [ticker, at]));
const names = companyNames(
  rows.map(([, name, aliases], symbol) => ({ symbol, names: [name, ...(aliases ? aliases.split('|') : [])] })),
  tickers,
);
const headlines = Object.fromEntries(
  Object.entries(newsHeadlines).map(([file, path]) => [
    file,
    cellsOf(gunzipSync(readFileSync(path)).toString('utf8')).map((row) => row[1]),
  ]),
);

/** As the service reads it; `silent` where it speaks for nobody. */
function saidOf(text, symbol) {
  const headline = readHeadline(text);
  const mentions = names.mentions(headline);
  const about = mentions.find((mention) => mention.symbols.includes(symbol));
  if (about === undefined) return 'silent';
  const others = mentions.filter((mention) => !mention.symbols.includes(symbol));
  const catalyst = catalystsIn(headline, about, others)[0];
  if (catalyst.type === 'other_news') return 'silent';
  const { direction, strength } = sideOf(catalyst, sentimentOf(text, headline.original(about.from, about.to)).score);
  return strength === 0 ? 'silent' : direction;
}

const answers = ['-1', '0', 'silent', '1'];
const counts = {};
const total = { rows: 0, right: 0, opposite: 0, bad: 0, bought: 0, confirmed: 0 };
for (const [file, row, ticker, label] of cellsOf(readFileSync(sample, 'utf8'))) {
  const meant = Number(label);
  const said = saidOf(headlines[file][row - 1], tickers.get(ticker));
  counts[`${meant} ${said}`] = (counts[`${meant} ${said}`] ?? 0) + 1;
  const confirms = said === 0 || said === 1;
  total.rows++;
  if (said === meant || (said === 'silent' && meant === 0)) total.right++;
  if (meant !== 0 && said === -meant) total.opposite++;
  if (meant < 0) total.bad++;
  if (meant < 0 && confirms) total.bought++;
  if (confirms) total.confirmed++;
}

console.log('| meant | said -1 | said 0 | silent | said 1 |\n|---|---|---|---|---|');
for (const meant of ['-1', '0', '1']) console.log(`| ${meant} | ${answers.map((said) => counts[`${meant} ${said}`] ?? 0).join(' | ')} |`);
console.log('\n| measure | count | share | 95 % |\n|---|---|---|---|');
row('right', total.right, total.rows);
row('the opposite', total.opposite, total.rows);
row('bad news that would confirm', total.bought, total.bad);
row('bad among what would confirm', total.bought, total.confirmed);

function row(what, count, all) {
  const [low, high] = wilson(count, all);
  console.log(`| ${what} | ${count} of ${all} | ${(count / all).toFixed(3)} | ${low.toFixed(3)} to ${high.toFixed(3)} |`);
}

/** Wilson's interval for a share. */
function wilson(count, all, z = 1.96) {
  const share = count / all;
  const middle = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half = (z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))) / (1 + (z * z) / all);
  return [middle - half, middle + half];
}

/** Cells of the rows after the head, quoted or not. */
function cellsOf(text) {
  const records = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    records.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') records.push([]);
  }
  return records.slice(1).filter((record) => record.length > 1);
}
