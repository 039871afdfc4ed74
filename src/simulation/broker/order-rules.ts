import { type ApiAnswer, forbidden, refuse, unprocessable } from '#simulation/broker/api-answer';
import type { Asset } from '#simulation/broker/floor';
import { isStop } from '#simulation/broker/order';
import type { OrderDraft } from '#simulation/broker/order-draft';
import type { MarketPhase } from '#simulation/broker/sessions';
import { SHARE } from '#simulation/broker/shares-e9';

type Rule = (draft: OrderDraft, asset: Asset) => ApiAnswer | null;

const isFractional = ({ qty, notional }: OrderDraft): boolean => notional !== null || (qty !== null && qty % SHARE !== 0);

/** A cent, the least by which an exit of a group lies away from its base. */
const CENT = 100;

const pricesOfType: Rule = ({ type, limit, stop }) => {
  if (type === 'market' && (limit !== null || stop !== null)) return unprocessable('market orders require no stop or limit price');
  if (type === 'limit' && limit === null) return unprocessable('limit orders require a limit price');
  if (type === 'limit' && stop !== null) return unprocessable('limit orders require no stop price');
  if (type === 'stop' && stop === null) return unprocessable('stop orders require a stop price');
  if (type === 'stop' && limit !== null) return unprocessable('stop orders require no limit price');
  if (type === 'stop_limit' && (stop === null || limit === null))
    return unprocessable('stop limit orders require both stop and limit price');
  return null;
};

const trailing: Rule = ({ type, trailPrice, trailPercent, shape, limit, stop }) => {
  const given = (trailPrice === null ? 0 : 1) + (trailPercent === null ? 0 : 1);
  if (type !== 'trailing_stop') return given === 0 ? null : unprocessable('trail price and percent are for trailing stop orders only');
  if (given !== 1) return unprocessable('trailing stop orders must specify one of trail_price or trail_percent');
  if (limit !== null || stop !== null) return unprocessable('trailing stop orders require no stop or limit price');
  return shape === '' ? null : unprocessable('trailing stop orders must be single orders');
};

const timeInForce: Rule = ({ type, tif }) => {
  if (tif === 'day' || tif === 'gtc' || !isStop({ type })) return null;
  return unprocessable(`invalid time_in_force ${tif} for ${type} order`);
};

const extendedHours: Rule = ({ extended, type, tif, shape }) => {
  if (!extended) return null;
  const fits = type === 'limit' && (tif === 'day' || tif === 'gtc') && shape === '';
  return fits ? null : unprocessable('extended hours order must be DAY limit orders');
};

const fractions: Rule = (draft, asset) => {
  if (!isFractional(draft)) return null;
  if (!asset.fractionable) return forbidden(`asset "${asset.ticker}" is not fractionable`);
  if (draft.tif !== 'day') return unprocessable('fractional orders must be DAY orders');
  if (draft.shape !== '') return unprocessable('fractional orders must be simple orders');
  return draft.type === 'trailing_stop' ? unprocessable('fractional orders must not be trailing stop orders') : null;
};

const groupShape: Rule = ({ shape, type, tif, takeProfit, stopLoss }) => {
  if (shape === '') return null;
  if (tif !== 'day' && tif !== 'gtc') return unprocessable(`${shape} orders must be DAY or GTC`);
  const target = takeProfit?.limit ?? null;
  const stop = stopLoss?.stop ?? null;
  if (shape === 'oto') {
    if (target === null && stop === null) return unprocessable('oto orders require take_profit.limit_price or stop_loss.stop_price');
    return target !== null && stop !== null ? unprocessable('oto orders require one of take_profit or stop_loss') : null;
  }
  if (target === null) return unprocessable(`${shape} orders require take_profit.limit_price`);
  if (stop === null) return unprocessable(`${shape} orders require stop_loss.stop_price`);
  if (shape === 'oco') return type === 'limit' ? null : unprocessable('oco orders must be limit orders');
  return type === 'market' || type === 'limit' ? null : unprocessable('bracket orders must be market or limit orders');
};

const rules: readonly Rule[] = [groupShape, pricesOfType, trailing, timeInForce, extendedHours, fractions];

/** What an order may not be, whatever the account. Source: broker-alpaca §7 and §9. */
export function shapeFault(draft: OrderDraft, asset: Asset): ApiAnswer | null {
  for (const rule of rules) {
    const fault = rule(draft, asset);
    if (fault !== null) return fault;
  }
  return null;
}

/** Where the exits of a group, or a stop, may lie: the base is the entry's limit, and the price now. Both in 1e-4. */
export function priceFault(draft: OrderDraft, current: number | null): ApiAnswer | null {
  const { shape, side, takeProfit, stopLoss } = draft;
  if (shape === '') return stopFault(draft, current);
  const exitsSell = shape === 'oco' ? side === 'sell' : side === 'buy';
  const target = takeProfit?.limit ?? null;
  const stop = stopLoss?.stop ?? null;
  const base = shape === 'oco' ? target : (draft.limit ?? current);
  const sign = exitsSell ? 1 : -1;
  if (target !== null && stop !== null && sign * (target - stop) < CENT)
    return unprocessable(`take_profit.limit_price must be ${exitsSell ? '>' : '<'} stop_loss.stop_price`);
  if (stop === null) return null;
  for (const each of [base, current])
    if (each !== null && sign * (each - stop) < CENT)
      return unprocessable(`stop_loss.stop_price must be ${exitsSell ? '<= base_price - 0.01' : '>= base_price + 0.01'}`, {
        base_price: String(each / 10_000),
      });
  return null;
}

function stopFault({ type, side, stop }: OrderDraft, current: number | null): ApiAnswer | null {
  if (stop === null || current === null || type === 'trailing_stop') return null;
  if (side === 'sell' && stop >= current) return unprocessable('stop price must be less than current price');
  return side === 'buy' && stop <= current ? unprocessable('stop price must be greater than current price') : null;
}

/** Auctions are shut for orders around their time; both bounds in minutes of New York. Source: broker-alpaca §5. */
export function auctionFault({ tif }: OrderDraft, minute: number, phase: MarketPhase): ApiAnswer | null {
  const evening = 19 * 60;
  const shut = (tif === 'opg' && minute >= 9 * 60 + 28) || (tif === 'cls' && minute >= 15 * 60 + 50);
  if (!shut || minute >= evening || phase === 'closed') return null;
  return refuse(422, 42210000, `${tif} orders are not accepted at this time`);
}
