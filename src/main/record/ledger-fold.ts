import type { Entry, EventKind } from '#domain/events/event';
import { unreachable } from '#domain/values/assert';
import type { Fold } from '#main/record/fold';
import { Holdings } from '#main/record/holdings';
import { intentRow, passedRow, refusedRows } from '#main/record/intents-rows';
import { sectorRows, splitRow, statusRow } from '#main/record/market-rows';
import { type LookBack, Names } from '#main/record/names';
import { catalystRows, headlineRows } from '#main/record/news-rows';
import { adjustmentRow, cancelRow, cashRow, fillRows, orderEventRow, orderRow, reportRow } from '#main/record/orders-rows';
import { questionRows, requestRefusedRow, requestRows, settledRow } from '#main/record/people-rows';
import { riskRows } from '#main/record/risk-rows';
import type { Rows } from '#main/record/rows';
import { accountRow, closedRow, configRows, hashedRow, openedRow } from '#main/record/run-rows';
import { outcomeRow, stageRows, universeRows } from '#main/record/scans-rows';
import { tradeLogKinds } from '#main/report/trade-log';

/** Everything that a journal tells but for the bars, and for what a decision would have come to on another road. */
export class LedgerFold implements Fold {
  readonly names: Names;
  /** Of a trade, what a scan saw of its name is in no row of ours. */
  readonly remembers = new Set<EventKind>(['candidates_found', ...tradeLogKinds.filter((kind) => !ofPlans.has(kind))]);
  readonly reads = null;
  readonly #holdings = new Holdings();

  constructor(look: LookBack) {
    this.names = new Names(look);
  }

  see(entry: Entry, rows: Rows | null): void {
    this.names.see(entry);
    if (rows !== null) rowsOf(entry, rows, this.names);
    this.#holdings.see(entry, rows, this.names);
  }
}

const ofPlans: ReadonlySet<EventKind> = new Set(['catalysts_confirmed', 'indicators_agreed']);

/** The rows of one entry, but for those of round trips and days, which are made of several. */
function rowsOf(entry: Entry, rows: Rows, names: Names): void {
  const { event } = entry;
  switch (event.kind) {
    case 'run_started':
    case 'parameters_changed':
      return configRows(entry, event, rows);
    case 'account_opened':
      return accountRow(entry, event, rows);
    case 'session_opened':
      return openedRow(entry, event, rows, names);
    case 'session_closed':
      return closedRow(entry, event, rows, names);
    case 'state_hashed':
      return hashedRow(entry, event, rows, names);
    case 'split_took_effect':
      return splitRow(entry, event, rows, names);
    case 'asset_status_changed':
      return statusRow(entry, event, rows, names);
    case 'sectors_listed':
      return sectorRows(entry, event, rows, names);
    case 'headline_published':
      return headlineRows(entry, event, rows, names);
    case 'catalyst_detected':
      return catalystRows(entry, event, rows, names);
    case 'universe_selected':
      return universeRows(entry, event, rows, names);
    case 'candidates_found':
    case 'catalysts_confirmed':
    case 'indicators_agreed':
    case 'setups_found':
    case 'intents_chosen':
      return stageRows(entry, event, rows, names);
    case 'setup_resolved':
      return outcomeRow(entry, event, rows, names);
    case 'intent_formed':
      return intentRow(entry, event, rows, names);
    case 'intent_approved':
    case 'approval_wanted':
      return passedRow(entry, event, rows);
    case 'intent_refused':
      return refusedRows(entry, event, rows, names);
    case 'order_requested':
      return orderRow(entry, event, rows, names);
    case 'order_accepted':
    case 'order_rejected':
    case 'order_cancelled':
    case 'order_unknown':
    case 'order_renamed':
      return orderEventRow(entry, event, rows, names);
    case 'cancel_requested':
      return cancelRow(entry, event, rows, names);
    case 'order_filled':
      return fillRows(entry, event, rows, names);
    case 'position_adjusted':
      return adjustmentRow(entry, event, rows, names);
    case 'cash_moved':
      return cashRow(entry, event, rows, names);
    case 'account_reported':
      return reportRow(entry, event, rows);
    case 'loss_warned':
    case 'halt_ordered':
    case 'stop_cleared':
    case 'cover_missing':
    case 'difference_found':
    case 'broker_line_changed':
    case 'name_quarantined':
    case 'name_released':
    case 'suspend_requested':
    case 'resume_requested':
    case 'time_stop_near':
      return riskRows(entry, event, rows, names);
    case 'request_received':
      return requestRows(entry, event, rows, names);
    case 'request_refused':
      return requestRefusedRow(entry, event, rows);
    case 'question_asked':
      return questionRows(entry, event, rows, names);
    case 'question_settled':
      return settledRow(entry, event, rows);
    // Rows of the projection `market`.
    case 'bars_closed':
    // A round trip ends when its minutes have been told, too: `Holdings`.
    case 'position_closed':
    // What these tell was told before: by the request that is their cause, by another journal, or by a file of names.
    case 'stop_requested':
    case 'clear_requested':
    case 'parameter_requested':
    case 'parameter_confirmed':
    case 'parameter_pending':
    case 'answer_given':
    case 'close_requested':
    case 'record_taught':
    case 'names_listed':
      return;
    default:
      return unreachable(event);
  }
}
