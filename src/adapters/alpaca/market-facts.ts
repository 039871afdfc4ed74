import { type Unreadable, unreadable } from '#adapters/alpaca/order-of';
import { fieldIn, listOf, numberIn, textIn } from '#domain/values/json-field';
import { ok, type Result } from '#domain/values/result';
import { parseSessionDate } from '#domain/values/session-date';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { Asset, CalendarDay, CorporateAction } from '#engine/ports/market-data';

/** A row of GET /v2/assets. A flag that is missing is a no: what may not be traded is not traded. */
export function assetOf(raw: unknown): Result<Asset, Unreadable> {
  const name = nameIn(raw, 'symbol');
  if (name === null) return unreadable('symbol');
  const isTrue = (field: string): boolean => fieldIn(raw, field) === true;
  return ok({
    ticker: name,
    exchange: textIn(raw, 'exchange') ?? '',
    tradable: textIn(raw, 'status') === 'active' && isTrue('tradable'),
    shortable: isTrue('shortable'),
    fractionable: isTrue('fractionable'),
  });
}

/** A row of GET /v2/calendar; `open` and `close` are "HH:MM" in New York, "13:00" on an early close. */
export function calendarDayOf(raw: unknown): Result<CalendarDay, Unreadable> {
  const date = parseSessionDate(textIn(raw, 'date') ?? '');
  if (date === null) return unreadable('date');
  const openMinute = minuteOf(textIn(raw, 'open'));
  if (openMinute === null) return unreadable('open');
  const closeMinute = minuteOf(textIn(raw, 'close'));
  return closeMinute === null || closeMinute <= openMinute ? unreadable('close') : ok({ date, openMinute, closeMinute });
}

function minuteOf(text: string | null): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text ?? '');
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** `corporate_actions`: a list for each kind. A kind that is new is told under its own word, since it may matter. */
export function actionsIn(raw: unknown): Result<readonly CorporateAction[], Unreadable> {
  if (typeof raw !== 'object' || raw === null) return unreadable('corporate_actions');
  const actions: CorporateAction[] = [];
  for (const [kind, rows] of Object.entries(raw)) {
    const list = listOf(rows);
    if (list === null) return unreadable(`corporate_actions.${kind.slice(0, 40)}`);
    for (const row of list) {
      const action = actionOf(kind.slice(0, 40), row);
      if (!action.ok) return action;
      actions.push(action.value);
    }
  }
  return ok(actions);
}

/** The name is written in one of several fields, by the kind. The first day of the new share is the ex-date; kinds without one have a process date. */
function actionOf(kind: string, raw: unknown): Result<CorporateAction, Unreadable> {
  const name = ['symbol', 'old_symbol', 'source_symbol', 'acquiree_symbol']
    .map((field) => nameIn(raw, field))
    .find((found) => found !== null);
  if (name === undefined || name === null) return unreadable(`${kind}.symbol`);
  const exDate = parseSessionDate(textIn(raw, 'ex_date') ?? textIn(raw, 'effective_date') ?? textIn(raw, 'process_date') ?? '');
  if (exDate === null) return unreadable(`${kind}.ex_date`);
  const newShares = numberIn(raw, 'new_rate');
  const oldShares = numberIn(raw, 'old_rate');
  const isSplit = kind.endsWith('_splits');
  if (isSplit && (newShares === null || oldShares === null || newShares <= 0 || oldShares <= 0)) return unreadable(`${kind}.new_rate`);
  return ok({ kind, ticker: name, exDate, newShares, oldShares, newTicker: nameIn(raw, 'new_symbol') });
}

function nameIn(raw: unknown, field: string): Ticker | null {
  const text = textIn(raw, field);
  return text === null || text === '' ? null : ticker(text);
}
