import { describe, expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import type { AgreedCandidate, ConfirmedCandidate } from '#domain/events/funnel';
import type { OrderId } from '#domain/orders/order';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { Context } from '#main/operator/context';
import { columns, still } from '#tests/bar-columns';
import { at, minuteOf, opened } from '#tests/one-service';

const [spy, name] = [symbolIndex(0), symbolIndex(1)];

function folded(...events: readonly Event[]): Context {
  const context = new Context();
  for (const [place, event] of events.entries()) context.see({ sequence: place + 1, at: at('09:30'), cause: 0, event });
  return context;
}
const session = (listed = true): Event => ({ ...opened(0), listed: listed ? [ticker('SPY'), ticker('ACME')] : [] });
const minute = (clock: string, market: number | null, price: number, regular = true): Event => ({
  kind: 'bars_closed',
  frame: {
    ...columns([market === null ? null : still(market), still(price)]),
    minute: minuteOf(clock) - 1,
    start: instant(at(clock) - 60_000),
    present: 2,
    regular,
  },
});
const fill: Event = {
  kind: 'order_filled',
  order: 'x' as OrderId,
  symbol: name,
  side: 'buy',
  shares: quantity(10),
  price: 500_000 as Price,
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
};
const stage = { scan: 1, minute: 600, dropped: { symbols: [], reasons: [] } };
const published = (id: string): Event => ({
  kind: 'headline_published',
  id,
  knownAt: at('09:30'),
  publishedAt: null,
  source: 'wire',
  text: `text of ${id}`,
  symbols: [],
});
const detected = (headline: string): Event => ({ kind: 'catalyst_detected', headline }) as EventOf<'catalyst_detected'>;
const confirmed = (headline: string): Event => ({
  ...stage,
  kind: 'catalysts_confirmed',
  kept: [{ symbol: name, sentiment: 0.5, headline } as ConfirmedCandidate],
});
const level = { price: 500_000, halfWidth: 1_000, source: 'swing', touches: 4, bounces: 3, breaks: 1 } as const;
const agreed: Event = { ...stage, kind: 'indicators_agreed', kept: [{ symbol: name, levels: [level] } as unknown as AgreedCandidate] };

test('a position is told with what it has made, for how long, its news and its levels', () => {
  const news = [published('h1'), detected('h1'), published('h2'), confirmed('h1'), agreed];
  const context = folded(session(), ...news, fill, minute('10:30', 2_000_000, 500_900));
  expect(context.at(at('10:30'))).toEqual({
    at: at('10:30'),
    pnl: 9_000,
    positions: [
      {
        symbol: 1,
        name: 'ACME',
        shares: 10,
        entry: 500_000,
        price: 500_900,
        unrealised: 9_000,
        minutes: 30,
        sentiment: 0.5,
        headline: 'text of h1',
        levels: [level],
        atLevel: level,
      },
    ],
    spyToday: null,
    vix: null,
  });
});

test.each([
  [499_000, true],
  [498_999, false],
  [501_000, true],
  [501_001, false],
])('at %i it stands at the level: %s', (price, stands) => {
  expect(folded(session(), agreed).ofName(name, price).atLevel).toEqual(stands ? level : null);
});

test('without a headline there is no sentiment, and nothing of the day before is known', () => {
  const nothing = { sentiment: null, headline: null, levels: [], atLevel: null };
  expect(folded(session(), confirmed('')).ofName(name, 1)).toEqual(nothing);
  expect(folded(session(), published('h1'), detected('h1'), confirmed('h1'), agreed, session(false)).ofName(name, 1)).toEqual(nothing);
});

describe('SPY today', () => {
  const days = (...today: readonly Event[]): number | null =>
    folded(session(), minute('15:59', 2_000_000, 1), session(false), ...today).at(at('10:00')).spyToday;
  test.each<readonly [what: string, today: readonly Event[], move: number | null]>([
    ['moves from the close before', [minute('09:31', 2_010_000, 1), minute('09:32', 2_020_000, 1)], 0.01],
    ['is not known before its first bar', [], null],
    ['stays where it traded last', [minute('09:31', 2_020_000, 1), minute('09:32', null, 1)], 0.01],
    ['does not hear what trades outside of the regular session', [minute('09:31', 2_020_000, 1), minute('09:32', 1, 1, false)], 0.01],
    ['counts in new shares after a split', [{ kind: 'split_took_effect', symbol: spy, ratio: 2 }, minute('09:31', 1_010_000, 1)], 0.01],
  ])('%s', (_, today, move) => {
    const known = days(...today);
    if (move === null) expect(known).toBeNull();
    else expect(known).toBeCloseTo(move, 12);
  });
});
