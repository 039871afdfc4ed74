import type { Instant } from '#domain/values/instant';
import { accountFigures } from '#simulation/broker/account-figures';
import type { Floor } from '#simulation/broker/floor';
import type { JsonObject } from '#simulation/broker/json';
import { amountText } from '#simulation/broker/shares-e9';
import { dateOf, utcText } from '#simulation/broker/wire-time';

/** Money is told in whole cents. */
const cents = (e4: number): string => amountText(Math.floor(e4 / 100) * 100);

/** The account as it is written; `at` is how long ago the view looks. Source: broker-alpaca §4. */
export function accountText(floor: Floor, at: Instant): JsonObject {
  const figures = accountFigures(floor, at);
  const { restrictions, options } = floor;
  const old = options.habits.profile === 'pre-2026-07';
  return {
    id: floor.accountId,
    account_number: `PA${floor.accountId.replace(/\W/g, '').slice(0, 10).toUpperCase()}`,
    status: restrictions.status,
    crypto_status: 'ACTIVE',
    crypto_tier: 1,
    currency: 'USD',
    cash: cents(figures.cash),
    equity: cents(figures.equity),
    last_equity: cents(floor.lastEquity),
    balance_asof: dateOf(floor.openedAt),
    buying_power: cents(figures.buyingPower),
    effective_buying_power: cents(figures.buyingPower),
    regt_buying_power: cents(figures.regtBuyingPower),
    non_marginable_buying_power: cents(figures.nonMarginable),
    options_buying_power: cents(figures.nonMarginable),
    long_market_value: cents(figures.longValue),
    short_market_value: cents(figures.shortValue),
    position_market_value: cents(figures.longValue - figures.shortValue),
    portfolio_value: cents(figures.equity),
    initial_margin: cents(figures.initialMargin),
    maintenance_margin: cents(figures.maintenanceMargin),
    last_maintenance_margin: '0',
    sma: '0',
    multiplier: String(options.multiplier),
    accrued_fees: '0',
    pending_reg_taf_fees: '0',
    intraday_adjustments: '0',
    shorting_enabled: options.multiplier > 1,
    trading_blocked: restrictions.tradingBlocked,
    transfers_blocked: false,
    account_blocked: restrictions.accountBlocked,
    trade_suspended_by_user: restrictions.suspendTrade,
    options_approved_level: 0,
    options_trading_level: 0,
    admin_configurations: {},
    user_configurations: null,
    created_at: utcText(floor.openedAt),
    ...(old ? { pattern_day_trader: false, daytrade_count: 0, daytrading_buying_power: cents(figures.buyingPower) } : {}),
  };
}

/** What the customer may set. */
export const configurationText = ({ restrictions, settings, options }: Floor): JsonObject => ({
  ...settings,
  suspend_trade: restrictions.suspendTrade,
  ...(options.habits.profile === 'pre-2026-07' ? { dtbp_check: 'entry', pdt_check: 'entry' } : {}),
});
