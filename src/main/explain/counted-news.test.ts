import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { countedNews, type ToldNews } from '#main/explain/counted-news';
import type { Told } from '#main/explain/read-explanation';

const HOUR = 3_600_000;
const [wednesday, thursday] = ['2018-03-28' as SessionDate, '2018-03-29' as SessionDate];

function news(date: SessionDate, hour: number, detected: Partial<EventOf<'catalyst_detected'>>): ToldNews {
  const headline = detected.headline ?? `1:${hour}`;
  const common = { outlets: 1, symbol: symbolIndex(3), direction: 0, strength: 0.2, sentiment: 0, reliability: 0.5, evidence: [] };
  const event = { kind: 'catalyst_detected', headline, story: headline, catalyst: 'other_news', ...common, ...detected } as const;
  return { date, minute: 240, entry: { sequence: hour, at: instant(hour * HOUR), cause: 0, event } };
}
const legal = { catalyst: 'legal', direction: -1, strength: 0.4 } as const;
const bad = news(wednesday, 100, legal);
const neutral = news(thursday, 124, {});
const counted = (at: number, told: readonly ToldNews[], headlines: ReadonlyMap<string, Told> = new Map()) =>
  countedNews({ news: told, headlines }, at * HOUR);

test('bad news of the day before counts while it fades, whatever neutral headline came since', () => {
  const found = counted(124, [bad, neutral]);
  expect(found?.told).toBe(bad);
  expect(found?.left).toBeCloseTo(0.2, 9);
});

test('what has faded, and what says nothing, does not count', () => {
  expect(counted(160, [bad, neutral])).toBeNull();
  expect(counted(130, [neutral])).toBeNull();
  expect(counted(130, [])).toBeNull();
});

test('what was read later is not known yet', () => expect(counted(99, [bad])).toBeNull());

test('it fades from its publication, of which the first telling of the story speaks', () => {
  const told: Told = { text: 'x', source: '', publishedAt: instant(76 * HOUR), knownAt: instant(100 * HOUR) };
  expect(counted(124, [bad], new Map([['1:100', told]]))?.left).toBeCloseTo(0.1, 9);
  const again = news(thursday, 124, { ...legal, headline: '1:124', story: '1:100' });
  expect(counted(124, [bad, again])?.left).toBeCloseTo(0.2, 9);
});

test('bad news counts before good news that is stronger', () => {
  const good = news(thursday, 120, { catalyst: 'earnings', direction: 1, strength: 0.9 });
  expect(counted(124, [bad, good])?.told).toBe(bad);
});
