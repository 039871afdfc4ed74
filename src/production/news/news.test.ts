import { expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import { dropBit } from '#domain/events/funnel';
import { defaultSettings } from '#domain/settings';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { news } from '#production/news/news';
import { type Bar, chance, frame } from '#tests/bar-columns';
import { Alone, at, changedTo, closed, of, opened } from '#tests/one-service';

const candidates = (gap = 0, relativeVolume = 1): EventOf<'candidates_found'> => ({
  kind: 'candidates_found',
  scan: 1,
  minute: 600,
  universe: 2,
  kept: [{ symbol: symbolIndex(0), score: 1, gap, change: gap, relativeVolume, minuteVolume: relativeVolume }],
  dropped: { symbols: [], reasons: [] },
});
const headline = (text: string): Event => ({
  kind: 'headline_published',
  id: '1:2',
  knownAt: at('08:00'),
  publishedAt: at('08:00'),
  source: 'wire',
  text,
  symbols: [symbolIndex(0)],
});
const GOOD = 'Acme beats quarterly earnings estimates';
const BAD = 'Acme misses quarterly earnings estimates';

function openDay(surge = true): Alone {
  const alone = new Alone(news());
  const settings = { ...defaultSettings, unexplainedSurge: { on: surge, gapMin: 0.02, relativeVolumeMin: 2 } };
  alone.sees({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(2));
  return alone;
}
const confirmed = (said: readonly Event[]) => of(said, 'catalysts_confirmed')[0];

test('good news confirm a candidate and name their headline', () => {
  const alone = openDay();
  alone.sees(headline(GOOD));
  expect(confirmed(alone.sees(candidates()))?.kept[0]).toMatchObject({ symbol: 0, catalyst: 'earnings', direction: 1, headline: '1:2' });
});

test('bad news drop it, even when it surges', () => {
  const alone = openDay();
  alone.sees(headline(BAD));
  expect(confirmed(alone.sees(candidates(0.1, 10)))?.dropped.reasons).toEqual([dropBit('negative_catalyst')]);
});

test.each<readonly [what: string, gap: number, relativeVolume: number, on: boolean, kept: number]>([
  ['2 % and twice the usual volume are a surge', 0.02, 2, true, 1],
  ['less of a gap is none', 0.0199, 2, true, 0],
  ['less volume is none', 0.02, 1.99, true, 0],
  ['and none at all when it is switched off', 0.1, 10, false, 0],
])('without a headline: %s', (_, gap, relativeVolume, on, kept) => {
  const found = confirmed(openDay(on).sees(candidates(gap, relativeVolume)));
  expect(found?.kept).toHaveLength(kept);
  if (kept === 0) expect(found?.dropped.reasons).toEqual([dropBit('no_catalyst')]);
});

test('a surge never weighs more than half of what a headline can', () => {
  expect(confirmed(openDay().sees(candidates(0.5, 100)))?.kept[0]).toMatchObject({
    catalyst: 'unexplained_surge',
    strength: 0.5,
    headline: '',
  });
});

test('a headline counts over the night, faded, until a tenth is left', () => {
  const alone = openDay(false);
  alone.sees(headline(GOOD), at('08:00'));
  alone.sees(closed());
  alone.sees(opened(2, { listed: false }));
  const later = (hours: number) => confirmed(alone.sees(candidates(), instant(at('08:00') + hours * 3_600_000)))?.kept[0]?.strength;
  expect(later(0)).toBe(0.8);
  expect(later(24)).toBeCloseTo(0.4, 12);
  expect(later(71)).toBeCloseTo(0.8 * Math.exp((-Math.LN2 * 71) / 24), 12);
  expect(later(73)).toBeUndefined();
});

const TAKEOVER = 'Acme bid for education market';
const WARNING = 'Acme warns on profit';

test.each<readonly [what: string, headlines: readonly string[]]>([
  ['a vaguer headline that was stronger', [TAKEOVER, WARNING]],
  ['a vaguer headline that comes later', [WARNING, TAKEOVER]],
  ['a headline without any cue', [WARNING, 'Acme opens its doors to visitors']],
])('bad news are not outweighed by %s', (_, headlines) => {
  const alone = openDay();
  for (const text of headlines) alone.sees(headline(text));
  expect(confirmed(alone.sees(candidates(0.1, 10)))?.dropped.reasons).toEqual([dropBit('negative_catalyst')]);
});

test('a headline without any cue confirms nothing', () => {
  const alone = openDay();
  alone.sees(headline('Acme opens its doors to visitors'));
  expect(confirmed(alone.sees(candidates()))?.dropped.reasons).toEqual([dropBit('no_catalyst')]);
});

/** What is said of the first name, whether it is kept and why not. */
const sides: readonly [headline: string, direction: number, dropped: 'negative_catalyst' | 'no_catalyst' | null][] = [
  // The cue takes no side and the tone does.
  ['Acme reports first quarter results amid boycott, layoffs and misconduct', -1, 'negative_catalyst'],
  ['Acme convicted of bribery in court trial', -1, 'negative_catalyst'],
  ['Acme launches phone amid boycott and layoffs', -1, 'negative_catalyst'],
  ['Ahead of schedule: Acme launches breakthrough pump', 1, null],
  // Neither does.
  ['Acme to publish quarterly results on Monday', 0, null],
  // They contradict each other: the headline speaks for nobody.
  ['Acme: shares plunge, margins slump, jobs at risk despite special dividend', 0, 'no_catalyst'],
];
test.each(sides)('"%s" takes side %i and is dropped for %s', (text, direction, dropped) => {
  const alone = openDay(false);
  expect(of(alone.sees(headline(text)), 'catalyst_detected')[0]).toMatchObject({ direction });
  const reasons = confirmed(alone.sees(candidates()))?.dropped.reasons;
  expect(reasons).toEqual(dropped === null ? [] : [dropBit(dropped)]);
});

test('what speaks for nobody has no strength and does not lift a bar', () => {
  const alone = openDay();
  alone.sees(headline(WARNING));
  const said = alone.sees({ ...headline('Acme: shares plunge, margins slump, jobs at risk despite special dividend') });
  expect(of(said, 'catalyst_detected')[0]).toMatchObject({ direction: 0, strength: 0 });
  expect(confirmed(alone.sees(candidates(0.1, 10)))?.dropped.reasons).toEqual([dropBit('negative_catalyst')]);
});

/** The minute that begins so many after the open. */
const minuteOfDay = (minute: number, bars: readonly Bar[]) => ({
  ...frame(570 + minute, bars),
  start: instant(at('09:30') + minute * MINUTE_MS),
});

const told = (text: string, changes: Partial<EventOf<'headline_published'>> = {}): EventOf<'headline_published'> => ({
  kind: 'headline_published',
  id: 'a',
  knownAt: at('08:00'),
  publishedAt: at('08:00'),
  source: 'wire',
  text,
  symbols: [symbolIndex(0)],
  ...changes,
});

test('a headline says what it means for each name that it speaks of', () => {
  const alone = openDay();
  const text = 'Acme <b>beats</b> quarterly earnings estimates';
  const said = of(alone.sees(told(text, { id: 'x', symbols: [symbolIndex(1), symbolIndex(0)] })), 'catalyst_detected');
  expect(said.map(({ symbol }) => symbol)).toEqual([1, 0]);
  expect(said[0]).toMatchObject({
    headline: 'x',
    story: 'x',
    outlets: 1,
    catalyst: 'earnings',
    direction: 1,
    strength: 0.8,
    reliability: 0.5,
  });
  expect(said[0]?.sentiment).toBeGreaterThan(0);
  expect(said[0]?.evidence.map(({ from, to }) => text.slice(from, to))).toEqual(['beats</b> quarterly earnings estimates']);
});

test('L7: a headline that was known late has faded already', () => {
  const alone = openDay(false);
  alone.sees(told(GOOD, { publishedAt: instant(at('08:00') - 24 * 3_600_000) }), at('08:00'));
  expect(confirmed(alone.sees(candidates(), at('08:00')))?.kept[0]?.strength).toBeCloseTo(0.4, 12);
});

test('L7: a headline dated ahead of its time fades from when it was known', () => {
  const alone = openDay(false);
  alone.sees(told(GOOD, { publishedAt: instant(at('08:00') + 72 * 3_600_000) }), at('08:00'));
  expect(confirmed(alone.sees(candidates(), instant(at('08:00') + 24 * 3_600_000)))?.kept[0]?.strength).toBeCloseTo(0.4, 12);
});

test('bad news are not crowded out by many good ones', () => {
  const alone = openDay(false);
  alone.sees(told('Acme faces lawsuit', { id: 'bad' }), at('08:00'));
  const good = [
    'raises guidance',
    'wins FDA approval',
    'beats estimates',
    'announces share buyback',
    'wins contract',
    'regains compliance',
  ];
  for (const [number, text] of [...good, ...good].entries())
    alone.sees(told(`Acme unit ${'abcdefghijkl'[number]}${number} ${text}`, { id: `${number}` }), at('08:00'));
  expect(confirmed(alone.sees(candidates(0.1, 10), at('08:00')))?.dropped.reasons).toEqual([dropBit('negative_catalyst')]);
});

test('L6: an outlet that repeats itself is judged once', () => {
  const alone = openDay(false);
  for (const id of ['a', 'b', 'c']) alone.sees(told(GOOD, { id, knownAt: at('09:30') }), at('09:30'));
  const bar = (price: number): Bar => [price, price, price, price, 100];
  for (let minute = 0; minute < 30; minute++)
    alone.sees({ kind: 'bars_closed', frame: minuteOfDay(minute, [bar(1_000_000 + minute * 1000), bar(1_000_000)]) });
  expect(of(alone.sees(told('Acme opens its doors', { id: 'd' }), at('10:00')), 'catalyst_detected')[0]?.reliability).toBe(11 / 21);
});

test('L6: a story told again counts one outlet more, and neither grows young nor strong', () => {
  const alone = openDay(false);
  alone.sees(told(GOOD), at('08:00'));
  const again = { id: 'b', source: 'paper', knownAt: at('12:00'), publishedAt: at('12:00') };
  expect(of(alone.sees(told(`UPDATE 1-${GOOD}`, again), at('12:00')), 'catalyst_detected')[0]).toMatchObject({ story: 'a', outlets: 2 });
  const kept = confirmed(alone.sees(candidates(), at('12:00')))?.kept[0];
  expect(kept).toMatchObject({ headline: 'a', outlets: 2 });
  expect(kept?.strength).toBeCloseTo(0.8 * Math.exp((-Math.LN2 * 4) / 24), 12);
});

test('the setting says what a catalyst of full strength adds', () => {
  const alone = new Alone(news());
  const weights = { ...defaultSettings.weights, catalyst: 10 };
  alone.sees({ kind: 'run_started', settings: { ...defaultSettings, weights }, source: 'simulated_market', version: 'test' });
  alone.sees(opened(2));
  alone.sees(told(GOOD), at('08:00'));
  expect(confirmed(alone.sees(candidates(), at('08:00')))?.kept[0]?.score).toBe(1 + 10 * 0.8);
  alone.sees(changedTo({ ...defaultSettings, weights: { ...weights, catalyst: 20 } }));
  expect(confirmed(alone.sees(candidates(), at('08:00')))?.kept[0]?.score).toBe(1 + 20 * 0.8);
});

test('the market teaches whom to believe, and only once the outcome is there', () => {
  const alone = openDay(false);
  alone.sees(told(GOOD, { knownAt: at('09:30') }), at('09:30'));
  const bar = (price: number): Bar => [price, price, price, price, 100];
  const worth: number[] = [];
  for (let minute = 0; minute < 31; minute++) {
    worth.push(
      of(alone.sees(told(`Acme number ${minute} opens`, { id: `n${minute}` }), at('09:30')), 'catalyst_detected')[0]?.reliability ?? 0,
    );
    alone.sees({ kind: 'bars_closed', frame: minuteOfDay(minute, [bar(1_000_000 + minute * 1000), bar(1_000_000)]) });
  }
  expect(worth.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 0.5));
  expect(worth[30]).toBe(11 / 21);
});

test('who writes a word in two alphabets speaks for nobody that only the text names', () => {
  const alone = openDay();
  alone.sees({ kind: 'names_listed', year: 2018, companies: [{ symbol: symbolIndex(0), names: ['Acme Works'] }] });
  expect(alone.sees(told('Acme Works beats estimates', { symbols: [] }))).toHaveLength(1);
  expect(alone.sees(told('Acme Works b\u0435ats estimates of all', { symbols: [] }))).toEqual([]);
});

const hostile = [
  '',
  '\u0000\u001b',
  '\ud800',
  '__proto__',
  'x'.repeat(1_000_000),
  '\u202eAcme beats estimates\u202c',
  '<script>'.repeat(10_000),
];
test.each(hostile.map((text, number) => [number, text] as const))('L4: hostile text %i changes nothing but what it says', (_, text) => {
  const alone = openDay(false);
  for (const id of ['__proto__', 'constructor', '']) alone.sees(told(text, { id, source: '__proto__' }));
  alone.sees(told(GOOD, { id: 'good' }), at('08:00'));
  expect(confirmed(alone.sees(candidates(), at('08:00')))?.kept[0]).toMatchObject({ catalyst: 'earnings', direction: 1 });
});

/** A day of headlines and bars from a seed, in order. */
function madeDay(seed: number): readonly (readonly [Event, Instant])[] {
  const next = chance(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const texts = [GOOD, BAD, TAKEOVER, WARNING, 'Acme wins contract', 'Acme opens its doors to visitors', 'FDA approves pump of Acme'];
  return Array.from({ length: 240 }, (_, minute) => {
    const now = instant(at('09:30') + minute * MINUTE_MS);
    const symbols = [symbolIndex(Math.floor(next() * 2))];
    const one = told(pick(texts), { id: `${minute}`, source: pick(['wire', 'paper', 'blog']), knownAt: now, publishedAt: now, symbols });
    const bar = (): Bar => [1_000_000, 1_020_000, 980_000, Math.round(1_000_000 + 20_000 * (next() - 0.5)), 100];
    const bars: Event = { kind: 'bars_closed', frame: minuteOfDay(minute, [bar(), bar()]) };
    return next() < 0.2 ? [[one, now] as const, [bars, now] as const] : [[bars, now] as const];
  }).flat();
}

test('what is held at any instant is what a day cut off there holds', () => {
  const next = chance(7);
  for (let seed = 1; seed <= 10; seed++) {
    const day = madeDay(seed);
    const cut = Math.floor(next() * day.length);
    const [whole, short] = [openDay(), openDay()];
    let held = '';
    day.forEach(([event, now], place) => {
      if (place === cut) held = stateOf(whole);
      whole.sees(event, now);
      if (place < cut) short.sees(event, now);
    });
    expect(stateOf(short)).toBe(held);
    expect(stateOf(whole)).not.toBe(held);
  }
});

function stateOf({ service }: Alone): string {
  const parts: string[] = [];
  service.hashInto({ numbers: (values) => parts.push(values.join(' ')), text: (text) => parts.push(text) });
  return parts.join('\n');
}
