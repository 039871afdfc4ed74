import type { Trade } from '#domain/performance/trade';
import { formatInstant, type Instant, MINUTE_MS } from '#domain/values/instant';
import { words } from '#main/explain/words';
import { dollars, inUnit, realityText } from '#main/report/report-words';
import type { TradeRecord } from '#main/report/trade-source';

/** A price to the cent, or finer where a mean is. */
export const priceText = (e4: number): string => {
  const cents = Math.round(e4 * 100) / 10_000;
  return Number.isInteger(Math.round(e4) / 100) && Number.isInteger(e4) ? (e4 / 10_000).toFixed(2) : (cents / 100).toFixed(4);
};

export const rText = (r: number | null): string => (r === null ? 'R unknown' : inUnit(r, 'r'));

/** Facts of a trade as name and value, for every form that shows one. */
export function tradeFacts(trade: Trade): readonly (readonly [name: string, value: string])[] {
  const { plan, shares, entry, exit, fees, risk, favourable, adverse, slippage, opened, closed, phase } = trade;
  const known = (money: number | null): string => (money === null ? 'unknown' : dollars(money));
  return [
    ['result', `${dollars(trade.pnl)} after fees, ${rText(trade.rMultiple)}`],
    ['ended by', `${words(trade.reason)}${trade.noMarket ? ', without a market' : ''}`],
    [
      'setup',
      plan === null ? 'none: the shares came without an intent' : `${words(plan.pattern)}, confidence ${plan.confidence.toFixed(2)}`,
    ],
    ['catalyst', plan === null ? 'none' : words(plan.catalyst)],
    [
      'decided',
      `${clockOf(trade)} New York${phase === null ? '' : `, ${words(phase)}`}${plan?.price == null ? '' : `, on a close of ${priceText(plan.price)}`}`,
    ],
    [
      'plan',
      plan === null
        ? 'none'
        : `limit ${priceText(plan.limit)}, stop ${priceText(plan.stop)}, target ${priceText(plan.target)}, at risk ${known(risk)}`,
    ],
    ['entry', `${shares} shares at ${priceText(entry)}, from ${localClock(trade, opened)}`],
    ['exit', `at ${priceText(exit)}, until ${localClock(trade, closed)}, after ${Math.round((closed - opened) / MINUTE_MS)} minutes`],
    [
      'on the way',
      `best ${dollars(favourable.money)} (${rText(favourable.r)}), worst ${dollars(0 - adverse.money)} (${rText(adverse.r === null ? null : -adverse.r)})`,
    ],
    ['slippage', `entry ${known(slippage.entry)} against the close that was seen, exit ${known(slippage.exit)}`],
    ['fees', dollars(fees)],
  ];
}

/** Local minute of the decision as 10:15. */
export const clockOf = ({ minute }: Pick<Trade, 'minute'>): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The local time of an instant of a trade, by that of its decision. */
export function localClock({ minute, decided }: Pick<Trade, 'minute' | 'decided'>, at: Instant): string {
  const local = minute + Math.floor((at - decided) / MINUTE_MS);
  return clockOf({ minute: ((local % 1440) + 1440) % 1440 });
}

export const titleOf = (trade: Trade, record: Pick<TradeRecord, 'nameOf'>): string =>
  `${record.nameOf(trade.symbol)} ${trade.side === 'buy' ? 'long' : 'short'}, ${trade.session}, trade ${trade.id}`;

/** What somebody said of a trade, in a line. */
export const noteText = ({ at, by, choice, override, because, code }: Trade['notes'][number]): string =>
  `${formatInstant(at)} ${by}: ${words(choice)}${override ? ' (an override)' : ''}${code === null ? '' : `, ${words(code)}`}${because === '' ? '' : `: ${because}`}`;

/** The page of one trade in the journal of trades, for a terminal. */
export function tradeLines(trade: Trade, record: TradeRecord): readonly string[] {
  const reality = realityText(record.source);
  const { headline } = trade.plan ?? { headline: null };
  return [
    ...(reality === null ? [] : [reality]),
    titleOf(trade, record),
    ...tradeFacts(trade).map(([name, value]) => `  ${name.padEnd(11)} ${value}`),
    `  ${'headline'.padEnd(11)} ${headline === null ? 'none' : `${headline.text}${headline.source === '' ? '' : ` (${headline.source})`}, known ${formatInstant(headline.knownAt)}`}`,
    ...(trade.notes.length === 0
      ? [`  ${'notes'.padEnd(11)} none`]
      : trade.notes.map((note) => `  ${'note'.padEnd(11)} ${noteText(note)}`)),
    ...trade.fills.map(
      ({ bar, side, shares, price, fees, flags }) =>
        `  ${'fill'.padEnd(11)} ${formatInstant(bar)} ${side} ${shares} at ${priceText(price)}, fees ${dollars(fees)}${flags.length === 0 ? '' : `, ${flags.map(words).join(', ')}`}`,
    ),
  ];
}
