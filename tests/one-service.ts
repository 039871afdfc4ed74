import type { Event, EventKind, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Service } from '#domain/events/service';
import type { Intent } from '#domain/orders/intent';
import { noRecord } from '#domain/patterns/setup';
import { stageOneLimits } from '#domain/risk/limits';
import type { RiskView } from '#domain/risk/risk-view';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { type Bar, columns } from './bar-columns.js';

/** 2018-03-12, 09:30 in New York. */
const OPEN = instant(Date.UTC(2018, 2, 12, 13, 30));
const OPEN_MINUTE = 570;

/** The instant of a local time of that day, such as 09:45. */
export const at = (clock: string): Instant => instant(OPEN + (minuteOf(clock) - OPEN_MINUTE) * MINUTE_MS);
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export type Said = { readonly cause: number; readonly event: Event };

/** One service on its own: given events, it answers with what it emits. What it reads but did not declare is not shown to it. */
export class Alone<Kind extends Service = Service> {
  readonly service: Kind;
  sequence = 0;

  constructor(service: Kind) {
    this.service = service;
  }

  sees(event: Event, when: Instant = OPEN): readonly Event[] {
    const said: Event[] = [];
    this.sequence++;
    const { consumes, hears } = this.service;
    const reads: readonly EventKind[] = [...consumes, ...hears];
    if (reads.includes(event.kind)) this.service.step({ sequence: this.sequence, at: when, cause: 0, event }, (one) => said.push(one));
    return said;
  }

  /** A minute of the whole market has closed, and it is `clock` now. */
  seesBars(clock: string, bars: readonly Bar[]): readonly Event[] {
    return this.sees({ kind: 'bars_closed', frame: frameAt(clock, bars) }, at(clock));
  }
}

/** The minute that ends at `clock`. */
function frameAt(clock: string, bars: readonly Bar[]): Frame {
  const minute = minuteOf(clock) - 1;
  const start = instant(at(clock) - MINUTE_MS);
  return { ...columns(bars), minute, start, present: bars.filter((bar) => bar !== null).length, regular: true };
}

export function opened(
  symbols: number,
  options: { readonly history?: boolean; readonly listed?: boolean } = {},
): EventOf<'session_opened'> {
  const listed = options.listed === false ? [] : Array.from({ length: symbols }, (_, s) => ticker(`S${s}`));
  const hours = { open: OPEN, close: instant(OPEN + 390 * MINUTE_MS), openMinute: OPEN_MINUTE, closeMinute: 960 };
  return { kind: 'session_opened', date: '2018-03-12' as SessionDate, ...hours, history: options.history ?? false, listed };
}

/** From now on these settings hold. */
export const changedTo = (settings: Settings): EventOf<'parameters_changed'> => ({
  kind: 'parameters_changed',
  stamp: { version: 2, hash: '' },
  settings,
  name: '',
  before: '',
  after: '',
  because: '',
  by: '',
  from: 'person',
});

export const closed = (): EventOf<'session_closed'> => ({
  kind: 'session_closed',
  date: '2018-03-12' as SessionDate,
  lastBar: null,
  complete: true,
});

/** An intent to buy at 100.00 with a stop two dollars away and a target four away. */
export const intentOf = (symbol: number, changes: Partial<Intent> = {}): Intent => ({
  symbol: symbolIndex(symbol),
  side: 'buy',
  limit: 1_000_000 as Price,
  atr: 10_000,
  support: 0,
  target: 1_040_000 as Price,
  pattern: 'bull_flag',
  confidence: 0.7,
  liquidShares: 100_000,
  record: noRecord,
  ...changes,
});

/** What the risk manager sees with 100,000 dollars, nothing held and nothing lost: everything may be bought. */
export const calm: RiskView = {
  limits: stageOneLimits,
  sizing: defaultSettings.sizing,
  at: at('10:00'),
  minute: 600,
  broker: 'ready',
  skewMs: 0,
  stop: null,
  equity: cash(1_000_000_000),
  pnl: cash(0),
  week: { pnl: cash(0), limit: cash(50_000_000) },
  peak: cash(1_000_000_000),
  account: { broker: null, book: cash(1_000_000_000) },
  cashFree: cash(1_000_000_000),
  openRisk: cash(0),
  exposure: { gross: cash(0), net: cash(0) },
  engaged: [],
  phase: { entriesUsed: 0, entriesMax: 5, riskShare: 0.01 },
  lossesInARow: 0,
  unprotected: null,
  messages: 0,
  past: [],
  isLatched: false,
  quote: { last: 1_000_000, before: 1_000_000, minutes: 0, previousClose: 1_000_000, dayShares: 10_000_000 },
  name: { status: 'trading', isPermitted: true, isRestricted: false, isQuarantined: false, sector: null },
  correlationWith: () => ({ value: 0, points: 390, sameSector: true }),
};

export const of = <Kind extends EventKind>(said: readonly Event[], kind: Kind): readonly EventOf<Kind>[] =>
  said.filter((event): event is EventOf<Kind> => event.kind === kind);
