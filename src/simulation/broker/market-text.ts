import type { Session } from '#domain/market/session-table';
import { settlesOn } from '#domain/market/settlement';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { type ApiAnswer, answer, invalid, notFound } from '#simulation/broker/api-answer';
import type { Asset, Floor } from '#simulation/broker/floor';
import type { Json, JsonObject } from '#simulation/broker/json';
import { dateOf, easternSecond, easternText, minuteText } from '#simulation/broker/wire-time';

type Query = Readonly<Record<string, string>>;

/** Source: broker-alpaca §5. While the market is open the next open is the next day's. */
export const clockText = ({ now, sessions }: Floor): JsonObject => ({
  timestamp: easternText(now),
  is_open: sessions.phase(now) === 'core',
  next_open: easternSecond(sessions.nextOpen(now)),
  next_close: easternSecond(sessions.nextClose(now)),
});

/** The clock of version 3, with the phase of the day in its five words. */
export function phaseText({ now, sessions }: Floor): JsonObject {
  const phase = sessions.phase(now);
  return { timestamp: easternText(now), is_open: phase === 'core', phase: phase === 'overnight' ? 'closed' : phase };
}

export function calendarText({ sessions, now }: Floor, query: Query): ApiAnswer {
  const between = sessionsAsked(sessions.calendar, query, dateOf(now));
  if (between === null) return invalid('invalid date');
  return answer(
    between.map((session) => ({
      date: session.date,
      open: minuteText(session.openMinute, ':'),
      close: minuteText(session.closeMinute, ':'),
      session_open: minuteText(session.preOpenMinute, ''),
      session_close: minuteText(session.postCloseMinute, ''),
      settlement_date: settlement(session),
    })),
  );
}

/** The calendar of version 3: instants rather than minutes of the day. */
export function isoCalendarText({ sessions, now }: Floor, query: Query, market: string): ApiAnswer {
  const between = sessionsAsked(sessions.calendar, query, dateOf(now));
  if (between === null) return invalid('invalid date');
  const rows = between.map(
    (session): Json => ({
      date: session.date,
      pre_start: easternSecond(session.preOpen),
      core_start: easternSecond(session.open),
      core_end: easternSecond(session.close),
      post_end: easternSecond(session.postClose),
      settlement_date: settlement(session),
    }),
  );
  return answer({ market, calendar: rows });
}

function settlement(session: Session): string {
  const settles = settlesOn(session.date);
  return settles.ok ? settles.value.date : session.date;
}

/** Without bounds, all that the calendar knows around now; null where a bound is no date. */
function sessionsAsked(calendar: Floor['sessions']['calendar'], query: Query, today: SessionDate): readonly Session[] | null {
  const start = query['start'] === undefined ? today : parseSessionDate(query['start'].slice(0, 10));
  const end = query['end'] === undefined ? calendar.to : parseSessionDate(query['end'].slice(0, 10));
  if (start === null || end === null || start > end) return null;
  const within = (date: SessionDate): SessionDate => (date < calendar.from ? calendar.from : date > calendar.to ? calendar.to : date);
  const found = calendar.sessionsBetween(within(start), within(end));
  return found.ok ? found.value : null;
}

/** Source: broker-alpaca §6. */
const assetText = (asset: Asset): JsonObject => ({
  id: asset.id,
  class: 'us_equity',
  exchange: asset.exchange,
  symbol: asset.ticker,
  name: asset.name,
  status: asset.active ? 'active' : 'inactive',
  tradable: asset.tradable,
  marginable: asset.marginable,
  shortable: asset.shortable,
  easy_to_borrow: asset.easyToBorrow,
  borrow_status: asset.easyToBorrow ? 'easy_to_borrow' : 'hard_to_borrow',
  fractionable: asset.fractionable,
  attributes: [],
  margin_requirement_long: '30',
  margin_requirement_short: '30',
});

export const assetsText = ({ assets }: Floor, { status, exchange, asset_class: kind }: Query): ApiAnswer =>
  answer(
    [...assets.values()]
      .filter(
        (asset) =>
          (status === undefined || status === 'all' || (status === 'active') === asset.active) &&
          (exchange === undefined || exchange === asset.exchange) &&
          (kind === undefined || kind === 'us_equity'),
      )
      .map(assetText),
  );

export function oneAsset({ assets }: Floor, name: string): ApiAnswer {
  const asset = assets.get(name) ?? [...assets.values()].find(({ id }) => id === name);
  return asset === undefined ? notFound('asset') : answer(assetText(asset));
}
