import type { AlertFacts } from '#domain/alerts/alert';
import { won } from '#domain/alerts/headline';
import { bothTimes, dollars, duration, percent, signedDollars, spaced } from '#domain/alerts/words';
import { unreachable } from '#domain/values/assert';
import { counted } from '#domain/values/counted';

/** What happened in numbers with their units, one fact a line. */
export function detailsOf(facts: AlertFacts): readonly string[] {
  switch (facts.kind) {
    case 'loss_limit_near':
      return [
        `P&L of ${facts.date}: ${dollars(facts.pnl)}; the limit is ${dollars(-facts.limit)}, ${dollars(facts.limit + facts.pnl)} away.`,
      ];
    case 'loss_limit_reached':
      return [`P&L of ${facts.date}: ${dollars(facts.pnl)}; the limit (${spaced(facts.reason)}) is ${dollars(-facts.limit)}.`];
    case 'trading_stopped':
      return [`Why: ${facts.because || 'no reason given'} (${spaced(facts.reason)}).`];
    case 'stop_cleared':
      return [`Why: ${facts.because}.`];
    case 'protection_gap':
      return [`${facts.held} shares held, ${facts.covered} covered by a stop at the broker, since ${bothTimes(facts.since)}.`];
    case 'cover_back':
      return [
        facts.held === 0
          ? `Nothing of ${facts.ticker} is held any more; it was bare for ${duration(facts.bareMs)}.`
          : `The broker has taken a stop for all ${facts.held} shares; they were bare for ${duration(facts.bareMs)}.`,
      ];
    case 'books_differ':
      return [`Ours: ${facts.ours}, the broker's: ${facts.theirs} (${unitOf(facts.difference)}).`, ...told(facts.detail)];
    case 'name_quarantined':
      return [`Why: ${facts.why}.`, 'What is held in it keeps its protection.'];
    case 'order_unknown':
      return [
        `Why: ${facts.why}.`,
        ...(facts.forMs === 0 ? [] : [`It has been so for ${duration(facts.forMs)}.`]),
        "Its capital stays reserved until the broker's lists prove what became of it. Nothing is sent again blindly.",
      ];
    case 'order_settled':
      return [`It was unknown for ${duration(facts.unknownMs)}.`];
    case 'entries_refused':
      return [`The last reason was: ${spaced(facts.reason)}. Exits are not concerned.`];
    case 'broker_unreachable':
      return [`State of the line: ${facts.state}. Why: ${facts.why}.`];
    case 'broker_back':
      return ["The broker's lists and the book agree; entries are open again unless another stop holds."];
    case 'answer_wanted':
      return [
        `Until ${bothTimes(facts.deadline)}${facts.shares === 0 ? '' : `; about ${counted(facts.shares, 'share')}`}.`,
        `The rules recommend: ${spaced(facts.recommended)}. Without an answer: ${spaced(facts.whenSilent)}.`,
      ];
    case 'win_rate_falling':
      return [
        `Newest: ${won(facts.newest)} won; with so few the true rate may lie anywhere from ${percent(facts.low)} to ${percent(facts.high)} (95 % interval).`,
        `Before: ${won(facts.before)} won, in truth at least ${percent(facts.lowBefore)}: more than chance explains.`,
      ];
    case 'daily_summary':
      return [
        `P&L ${signedDollars(facts.pnl)} after fees of ${dollars(facts.fees)}; cash ${dollars(facts.cash)}.`,
        `${counted(facts.trades.count, 'trade')}, ${facts.trades.won} with a profit; ${counted(facts.refused, 'intent')} refused by the rules.`,
        ...(facts.best === null ? [] : [`Best ${facts.best.ticker} ${signedDollars(facts.best.pnl)}.`]),
        ...(facts.worst === null ? [] : [`Worst ${facts.worst.ticker} ${signedDollars(facts.worst.pnl)}.`]),
        ...(facts.halted ? ['A stop was in force that day.'] : []),
        ...(facts.complete ? [] : ['The data do not reach to the close.']),
        ...(facts.held.length === 0 ? [] : [`STILL HELD over night: ${facts.held.join(', ')}.`]),
      ];
    case 'weekly_report':
      return [
        `${counted(facts.sessions, 'session')} from ${facts.from} to ${facts.to}: P&L ${signedDollars(facts.pnl)} after fees of ${dollars(facts.fees)}.`,
        facts.trades.count === 0
          ? 'No trades.'
          : `${won(facts.trades)} trades won; the true rate may lie anywhere from ${percent(facts.low)} to ${percent(facts.high)} (95 % interval). Sum of R: ${facts.sumR.toFixed(1)}.`,
        `Best day ${facts.best.date} ${signedDollars(facts.best.pnl)}, worst ${facts.worst.date} ${signedDollars(facts.worst.pnl)}.`,
        ...(facts.halted === 0 ? [] : [`A stop was in force on ${counted(facts.halted, 'day')}.`]),
      ];
    case 'service_down':
      return [`Nobody writes the journal since ${bothTimes(facts.seen)}${facts.pid === 0 ? '' : `; process ${facts.pid} is gone`}.`];
    case 'service_back':
      return [`Process ${facts.pid} writes the journal.`];
    case 'service_restarted':
      return [`Process ${facts.pid} has taken over the journal; it compares with the broker before it enters anything.`];
    case 'database_lost':
      return [`Not reached since ${bothTimes(facts.since)}: ${facts.detail}.`, 'Reports and the dashboard are as old as that.'];
    case 'database_back':
      return ['What it missed is taken over from the journal.'];
    case 'projection_behind':
      return ['Trading is not concerned; reports and the dashboard are as old as that.'];
    case 'projection_caught_up':
      return [`It was too far behind for ${duration(facts.behindForMs)}.`];
    case 'projector_silent':
      return [
        `Process ${facts.pid} has told nothing since ${bothTimes(facts.since)}; reports and the dashboard are as old as that.`,
        'Trading is not concerned.',
      ];
    case 'projector_back':
      return [`Process ${facts.pid} writes; what was missed is taken over from the journal.`];
    case 'record_differs_from_broker':
      return [
        `${counted(facts.trades, 'name of a day differs', 'names of days differ')}, ${counted(facts.cash, 'movement of cash differs', 'movements of cash differ')}.`,
        ...told(facts.first),
      ];
    case 'run_alarm':
      return [`${facts.says}.`];
    case 'schedule_missed':
      return [`It was due at ${bothTimes(facts.due)}.`];
    case 'data_stale':
      return [facts.last === null ? 'No bar has come in this session.' : `The last bar came at ${bothTimes(facts.last)}.`];
    case 'data_back':
      return [`Session of ${facts.date}.`];
    case 'rate_limit_near':
      return [
        `${facts.used} of ${facts.limit} calls are used (${percent(facts.used / facts.limit)}). At the broker what is left is for exits, and all else waits.`,
      ];
    case 'disk_low':
      return [
        `${Math.floor(facts.freeBytes / 1e6)} MB are left for ${facts.folder}.`,
        'When there is no room, entries stop first; exits go on.',
      ];
    case 'journal_unreadable':
      return [`${facts.what}.`];
    case 'outside_ping_failing':
      return [`Last: ${facts.why}. As long as it is not reached it may call you, although the run is well.`];
    case 'channel_down':
      return [`Last: ${facts.why}. What it should deliver is kept and tried again; critical alerts go to the other channels.`];
    case 'channel_back':
      return [`After ${counted(facts.failures, 'try', 'tries')} that failed.`];
    case 'test_alert':
      return ['Nothing has happened.'];
    default:
      return unreachable(facts);
  }
}

const told = (detail: string): readonly string[] => (detail === '' ? [] : [`${detail}.`]);

const unitOf = (difference: string): string => {
  if (difference === 'cash' || difference === 'account') return 'in 1/10,000 dollar';
  return difference === 'clock' ? 'milliseconds since 1970' : 'shares';
};
