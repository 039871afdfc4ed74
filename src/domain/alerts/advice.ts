import type { AlertFacts, RunAlarm } from '#domain/alerts/alert';
import { unreachable } from '#domain/values/assert';

/** Where to look closer: an argument of `catalyst`, to which the journal is added. */
export type Advice = { readonly says: string; readonly command: string | null };

const says = (text: string, command: string | null = null): Advice => ({ says: text, command });

const look = says('Look at what happened:', 'ledger');

const runAdvice: Readonly<Record<RunAlarm, Advice>> = {
  memory: says('End the run and start it again when it suits you; what is held keeps its stops at the broker.'),
  disk: says('Make room now.'),
  files: says('Find out what has so many files or connections open, and start the run again when it suits you.'),
  loop: says('Look what else this machine is doing.'),
  quiet_sessions: says('Look whether bars and news still come, and why names were let go:', 'explain'),
};

/** What a person should do now. */
export function adviceOf(facts: AlertFacts): readonly Advice[] {
  switch (facts.kind) {
    case 'loss_limit_near':
      return [says('Decide whether you want to go on today. To stop and close everything:', "stop --by YOU --because 'WHY'"), look];
    case 'loss_limit_reached':
      return [says('Check at the broker that every position is closed.'), look];
    case 'trading_stopped':
      return [
        says('Check at the broker that it is as you want it.'),
        says('When the reason is gone, open entries again:', "clear-stop --by YOU --because 'WHY'"),
      ];
    case 'stop_cleared':
      return [look];
    case 'protection_gap':
      return [says(`Look at the broker whether ${facts.ticker} has a stop. If it has none, place one there or sell by hand.`), look];
    case 'books_differ':
      return [says("Compare the broker's positions and orders with the ledger. Did somebody trade by hand?"), look];
    case 'name_quarantined':
      return [says(`Look at ${facts.ticker} at the broker. A clean comparison lets it go by itself.`), look];
    case 'cover_back':
      return facts.held === 0 ? [look] : [says(`Look at the broker whether the stop of ${facts.ticker} is where you want it.`), look];
    case 'order_unknown':
      return facts.forMs === 0
        ? [says('Look for the order at the broker if it is not settled within two minutes.'), look]
        : [says('Look for the order at the broker now, and whether its shares have a stop there.'), look];
    case 'order_settled':
      return [look];
    case 'entries_refused':
      return [says('Look at the account: funds, restrictions, what may be traded.'), look];
    case 'broker_unreachable':
      return facts.state === 'refused'
        ? [says('Check the keys and the account at the broker; nothing is tried with other keys.')]
        : [says("Look at the broker's status page. If it lasts, watch your positions in the broker's own app.")];
    case 'broker_back':
      return [look];
    case 'answer_wanted':
      return [says('Answer at the terminal of the run. Silence takes no risk.'), look];
    case 'win_rate_falling':
      return [
        says('Twenty trades prove little. Look whether the losers have something in common before you change anything:', 'decisions'),
      ];
    case 'daily_summary':
      return facts.held.length > 0 ? [says('Look at the broker whether what is held has a stop for the night.'), look] : [look];
    case 'weekly_report':
      return [says('Each decision, and what the roads not taken would have made:', 'decisions')];
    case 'service_down':
      return [
        says('Start it again with the command that you used; it goes on by itself, at the same journal.'),
        says('What is at the broker is still there: look at it now.'),
      ];
    case 'service_back':
      return [look];
    case 'service_restarted':
      return [says('Find out why it ended, in what it printed last.'), look];
    case 'database_lost':
      return [says('Start the database again, or wait; nothing is lost.')];
    case 'database_back':
    case 'data_back':
    case 'channel_back':
    case 'projection_caught_up':
    case 'projector_back':
      return [];
    case 'projector_silent':
      return [says('Start it again; it says why when it cannot go on:', 'db follow')];
    case 'record_differs_from_broker':
      return [says('Look at each difference, and at the confirmations of the broker:', 'report --reconcile')];
    case 'run_alarm':
      return [runAdvice[facts.what]];
    case 'projection_behind':
      return [says('Look whether the database is busy or out of room.')];
    case 'schedule_missed':
      return [says('Look whether the run is there, and what it printed last.'), look];
    case 'data_stale':
      return [says("Look whether the market trades, and at the vendor's status page."), look];
    case 'rate_limit_near':
      return [says(`Look who else uses the keys of ${facts.service}, and whether many exits do.`)];
    case 'disk_low':
      return [says('Make room now.')];
    case 'journal_unreadable':
      return [says('Look at the journal, and at the broker:', 'verify')];
    case 'outside_ping_failing':
      return [says('Look at the network of this machine, and at the account of the outside watch.')];
    case 'channel_down':
      return [says('Look at its settings, and try it: catalyst alerts test --config FILE.')];
    case 'test_alert':
      return [says('Nothing.')];
    default:
      return unreachable(facts);
  }
}
