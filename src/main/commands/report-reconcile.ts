import { leaveNote } from '#main/alerts/inbox';
import { alertsFolder } from '#main/alerts/log-files';
import { alpacaConnection } from '#main/broker/alpaca-connection';
import { alpacaSettings } from '#main/broker/alpaca-settings';
import { Failure } from '#main/commands/failure';
import { readingJournal } from '#main/commands/reading-journal';
import { systemClock } from '#main/news/system-clock';
import { brokerActivities } from '#main/report/broker-activities';
import { journalActivities } from '#main/report/journal-activities';
import { observationOf, type RecordDifference, reconcile } from '#main/report/reconciliation';
import { dollars } from '#main/report/report-words';
import { note, show, showJson } from '#main/terminal';

/** The market is not listened to. */
const noMarket = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] } as const;

/** Holds the journal against the broker's activities; a difference ends the command with the code of a failed check. */
export async function reconcileCommand({ journal, json }: { readonly journal: string; readonly json: boolean }): Promise<void> {
  const ours = readingJournal(() => journalActivities(journal));
  if (ours.account === null)
    throw new Failure(
      'badInput',
      `the journal ${journal} has no account at a broker: its fills are simulated, and there is nothing to hold them against`,
    );
  const settings = alpacaSettings(process.env, null);
  if (!settings.ok) throw new Failure('usage', settings.problem.said);
  const stop = new AbortController();
  const connection = alpacaConnection(settings.value, { wanted: noMarket, clock: systemClock, stop: stop.signal });
  try {
    const theirs = await brokerActivities(connection.brokerage, ours);
    if (!theirs.ok) {
      const { problem } = theirs;
      if (problem.kind === 'other_account')
        throw new Failure(
          'badInput',
          `the journal is of account ${problem.ours} and the keys are of ${problem.theirs}: set the keys of the journal's account`,
        );
      throw new Failure('badInput', `the broker did not tell of ${problem.asked} (${problem.why}); nothing is compared, try again`);
    }
    const differences = reconcile(ours, theirs.value);
    if (json)
      showJson({ executions: theirs.value.executions.length, cash: theirs.value.cash.length, observation: observationOf(differences) });
    else
      show(
        `${ours.fills.length} fills and ${ours.cash.length} movements of cash in the journal; ${theirs.value.executions.length} executions and ${theirs.value.cash.length} movements at the broker.`,
        ...(differences.length === 0 ? ['They agree.'] : differences.map(differenceText)),
      );
    tellAlerts(journal, differences);
    if (differences.length > 0)
      throw new Failure(
        'failedCheck',
        `the journal and the broker differ in ${differences.length} ${differences.length === 1 ? 'place' : 'places'}`,
      );
  } finally {
    stop.abort();
    connection.close();
  }
}

/** Whoever watches this journal is told: who looks into the report of a night may be asleep. */
function tellAlerts(journal: string, differences: readonly RecordDifference[]): void {
  const [first] = differences;
  if (first === undefined) return;
  const trades = differences.filter(({ what }) => what === 'trades').length;
  const observation = {
    kind: 'record_differs_from_broker',
    trades,
    cash: differences.length - trades,
    first: differenceText(first),
  } as const;
  try {
    leaveNote(alertsFolder(journal), { kind: 'observed', observation });
    note('told to the alerts of this journal');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    note(`the alerts of this journal could not be told (${String(error.code)})`);
  }
}

const kindWords = { missing_here: 'missing in the journal', missing_there: 'missing at the broker', differs: 'differs' } as const;

/** A difference in a line. */
function differenceText(difference: RecordDifference): string {
  if (difference.what === 'cash') {
    const { activity, cause, ours, theirs, kind } = difference;
    return `${kindWords[kind]}: ${cause} ${activity}, journal ${ours === null ? 'nothing' : dollars(ours)}, broker ${theirs === null ? 'nothing' : dollars(theirs)}`;
  }
  const { date, ticker, ours, theirs, kind } = difference;
  const said = ({ bought, sold, money }: typeof ours): string => `bought ${bought}, sold ${sold}, money ${dollars(money)}`;
  return `${kindWords[kind]}: ${date} ${ticker}, journal ${said(ours)}; broker ${said(theirs)}`;
}
