import type { Limits } from '#domain/risk/limits';
import type { RiskView } from '#domain/risk/risk-view';
import type { HaltReason } from '#domain/risk/stop-level';
import { type Cash, cash } from '#domain/values/cash';
import type { StateSink } from '#domain/values/symbol-columns';

type Losses = Pick<RiskView, 'pnl' | 'week' | 'equity' | 'peak' | 'limits'>;

/** A limit that has been passed: what was lost against it. */
export type Passed = { readonly reason: HaltReason; readonly pnl: Cash; readonly limit: Cash };

const none: readonly Passed[] = [];

/** The circuit breaker: what the account has lost today, this week and from its peak, against what it may. */
export class LossWatch {
  #warned = 0;

  startSession(): void {
    this.#warned = 0;
  }

  /** The highest share of the day's limit that has been reached and not been warned of yet. */
  warning(pnl: Cash, { lossTodayMax, lossWarnAt, lossWarnAgainAt }: Limits): number | null {
    const isPast = (part: number): boolean => -pnl >= lossTodayMax * part;
    const share = isPast(lossWarnAgainAt) ? lossWarnAgainAt : isPast(lossWarnAt) ? lossWarnAt : 0;
    if (share <= this.#warned) return null;
    this.#warned = share;
    return share;
  }

  /** In the order in which a reader should meet them; nearly always none, and then nothing is made. */
  passed({ pnl, week, equity, peak, limits }: Losses): readonly Passed[] {
    const fallMax = cash(Math.floor(peak * limits.drawdownMax));
    if (-pnl <= limits.lossTodayMax && -week.pnl <= week.limit && peak - equity <= fallMax) return none;
    const losses: readonly Passed[] = [
      { reason: 'daily_loss', pnl, limit: limits.lossTodayMax },
      { reason: 'weekly_loss', ...week },
      { reason: 'drawdown', pnl: cash(equity - peak), limit: fallMax },
    ];
    return losses.filter((loss) => -loss.pnl > loss.limit);
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#warned}`);
  }
}
