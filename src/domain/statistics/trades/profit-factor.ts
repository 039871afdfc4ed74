import { blockBootstrap, type DrawnInterval, type Lots } from '#domain/statistics/block-bootstrap';
import { type Figure, figure, type Missing, missing } from '#domain/statistics/figure';
import { bySession, type ClosedTrade } from '#domain/statistics/trades/closed-trade';
import { type Cash, cash } from '#domain/values/cash';

export type ProfitFactor = {
  readonly gained: Cash;
  /** As a number of zero or more. */
  readonly lost: Cash;
  readonly factor: Figure;
  /** 95 %, whole sessions drawn again; without an upper end where too many draws had no loss. */
  readonly bySession: DrawnInterval | Missing;
};

type GainLoss = { readonly gained: Cash; readonly lost: Cash };

/** All that winning trades made over all that losing trades lost, after fees. */
export function profitFactor(trades: readonly ClosedTrade[], lots: Lots): ProfitFactor {
  const whole = gainLossOf(trades);
  if (whole.lost === 0) {
    const why = trades.length === 0 ? 'no_trades' : 'no_losses';
    return { ...whole, factor: missing(why), bySession: why };
  }
  const sessions = bySession(trades).map(gainLossOf);
  return { ...whole, factor: figure(whole.gained / whole.lost), bySession: blockBootstrap(sessions, factorOf, lots) };
}

/** The mean win over the mean loss. */
export function payoffRatio(trades: readonly Pick<ClosedTrade, 'pnl'>[]): Figure {
  const { gained, lost } = gainLossOf(trades);
  if (trades.length === 0) return missing('no_trades');
  if (gained === 0) return missing('no_wins');
  if (lost === 0) return missing('no_losses');
  const wins = trades.filter(({ pnl }) => pnl > 0).length;
  const losses = trades.filter(({ pnl }) => pnl < 0).length;
  return figure(gained / wins / (lost / losses));
}

function gainLossOf(trades: readonly Pick<ClosedTrade, 'pnl'>[]): GainLoss {
  let [gained, lost] = [0, 0];
  for (const { pnl } of trades) {
    if (pnl > 0) gained += pnl;
    else lost -= pnl;
  }
  return { gained: cash(gained), lost: cash(lost) };
}

/** Infinite without a loss, and nothing at all of trades that made nothing. */
function factorOf(some: readonly GainLoss[]): number {
  let [gained, lost] = [0, 0];
  for (const one of some) {
    gained += one.gained;
    lost += one.lost;
  }
  return gained / lost;
}
