import type { Alert, AlertFacts, AlertKind } from '#domain/alerts/alert';
import { letterOf } from '#domain/alerts/letter';
import { defaultCooldownMs, defaultPolicy } from '#domain/alerts/policy';
import { severityOf } from '#domain/alerts/severity';
import { MINUTE_MS } from '#domain/values/instant';
import { at, samples } from '#tests/alerts/samples';

/** When each is told, and where its severity depends on something, on what. */
const when: Readonly<Record<AlertKind, string>> = {
  loss_limit_near: 'the day has lost 75 %, then 90 %, of its limit (`loss_warned`)',
  loss_limit_reached: 'a stop for the loss of the day, of the week, or the drawdown (`halt_ordered`)',
  trading_stopped: 'an emergency stop that somebody asked for, or entries that repeat themselves (`halt_ordered`)',
  stop_cleared: 'a person has lifted a stop; ends the two above',
  protection_gap: 'shares that no stop at the broker covers (`cover_missing`)',
  cover_back: 'the broker has taken a stop for all of them, or they are sold; ends the one above',
  books_differ:
    "the broker's lists differ from the book (`difference_found`); `critical` for shares and the account, `warning` for cash, clocks and single orders",
  name_quarantined: 'no entries in a name until the books agree',
  order_unknown: 'an order was sent and nobody knows what became of it; `critical` when that lasts two minutes of the journal',
  order_settled: 'it is known again; ends the one above; told at once only when that was critical',
  entries_refused: 'each fifth entry in a row that the broker refuses',
  broker_unreachable:
    'the line is lost, or our keys are refused (`broker_line_changed`); `critical` when something is held or the keys are refused, else `warning`',
  broker_back: 'the lists agree again; ends the one above',
  answer_wanted: 'a question that a person is to answer by its deadline',
  win_rate_falling: 'the 95 % interval of the newest trades lies wholly below that of all before them',
  daily_summary: 'the end of a session',
  weekly_report:
    'the end of the last session that the calendar has in a week; where that was not run to its end, the beginning of the next',
  service_down:
    'nobody has written the journal for `serviceDownSeconds`, unless its run was ended on purpose out of hours with nothing held; `critical` in market hours or when something is held, else `warning`',
  service_back: 'somebody writes it again; ends the one above',
  service_restarted: 'another process has taken the journal over in market hours, or with something held',
  database_lost:
    'the database of `databaseFromEnv` does not answer three times, ten seconds apart, or `catalyst db follow` says for `databaseAwaySeconds` that it is away',
  database_back: 'it answers, and whoever writes it has it again; ends the one above',
  projection_behind:
    '`projectionEntries` or `projectionBehindSeconds` behind the journal for a minute, while the database is there; at once when told',
  projection_caught_up: 'it is nearer than half of that; ends the one above',
  projector_silent:
    '`catalyst db follow` has told nothing for `projectorSilentSeconds`, unless somebody has ended it, or none has ever run here',
  projector_back: 'it tells again, or somebody has ended it; ends the one above',
  record_differs_from_broker: '`catalyst report --reconcile` has found a difference',
  run_alarm: 'the run prints an alarm of itself: memory, disk, open files, a loop that stood still, sessions that find nothing',
  schedule_missed: 'no session is open before the market, a scan is late, or the day is not closed after the market',
  data_stale: 'no bar for `barsMissingMinutes` of a session; `critical` when something is held, else `warning`',
  data_back: 'bars come again; ends the one above',
  rate_limit_near: 'four fifths of the requests that the broker allows in a minute are used; or told of another limit',
  disk_low: 'less than `diskFreeMegabytes` are left for the journal, or told of another folder',
  journal_unreadable: 'the journal is spoiled for two seconds on end, so that it is no writing that is underway',
  outside_ping_failing: 'the outside watch did not take the ping `missesMax` times in a row',
  channel_down: 'three tries of a channel have failed in a row',
  channel_back: 'it delivers again; ends the one above',
  test_alert: '`catalyst alerts test`; as loud as it says',
};

function row(facts: AlertFacts): string {
  const alert: Alert = { id: 17, at, raisedAt: at, sequence: 1204, place: 'live', facts };
  const message = { id: 3, at, purpose: 'alert', severity: severityOf(facts), alerts: [17], open: [], escalated: false } as const;
  const { subject } = letterOf({ message, alerts: [alert], open: [], journal: 'journals/today' });
  const cooldown = defaultCooldownMs[facts.kind] / MINUTE_MS;
  return `| \`${facts.kind}\` | ${severityOf(facts)} | ${when[facts.kind]} | ${subject} | ${cooldown === 0 ? 'none' : `${cooldown} min`} |`;
}

/** The table of every kind. */
export const kindsTable = (): string =>
  ['| kind | loudness | when | for example | cooldown |', '|---|---|---|---|---|', ...Object.values(samples).map(row)].join('\n');

/** The defaults of the file. */
export const policyLine = (): string => {
  const minutes = (ms: number): number => ms / MINUTE_MS;
  const { hourlyCap, groupMs, digestMs, remindMs, remindMsMax, escalateMs } = defaultPolicy;
  return `Unless the file says otherwise: ${hourlyCap} messages an hour that are not critical, a window of ${minutes(groupMs)} minutes, a digest after ${minutes(digestMs)}, reminders after ${minutes(remindMs)} minutes and then at twice the distance up to ${minutes(remindMsMax)}, escalation after ${minutes(escalateMs)}.`;
};
