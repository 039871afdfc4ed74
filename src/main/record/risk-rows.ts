import type { Entry, EventOf } from '#domain/events/event';
import { unreachable } from '#domain/values/assert';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

export type RiskEvent = EventOf<
  | 'loss_warned'
  | 'halt_ordered'
  | 'stop_cleared'
  | 'cover_missing'
  | 'difference_found'
  | 'broker_line_changed'
  | 'name_quarantined'
  | 'name_released'
  | 'suspend_requested'
  | 'resume_requested'
  | 'time_stop_near'
>;

/** What concerned the safety of the account: the same few words of each, and the numbers of those that have some. */
export function riskRows({ sequence, at }: Entry, event: RiskEvent, rows: Rows, names: Names): void {
  const told = (detail: string, symbol: SymbolIndex | null = null): void =>
    rows.into('risk_events', sequence).instant(at).word(event.kind).int(names.securityOrNull(symbol)).text(detail).end();
  switch (event.kind) {
    case 'loss_warned':
      told('');
      return rows.into('risk_losses', sequence).e4(event.pnl).e4(event.limit).float(event.share).end();
    case 'halt_ordered': {
      told('');
      const row = rows.into('risk_halts', sequence).word(event.reason).word(event.level);
      return row.e4(event.pnl).e4(event.limit).end();
    }
    case 'stop_cleared':
      told(event.because);
      return rows.into('risk_clearings', sequence).text(event.by).end();
    case 'cover_missing':
      told('', event.symbol);
      return rows.into('risk_cover_gaps', sequence).int(event.held).int(event.covered).instant(event.since).end();
    case 'difference_found':
      told(event.detail, event.symbol);
      return rows.into('risk_differences', sequence).word(event.difference).float(event.ours).float(event.theirs).end();
    case 'broker_line_changed':
      told(event.why);
      return rows.into('risk_broker_states', sequence).word(event.state).end();
    case 'name_quarantined':
      return told(event.why, event.symbol);
    case 'name_released':
    case 'time_stop_near':
      return told('', event.symbol);
    case 'suspend_requested':
    case 'resume_requested':
      return told('');
    default:
      return unreachable(event);
  }
}
