import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { readHeadlineFile } from '#adapters/headlines/headline-file';
import { findNamesFiles, readNamesFile } from '#adapters/headlines/names-file';
import { classify } from '#domain/news/classify';
import { companyNames } from '#domain/news/company-names';
import { symbolIndex } from '#domain/values/symbol';
import { reference } from '../../../tests/reference-data.ts';

test('probe', async () => {
  const news = 'data/open/news/';
  const nf = await findNamesFiles(reference(news + 'cnbc_headlines_timed.csv.gz'));
  const names = await readNamesFile(nf[0] as string);
  if (!names.ok) throw new Error(JSON.stringify(names));
  const cs = names.value.companies;
  const idx = companyNames(
    cs.map((c, i) => ({ symbol: symbolIndex(i), names: c.names })),
    new Map(cs.map((c, i) => [c.ticker, symbolIndex(i)])),
  );
  console.log(nf, cs.length, names.value.refused);
  const out: string[] = [];
  const cls: string[] = [];
  for (const [f, from, to] of [
    ['reuters_headlines_daily', '2018-03-30', '2019-12-31'],
    ['guardian_headlines_daily', '2017-12-17', '2019-12-31'],
    ['cnbc_headlines_timed', '2018-02-16', '2018-03-29'],
  ] as const) {
    const r = await readHeadlineFile(reference(`${news}${f}.csv.gz`));
    if (!r.ok) throw new Error(JSON.stringify(r));
    const all = r.value.headlines.slice(0, 1000);
    for (const h of all) idx.resolve(h.text);
    const p0 = performance.now();
    for (const h of all) idx.resolve(h.text);
    const p1 = performance.now();
    for (const h of all) classify(h.text);
    console.log('PERF', p1 - p0, performance.now() - p1);
    const t0 = Date.now();
    let n = 0,
      hit = 0;
    for (const h of r.value.headlines) {
      const d = h.date ?? new Date(h.publishedAt as number).toISOString().slice(0, 10);
      if (d < from || d > to) continue;
      n++;
      const s = idx.resolve(h.text);
      if (s.length) {
        hit++;
      }
      if (s.length)
        for (const m of idx.mentions(h.text)) {
          const c = classify(h.text, m);
          cls.push(
            `${String(cs[m.symbols[0] as number]?.ticker).padEnd(5)} ${c.type.padEnd(14)} ${String(c.direction).padStart(2)} ${c.strength.toFixed(2)} ${h.text}`,
          );
        }
      out.push(
        `${s
          .map((x) => cs[x]?.ticker)
          .join(',')
          .padEnd(14)} ${h.text}`,
      );
    }
    console.log(f, r.value.report.rows, r.value.report.refused.length, 'window', n, 'resolved', hit, Date.now() - t0, 'ms');
  }
  writeFileSync('/tmp/probe/cls.txt', cls.join('\n'));
  writeFileSync('/tmp/probe/out.txt', out.join('\n'));
  for (const f of [
    'data/open/news/benzinga_sample_A.csv',
    'data/open/news/guardian_headlines_daily.csv.gz',
    'data/restricted/news/us_news_2026_03.csv.gz',
    'data/restricted/news/ticker_headlines_2020.csv.gz',
    'data/restricted/news/stocknet_tweets.csv.gz',
    'data/nope.csv',
  ]) {
    const r = await readHeadlineFile(reference(f));
    console.log(f, r.ok ? [r.value.report.rows, r.value.report.refused.slice(0, 3), r.value.headlines[0]] : r.problem);
  }
});
