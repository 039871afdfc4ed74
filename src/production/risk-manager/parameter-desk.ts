import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import type { Asker, RequestFault } from '#domain/events/request';
import type { Emit } from '#domain/events/service';
import { judgeChange } from '#domain/parameters/judge-change';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp, nextStamp, noStamp } from '#domain/settings-stamp';
import { unreachable } from '#domain/values/assert';
import type { StateSink } from '#domain/values/symbol-columns';

type Confirmation = Asker & { readonly because: string; readonly request: number };
type Pending = { readonly name: string; readonly before: string; readonly after: string; readonly confirmed: Confirmation | null };

/** A looser value that waits, under the number by which it is confirmed. */
export type PendingChange = {
  readonly number: number;
  readonly name: string;
  /** Canonical JSON in the settings' own units. */
  readonly before: string;
  readonly after: string;
  readonly confirmedBy: string | null;
};

export type ParameterState = { readonly settings: Settings; readonly stamp: SettingsStamp; readonly pending: readonly PendingChange[] };

/** What is about a change of parameters; the risk manager hands it on. */
export const deskReads = ['parameter_requested', 'parameter_confirmed'] as const;
export const deskEmits = ['parameters_changed', 'parameter_pending', 'request_refused'] as const;

/**
 * Changes what may be changed while running. Tighter: at once, whoever asks. Looser: it waits for a person, and then for
 * the next session, so that nobody loosens a rule in the heat of the day. Nobody passes a ceiling.
 */
export class ParameterDesk {
  #settings: Settings = defaultSettings;
  #stamp: SettingsStamp = noStamp;
  readonly #pending = new Map<number, Pending>();

  step(entry: Entry, emit: Emit): void {
    const { event, cause } = entry;
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        this.#stamp = firstStamp(event.settings);
        return this.#pending.clear();
      case 'parameter_requested':
        return this.#request(event, cause, emit);
      case 'parameter_pending':
        return this.#remember(event, entry.sequence);
      case 'parameter_confirmed':
        return this.#confirm(event, cause, emit);
      case 'session_opened':
        return this.#open(emit);
      default:
        return;
    }
  }

  /** For views: what holds, and what waits. */
  get state(): ParameterState {
    const pending = [...this.#pending].map(([number, { name, before, after, confirmed }]) => ({
      number,
      name,
      before,
      after,
      confirmedBy: confirmed?.by ?? null,
    }));
    return { settings: this.#settings, stamp: this.#stamp, pending };
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#stamp.version} ${this.#stamp.hash}`);
    for (const [change, { name, after, confirmed }] of this.#pending)
      sink.text(`${change} ${name} ${after} ${confirmed === null ? '' : `${confirmed.by} ${confirmed.because} ${confirmed.request}`}`);
  }

  #request(wish: EventOf<'parameter_requested'>, request: number, emit: Emit): void {
    const { name, value, by, from, because } = wish;
    const refuse = refusal({ request, by, subject: 0 }, emit);
    if (because.trim() === '') return refuse('no_reason', 'a change needs a reason');
    const judged = judgeChange(this.#settings, name, value);
    switch (judged.kind) {
      case 'fault':
        return refuse(judged.fault, judged.detail);
      case 'same':
        return refuse('bad_value', `${name} is ${judged.after} already`);
      case 'tighter':
        for (const [change, pending] of this.#pending) if (pending.name === name) this.#pending.delete(change);
        return this.#change({ ...judged, name, by, from, because }, emit);
      case 'looser':
        return emit({ kind: 'parameter_pending', name, before: judged.before, after: judged.after, because, by, from });
      default:
        return unreachable(judged);
    }
  }

  /** A newer wish takes the place of one for the same parameter that nobody has confirmed. */
  #remember({ name, before, after }: EventOf<'parameter_pending'>, change: number): void {
    for (const [older, pending] of this.#pending) if (pending.name === name && pending.confirmed === null) this.#pending.delete(older);
    this.#pending.set(change, { name, before, after, confirmed: null });
  }

  #confirm({ change, by, from, because }: EventOf<'parameter_confirmed'>, request: number, emit: Emit): void {
    const refuse = refusal({ request, by, subject: change }, emit);
    const { operators } = this.#settings.session;
    if (from !== 'person') return refuse('not_a_person', 'only a person makes a rule looser');
    if (operators.length > 0 && !operators.includes(by)) return refuse('not_permitted', `${by} is none of session.operators`);
    if (because.trim() === '') return refuse('no_reason', 'a confirmation needs a reason');
    const pending = this.#pending.get(change);
    if (pending === undefined) return refuse('unknown_change', `no change ${change} is pending`);
    if (pending.confirmed !== null) return refuse('already_answered', `${pending.confirmed.by} has confirmed it`);
    for (const [other, { name, confirmed }] of this.#pending) if (name === pending.name && confirmed !== null) this.#pending.delete(other);
    this.#pending.set(change, { ...pending, confirmed: { by, from, because, request } });
  }

  /** What a person has confirmed takes effect; judged again, since others may have changed since. */
  #open(emit: Emit): void {
    for (const [change, { name, after, confirmed }] of this.#pending) {
      if (confirmed === null) continue;
      this.#pending.delete(change);
      const { by, from, because, request } = confirmed;
      const judged = judgeChange(this.#settings, name, after);
      if (judged.kind === 'fault') refusal({ request, by, subject: change }, emit)(judged.fault, judged.detail);
      else if (judged.kind !== 'same') this.#change({ ...judged, name, by, from, because }, emit);
    }
  }

  #change(change: Omit<EventOf<'parameters_changed'>, 'kind' | 'stamp'>, emit: Emit): void {
    const { settings, name, before, after, by, from, because } = change;
    this.#settings = settings;
    this.#stamp = nextStamp(this.#stamp, settings);
    emit({ kind: 'parameters_changed', stamp: this.#stamp, settings, name, before, after, because, by, from });
  }
}

type Refused = { readonly request: number; readonly by: string; readonly subject: number };

const refusal =
  (refused: Refused, emit: Emit) =>
  (fault: RequestFault, detail: string): void =>
    emit({ kind: 'request_refused', ...refused, fault, detail });
