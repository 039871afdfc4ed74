import type { Fill } from '#domain/events/account';
import type { SettingsStamp } from '#domain/events/decision';
import type { Event, EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Service } from '#domain/events/service';
import type { OrderReason } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Settings } from '#domain/settings';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { type SymbolIndex, symbolIndex, ticker } from '#domain/values/symbol';
import { House } from '#engine/house';
import { unrecorded } from '#engine/journal/recorder';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';
import { SHADOW_CAPITAL } from '#simulation/shadow/permissive-view';

/** The session in which a shadow is cast: its frames, oldest first. */
export type ShadowSession = {
  readonly opened: EventOf<'session_opened'>;
  readonly closed: EventOf<'session_closed'>;
  readonly frames: readonly Frame[];
  /** Makes the trading service anew; the one that trades for real. */
  readonly serviceOf: () => Service;
};

/** What somebody said at that instant, as trading hears it; `symbol` of such an event is `shadowSymbol`. */
export type Told = { readonly at: Instant; readonly event: Event };

/** An order that was not sent, or was not left as it was, and from when on. */
export type ShadowOrder = {
  readonly order: Approved<SizedIntent>;
  readonly intent: number;
  /** Where the name stands in the frames of the session; in the shadow's own it is `shadowSymbol`. */
  readonly symbol: SymbolIndex;
  readonly at: Instant;
  /** The settings in force then. */
  readonly settings: Settings;
  readonly stamp: SettingsStamp;
};

/** What is said on its way. */
export type ShadowPlan = ShadowOrder & {
  /** What was true of the name when the order was sent, such as a halt: told before it. */
  readonly standing: readonly Event[];
  /** Oldest first; what was said by `at` is told with the approval. */
  readonly told: readonly Told[];
};

/** How it went: no fills when nothing was bought. */
export type ShadowTrade = { readonly fills: readonly Fill[]; readonly reason: OrderReason | null };

/** A shadow's market has one name. */
export const shadowSymbol = symbolIndex(0);

/**
 * Trades one order alone through the same service on the same exchange, over the minutes of its own name. What the rest of
 * the account did plays no part: no other order shares its bars, and a halt of the day reaches it only when it is told.
 */
export function shadowTrade(plan: ShadowPlan, session: ShadowSession): ShadowTrade {
  const { opened, closed } = session;
  const { settings, stamp } = plan;
  const fills: Fill[] = [];
  let reason: OrderReason | null = null;
  const venue = new SimulatedExchange({ capital: SHADOW_CAPITAL, feesOf: usFeesOf });
  const house = new House({
    plan: [session.serviceOf()],
    recorder: unrecorded(),
    broker: venue,
    watch: ({ event }) => {
      if (event.kind === 'order_filled') fills.push(event);
      if (event.kind === 'position_closed') reason = event.reason;
    },
  });
  const stage = { house, venue };
  venue.openSession({ date: opened.date, open: opened.open, close: opened.close, symbols: 1 });
  house.accept(
    { kind: 'run_started', settings: { ...settings, capital: SHADOW_CAPITAL }, source: 'recorded_market', version: 'shadow' },
    opened.open,
  );
  house.accept({ ...opened, listed: [ticker('SHADOW')] }, opened.open);
  for (const event of plan.standing) house.accept(event, opened.open);
  const minutes = session.frames.filter(({ regular }) => regular);
  const later = minutes.findIndex((frame) => endOf(frame) > plan.at);
  const next = later < 0 ? minutes.length : later;
  const before = minutes[next - 1];
  if (before !== undefined) pass(onlyOf(before, plan.symbol), stage);
  const approval: Event = { kind: 'intent_approved', intent: plan.intent, order: { ...plan.order, symbol: shadowSymbol }, stamp };
  const sent = instant(Math.max(plan.at, opened.open));
  say({ at: sent, event: approval }, stage);
  let told = 0;
  for (; told < plan.told.length && (plan.told[told] as Told).at <= plan.at; told++) say({ ...(plan.told[told] as Told), at: sent }, stage);
  for (const frame of minutes.slice(next)) {
    for (; told < plan.told.length && (plan.told[told] as Told).at < endOf(frame); told++) say(plan.told[told] as Told, stage);
    pass(onlyOf(frame, plan.symbol), stage);
    for (; told < plan.told.length && (plan.told[told] as Told).at === endOf(frame); told++) say(plan.told[told] as Told, stage);
    if (venue.openOrders === 0 && venue.position(shadowSymbol) === 0) break;
  }
  venue.closeSession();
  const end = instant(Math.max(opened.close, plan.at));
  hear(end, stage);
  house.accept(closed, end);
  return { fills, reason };
}

type Stage = { readonly house: House; readonly venue: SimulatedExchange };

const endOf = ({ start }: Frame): Instant => instant(start + MINUTE_MS);

/** A minute goes by: as in a real session, the exchange first, then the house. */
function pass(frame: Frame, stage: Stage): void {
  const at = endOf(frame);
  stage.venue.advance(frame);
  hear(at, stage);
  stage.house.accept({ kind: 'bars_closed', frame }, at);
  hear(at, stage);
}

function say({ at, event }: Told, stage: Stage): void {
  stage.venue.timeIs(at);
  stage.house.accept(event, at);
  hear(at, stage);
}

function hear(at: Instant, { house, venue }: Stage): void {
  for (let news = venue.takeNews(); news.length > 0; news = venue.takeNews()) for (const event of news) house.accept(event, at);
}

/** The columns of one name as a frame of their own: views, nothing is copied. */
function onlyOf(frame: Frame, symbol: SymbolIndex): Frame {
  const column = (values: Int32Array): Int32Array => values.subarray(symbol, symbol + 1);
  const volume = symbol < frame.width ? column(frame.volume) : absent;
  return {
    minute: frame.minute,
    start: frame.start,
    width: 1,
    present: (volume[0] as number) >= 0 ? 1 : 0,
    regular: frame.regular,
    open: column(frame.open),
    high: column(frame.high),
    low: column(frame.low),
    close: column(frame.close),
    volume,
  };
}

const absent = new Int32Array([-1]);
