import type { AlertFacts, RunAlarm, WinCount } from '#domain/alerts/alert';
import { dollars, duration, newYorkTime, percent, signedDollars, spaced } from '#domain/alerts/words';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import { unreachable } from '#domain/values/assert';
import { counted } from '#domain/values/counted';

/** What happened, in one line with its most important words first; a subject has room for about sixty characters of it. */
export function headlineOf(facts: AlertFacts): string {
  switch (facts.kind) {
    case 'loss_limit_near':
      return `Loss limit ${percent(facts.share)} used: ${dollars(facts.pnl)} of ${dollars(-facts.limit)}`;
    case 'loss_limit_reached':
      return `${limitNames[facts.reason]} REACHED: ${dollars(facts.pnl)}, ${levelWords[facts.level]}`;
    case 'trading_stopped':
      return `STOPPED, ${levelWords[facts.level]}: asked by ${facts.by || 'somebody'}`;
    case 'stop_cleared':
      return `Trading is open again: stop cleared by ${facts.by}`;
    case 'protection_gap':
      return `NO STOP for ${facts.held - facts.covered} of ${facts.held} ${facts.ticker}; a new one was ordered`;
    case 'cover_back':
      return facts.held === 0 ? `${facts.ticker} is sold: nothing is bare any more` : `Cover is back for ${facts.held} ${facts.ticker}`;
    case 'books_differ':
      return `Books differ${facts.ticker === null ? '' : ` in ${facts.ticker}`}: ${differenceWords[facts.difference]}`;
    case 'name_quarantined':
      return `${facts.ticker} set apart: no entries in it`;
    case 'order_unknown':
      return facts.forMs === 0
        ? `Order ${facts.order}: nobody knows whether the broker has it`
        : `Order UNKNOWN for ${duration(facts.forMs)}: ${facts.order}`;
    case 'order_settled':
      return `Order ${facts.order} is known again: ${facts.became}`;
    case 'entries_refused':
      return `${facts.count} entries refused in a row by the broker: ${spaced(facts.reason)}`;
    case 'broker_unreachable': {
      const held = facts.held === 0 ? 'nothing held' : `${counted(facts.held, 'position')} held`;
      return facts.state === 'refused' ? `Broker REFUSES us, ${held}: ${facts.why}` : `Broker LOST, ${held}: ${facts.why}`;
    }
    case 'broker_back':
      return `Broker is back after ${duration(facts.downMs)}`;
    case 'answer_wanted':
      return `Answer by ${newYorkTime(facts.deadline)}: ${spaced(facts.subject)}${facts.ticker === null ? '' : ` ${facts.ticker}`}`;
    case 'win_rate_falling':
      return `Win rate falling: ${won(facts.newest)} lately, ${won(facts.before)} before`;
    case 'daily_summary':
      return `Day ${facts.date}: ${signedDollars(facts.pnl)}, ${won(facts.trades)} trades won${facts.halted ? ', HALTED' : ''}`;
    case 'weekly_report':
      return `Week to ${facts.to}: ${signedDollars(facts.pnl)}, ${won(facts.trades)} trades won`;
    case 'service_down':
      return facts.held > 0
        ? `Catalyst is DOWN with ${counted(facts.held, 'position')} held; stops stay at the broker`
        : `Catalyst is DOWN${facts.inSession ? ' in market hours' : ''}; nothing is held`;
    case 'service_back':
      return `Catalyst is up again after ${duration(facts.downMs)}`;
    case 'service_restarted':
      return `Catalyst restarted ${facts.held > 0 ? `with ${counted(facts.held, 'position')} held` : 'in market hours'}`;
    case 'database_lost':
      return 'Database lost; trading goes on, the journal has everything';
    case 'database_back':
      return `Database is back after ${duration(facts.downMs)}`;
    case 'projection_behind':
      return `Database is ${counted(facts.entries, 'entry', 'entries')} behind the journal (${duration(facts.behindMs)})`;
    case 'projection_caught_up':
      return `Database has caught up after ${duration(facts.behindForMs)}`;
    case 'projector_silent':
      return 'Nobody writes the database: its writer has gone silent';
    case 'projector_back':
      return `The database is written again after ${duration(facts.silentMs)}`;
    case 'record_differs_from_broker':
      return `Journal and broker differ in ${counted(facts.trades + facts.cash, 'place')}`;
    case 'run_alarm':
      return runWords[facts.what];
    case 'schedule_missed':
      return `Missed: ${scheduleWords[facts.what]} due at ${newYorkTime(facts.due).slice(0, 5)} New York`;
    case 'data_stale':
      return `No bars for ${duration(facts.silentMs)}${facts.held > 0 ? `, ${counted(facts.held, 'position')} held` : ''}`;
    case 'data_back':
      return `Bars are back after ${duration(facts.silentMs)}`;
    case 'rate_limit_near':
      return `Rate limit of ${facts.service} near: ${facts.used} of ${facts.limit} used`;
    case 'disk_low':
      return `Disk nearly full: ${Math.floor(facts.freeBytes / 1e6)} MB left`;
    case 'journal_unreadable':
      return 'Journal CANNOT BE READ: alerts see nothing of the run';
    case 'outside_ping_failing':
      return `The outside watch was not reached ${facts.misses} times`;
    case 'channel_down':
      return `Alert channel ${facts.channel} does not deliver (${facts.failures} tries)`;
    case 'channel_back':
      return `Alert channel ${facts.channel} delivers again`;
    case 'test_alert':
      return `Test of channel ${facts.channel}: a ${facts.severity} alert looks like this`;
    default:
      return unreachable(facts);
  }
}

export const won = ({ won: profitable, count }: WinCount): string => `${profitable} of ${count}`;

const limitNames: Readonly<Record<HaltReason, string>> = {
  daily_loss: 'Daily loss limit',
  weekly_loss: 'Weekly loss limit',
  drawdown: 'Drawdown limit',
  requested: 'Stop',
  repeated_execution: 'Repeats',
};

const levelWords: Readonly<Record<StopLevel, string>> = {
  pause_entries: 'no entries',
  cancel_entries: 'entries cancelled',
  flatten: 'all closing',
  suspend: 'all closing, broker shut',
};

const differenceWords = {
  phantom: 'we hold what the broker does not',
  orphan: 'the broker holds what we do not know',
  shares: 'numbers of shares',
  foreign_order: 'an order that is not ours',
  missing_order: 'an order is missing at the broker',
  cash: 'cash',
  account: 'the account itself',
  clock: 'clocks',
} as const;

const runWords: Readonly<Record<RunAlarm, string>> = {
  memory: 'The run is short of memory: no entries',
  disk: 'The run is short of disk: no entries',
  files: 'The run has too many files and connections open',
  loop: 'The run stood still: no entries until it keeps up',
  quiet_sessions: 'Nothing was found in several sessions in a row',
};

const scheduleWords = {
  session_open: 'the session was not opened,',
  scan: 'the scan',
  daily_summary: 'the end of the day,',
} as const;
