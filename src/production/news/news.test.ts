import { expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import { dropBit } from '#domain/events/funnel';
import { defaultSettings } from '#domain/settings';
import { symbolIndex } from '#domain/values/symbol';
import { news } from '#production/news/news';
import { Alone, at, closed, of, opened } from '#tests/one-service';

const candidates = (gap = 0, relativeVolume = 1): EventOf<'candidates_found'> => ({
  kind: 'candidates_found',
  scan: 1,
  minute: 600,
  universe: 2,
  kept: [{ symbol: symbolIndex(0), score: 1, gap, change: gap, relativeVolume }],
  dropped: { symbols: [], reasons: [] },
});
const headline = (text: string): Event => ({
  kind: 'headline_published',
  id: '1:2',
  knownAt: at('08:00'),
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

test('headlines of the day are forgotten at its close', () => {
  const alone = openDay(false);
  alone.sees(headline(GOOD));
  alone.sees(closed());
  alone.sees(opened(2, { listed: false }));
  expect(confirmed(alone.sees(candidates()))?.kept).toEqual([]);
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
