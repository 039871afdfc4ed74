import { parseSessionDate } from '#domain/values/session-date';
import { accountFigures } from '#simulation/broker/account-figures';
import { type ApiAnswer, answer, invalid, refuse } from '#simulation/broker/api-answer';
import type { Floor } from '#simulation/broker/floor';
import type { Json } from '#simulation/broker/json';

type Query = Readonly<Record<string, string>>;

const dollars = (e4: number): number => e4 / 10_000;

/** The equity at each close and now, as numbers of JSON: a second source for what the account tells. Source: broker-alpaca §2. */
export function portfolioHistory(floor: Floor): ApiAnswer {
  const points = [...floor.closes, { at: floor.now, equity: accountFigures(floor).equity }];
  const base = points[0]?.equity ?? 0;
  return answer({
    timestamp: points.map(({ at }) => Math.floor(at / 1000)),
    equity: points.map(({ equity }) => dollars(equity)),
    profit_loss: points.map(({ equity }) => dollars(equity - base)),
    profit_loss_pct: points.map(({ equity }) => (base === 0 ? 0 : (equity - base) / base)),
    base_value: dollars(base),
    timeframe: '1D',
  });
}

/** Splits that were announced or have happened. */
export function announcements(floor: Floor, query: Query): ApiAnswer {
  const { since, until, symbol, ca_types: types } = query;
  if (types === undefined || since === undefined || until === undefined)
    return refuse(422, 40010001, 'ca_types, since and until are required');
  if (parseSessionDate(since) === null || parseSessionDate(until) === null) return invalid('invalid date');
  const rows = types.toLowerCase().split(',').includes('split') ? floor.splits : [];
  return answer(
    rows
      .filter(({ date, ticker }) => since <= date && date <= until && (symbol === undefined || symbol === ticker))
      .map(
        ({ id, ticker, date, from, to }): Json => ({
          id,
          corporate_action_id: id,
          ca_type: 'split',
          ca_sub_type: to > from ? 'stock_split' : 'reverse_split',
          initiating_symbol: ticker,
          target_symbol: ticker,
          declaration_date: null,
          ex_date: date,
          record_date: date,
          payable_date: date,
          cash: '0',
          old_rate: String(from),
          new_rate: String(to),
        }),
      ),
  );
}
