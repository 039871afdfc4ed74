import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { phraseBank, semevalHeadlines } from '../reference.mjs';

/** The half of a text by its hash alone: errors are read in the development half, never in the other. */
const halfOf = (text) =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % 2 === 0 ? 'development' : 'held-out';

/** |score| up to this is neutral, as it is for VADER. */
export const NEUTRAL_SCORE = 0.05;

const labels = { negative: -1, neutral: 0, positive: 1 };

/** Rows of `{ text, about, label, score, half }`; `about` is where the company stands, `null` without one. */
export function phraseBankRows() {
  const lines = cellsOf(gunzipSync(readFileSync(phraseBank)).toString('utf8')).slice(1);
  return lines.map(([text, label]) => ({ text, about: null, label: labels[label], half: halfOf(text) }));
}

export function semevalRows(neutral = NEUTRAL_SCORE) {
  return JSON.parse(readFileSync(semevalHeadlines, 'utf8')).map(({ title, company, sentiment }) => {
    const score = Number(sentiment);
    return { text: title, about: placeOf(title, company), label: Math.abs(score) <= neutral ? 0 : Math.sign(score), half: halfOf(title) };
  });
}

/** The company as it is spelled, else its first word, else nowhere. */
function placeOf(title, company) {
  const lower = title.toLowerCase();
  for (const name of [company, company.split(' ')[0]]) {
    const from = lower.indexOf(name.toLowerCase());
    if (from >= 0) return { from, to: from + name.length };
  }
  return null;
}

/** Two cells a record, quoted or not. */
function cellsOf(text) {
  const records = [];
  for (const found of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*)),([^\r\n]*)\r?\n?/g))
    records.push([found[1]?.replaceAll('""', '"') ?? found[2], found[3]]);
  return records;
}

const ALIKE = 0.5;
const bagOf = (text) =>
  new Set(
    text
      .toLowerCase()
      .replace(/\d[\d.,]*/g, '#')
      .match(/[a-z#]+/g) ?? [],
  );

/** Held-out rows that share less than half of their words with every text of the development half, numbers aside. */
export function unlikeDevelopment(rows) {
  const known = rows.filter(({ half }) => half === 'development').map(({ text }) => bagOf(text));
  return rows.filter(({ half, text }) => half === 'held-out' && !known.some((other) => shareOf(bagOf(text), other) >= ALIKE));
}

function shareOf(one, other) {
  let both = 0;
  for (const word of one) if (other.has(word)) both++;
  return both / (one.size + other.size - both);
}
