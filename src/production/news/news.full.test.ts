import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { instant } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { news } from '#production/news/news';
import { chance } from '#tests/bar-columns';
import { Alone, at, opened } from '#tests/one-service';

/** The ring is full long before a tenth of them. */
const HEADLINES = Number(process.env['CATALYST_HEADLINES'] ?? 150_000);
/** What a ring of 8,192 stories and its tables come to, twice over. */
const GROWTH_MAX = 48 * 1024 * 1024;
const words =
  'Acme beats misses cuts raises wins opens plant jobs sales profit forecast contract court trial Ohio Texas truck chip drug pump board chief names deal order bank loan price cost debt rate plan team unit store phone cloud power steel water train plane'.split(
    ' ',
  );

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes held after a tenth of the headlines and after all of them, and how long it took. */
function held(text: (number: number) => string): { readonly grown: number; readonly seconds: number } {
  const alone = new Alone(news());
  alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(500));
  const began = performance.now();
  let early = 0;
  for (let number = 0; number < HEADLINES; number++) {
    if (number === HEADLINES / 10) {
      collect();
      early = process.memoryUsage().heapUsed;
    }
    const knownAt = instant(at('09:30') + Math.floor(number / 20));
    const symbols = [symbolIndex(number % 500)];
    const id = `headline-${number}`;
    const source = `outlet-${number % 5_000}`;
    alone.sees({ kind: 'headline_published', id, knownAt, publishedAt: knownAt, source, text: text(number), symbols }, knownAt);
  }
  const seconds = (performance.now() - began) / 1000;
  collect();
  const grown = process.memoryUsage().heapUsed - early;
  expect(alone.sequence).toBe(HEADLINES + 2);
  return { grown, seconds };
}

const next = chance(11);
const rows: readonly [what: string, text: (number: number) => string][] = [
  ['duplicates', () => 'Acme beats quarterly earnings estimates as demand for its pumps grows'],
  ['distinct headlines', (number) => `${Array.from({ length: 9 }, () => words[Math.floor(next() * words.length)]).join(' ')} ${number}`],
];
test.each(rows)(`${HEADLINES} %s leave memory flat (CATALYST_HEADLINES)`, (what, text) => {
  const { grown, seconds } = held(text);
  process.stdout.write(`${what}: ${Math.round(HEADLINES / seconds)} headlines a second, ${Math.round(grown / 1024)} KiB grown\n`);
  expect(grown).toBeLessThan(GROWTH_MAX);
});
