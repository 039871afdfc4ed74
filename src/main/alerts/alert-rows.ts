import type { Alert, AlertKind, Severity } from '#domain/alerts/alert';
import type { LogLine } from '#domain/alerts/alert-record';
import { headlineOf } from '#domain/alerts/headline';
import { endedBy, keyOf } from '#domain/alerts/incident';
import type { Message } from '#domain/alerts/message';
import { severityOf } from '#domain/alerts/severity';
import { newYorkStamp } from '#domain/alerts/words';
import { formatInstant } from '#domain/values/instant';

/** One alert and what became of it. */
export type AlertRow = {
  readonly id: number;
  readonly at: string;
  readonly newYork: string;
  readonly severity: Severity;
  readonly kind: AlertKind;
  readonly headline: string;
  readonly sequence: number | null;
  /** Channels that have taken a message that tells it. */
  readonly deliveredTo: readonly string[];
  /** How often it was tried in vain. */
  readonly failures: number;
  /** In which message it was told; null while it waits. */
  readonly message: number | null;
  readonly acknowledgedBy: string | null;
  readonly because: string | null;
  /** Critical, and neither acknowledged nor over. */
  readonly isOpen: boolean;
};

type Fate = {
  message: Message | null;
  deliveredTo: Set<string>;
  failures: number;
  by: string | null;
  because: string | null;
  isOver: boolean;
};

/** Every alert of a log, oldest first. */
export function alertRows(lines: readonly LogLine[]): readonly AlertRow[] {
  const alerts = new Map<number, { readonly alert: Alert; readonly fate: Fate }>();
  const tellers = new Map<number, readonly number[]>();
  const each = (message: number, act: (fate: Fate) => void): void => {
    for (const id of tellers.get(message) ?? []) {
      const found = alerts.get(id);
      if (found !== undefined) act(found.fate);
    }
  };
  for (const line of lines) {
    switch (line.kind) {
      case 'raised':
        endOthers(line.alert, alerts.values());
        alerts.set(line.alert.id, { alert: line.alert, fate: newFate() });
        break;
      case 'posted':
        tellers.set(line.message.id, line.message.alerts);
        each(line.message.id, (fate) => {
          fate.message = line.message;
        });
        break;
      case 'delivered':
        each(line.message, (fate) => fate.deliveredTo.add(line.channel));
        break;
      case 'failed':
        each(line.message, (fate) => {
          fate.failures++;
        });
        break;
      case 'acknowledged':
        acknowledge(line, alerts);
        break;
      default:
    }
  }
  return [...alerts.values()].map(rowOf);
}

const newFate = (): Fate => ({ message: null, deliveredTo: new Set(), failures: 0, by: null, because: null, isOver: false });

function endOthers({ facts }: Alert, others: Iterable<{ readonly alert: Alert; readonly fate: Fate }>): void {
  const ended = endedBy(facts);
  if (ended.length === 0) return;
  for (const { alert, fate } of others) if (ended.some((beginning) => keyOf(alert.facts).startsWith(beginning))) fate.isOver = true;
}

/** What has repeated the same matter until then is seen with it. */
function acknowledge(
  { alert: id, by, because }: Extract<LogLine, { readonly kind: 'acknowledged' }>,
  alerts: ReadonlyMap<number, { readonly alert: Alert; readonly fate: Fate }>,
): void {
  const found = alerts.get(id);
  if (found === undefined) return;
  const key = keyOf(found.alert.facts);
  for (const { alert, fate } of alerts.values()) {
    if (fate.by !== null || keyOf(alert.facts) !== key) continue;
    fate.by = by;
    fate.because = because;
  }
}

function rowOf({ alert, fate }: { readonly alert: Alert; readonly fate: Fate }): AlertRow {
  const { id, at, facts, sequence } = alert;
  const severity = severityOf(facts);
  return {
    id,
    at: formatInstant(at),
    newYork: newYorkStamp(at),
    severity,
    kind: facts.kind,
    headline: headlineOf(facts),
    sequence,
    deliveredTo: [...fate.deliveredTo],
    failures: fate.failures,
    message: fate.message?.id ?? null,
    acknowledgedBy: fate.by,
    because: fate.because,
    isOpen: severity === 'critical' && fate.by === null && !fate.isOver,
  };
}

/** One line for people. */
export function rowText(row: AlertRow): string {
  const arrived =
    row.deliveredTo.length > 0 ? `sent by ${row.deliveredTo.join(', ')}` : row.message === null ? 'held back' : 'NOT DELIVERED yet';
  const seen = row.acknowledgedBy !== null ? `, seen by ${row.acknowledgedBy}: ${row.because ?? ''}` : row.isOpen ? ', OPEN' : '';
  return `${String(row.id).padStart(5)}  ${row.newYork}  ${row.severity.padEnd(11)}  ${row.headline}  (${arrived}${seen})`;
}
