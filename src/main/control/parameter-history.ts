import type { Instant } from '#domain/values/instant';
import { decodeEntries } from '#engine/journal/reader';
import { deskReads, ParameterDesk, type ParameterState } from '#production/risk-manager/parameter-desk';

/** One line of the history. `before` and `after` are canonical JSON in the settings' own units, '' where there are none. */
export type ParameterChange = {
  readonly sequence: number;
  readonly at: Instant;
  readonly what: 'changed' | 'pending' | 'confirmed' | 'refused';
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly by: string;
  readonly because: string;
  /** Of the settings from then on, 0 where they stay. */
  readonly version: number;
};

const kinds = ['parameter_requested', 'parameters_changed', 'parameter_pending', 'parameter_confirmed', 'request_refused'] as const;
const deskSteps = ['run_started', 'session_opened', 'parameter_pending', ...deskReads] as const;

/** What a journal tells of its parameters, oldest first. Throws a `JournalError` as its readers do. */
export function changesIn(journal: string): readonly ParameterChange[] {
  const changes: ParameterChange[] = [];
  /** Requests about parameters, by the sequence of their entry at the door. */
  const asked = new Map<number, string>();
  for (const { sequence, at, cause, event } of decodeEntries(journal, { kinds })) {
    const row = { sequence, at, before: '', after: '', version: 0 };
    switch (event.kind) {
      case 'parameter_requested':
        asked.set(cause, event.name);
        break;
      case 'parameter_confirmed':
        asked.set(cause, `change ${event.change}`);
        changes.push({ ...row, what: 'confirmed', name: `change ${event.change}`, by: event.by, because: event.because });
        break;
      case 'parameters_changed':
        changes.push({ ...row, what: 'changed', ...textsOf(event), version: event.stamp.version });
        break;
      case 'parameter_pending':
        changes.push({ ...row, what: 'pending', ...textsOf(event) });
        break;
      default: {
        const name = asked.get(event.request);
        if (name !== undefined) changes.push({ ...row, what: 'refused', name, by: event.by, because: event.detail });
      }
    }
  }
  return changes;
}

type Texts = Pick<ParameterChange, 'name' | 'before' | 'after' | 'by' | 'because'>;

const textsOf = ({ name, before, after, by, because }: Texts): Texts => ({ name, before, after, by, because });

/** What holds at the end of a journal, and what waits: as the desk itself decides it. */
export function stateIn(journal: string): ParameterState {
  const desk = new ParameterDesk();
  for (const entry of decodeEntries(journal, { kinds: deskSteps })) desk.step(entry, () => {});
  return desk.state;
}
