import type { AccountEvent, BrokerState } from '#domain/events/account';
import { type Instant, instant } from '#domain/values/instant';

type Refusal = { readonly why: string; readonly at: Instant; readonly until: 'line_ready' | 'unblocked' | 'never' };

/** Whether the broker can be believed: what shuts entries, and what stops everything that changes something. */
export class Line {
  readonly #tell: (event: AccountEvent) => void;
  #told: BrokerState | null = null;
  /** News are told from here on. */
  isUp = false;
  #refusal: Refusal | null = null;
  /** While it is restricted it has refused an exit as well. */
  refusesExits = false;
  /** Why nothing is entered though the broker may well be ready. */
  #doubt: string | null = null;
  state: BrokerState = 'reconciling';
  /** A comparison that began before says nothing of whether the broker takes orders again. */
  #heldUntil: Instant = instant(0);

  constructor(tell: (event: AccountEvent) => void) {
    this.#tell = tell;
  }

  /** The account takes nothing from us at all. */
  get isRefused(): boolean {
    return this.#refusal !== null && this.#refusal.until !== 'unblocked';
  }

  /** The account is restricted: it opens nothing, and may still take what closes (D6). */
  get isRestricted(): boolean {
    return this.#refusal?.until === 'unblocked';
  }

  /** What the journal says was told last. */
  recall(state: BrokerState): void {
    this.#told = state;
  }

  up(): void {
    this.isUp = true;
    this.become('reconciling', 'line_ready');
  }

  down(why: string): void {
    this.isUp = false;
    this.become('lost', why);
  }

  refuse(why: string, until: Refusal['until'], at: Instant): void {
    if (this.#refusal?.until === 'never') return;
    this.#refusal = { why, at, until };
    this.become('refused', why);
  }

  /** Too many entries in a row ended in doubt: nothing is bought until then, and until a comparison after that is clean. */
  hold(until: Instant): void {
    this.#heldUntil = until;
    if (this.isUp) this.become('reconciling', 'orders in doubt');
  }

  /** A comparison that began at `began` has been clean and the account takes orders. */
  clean(began: Instant): void {
    if (!this.#forgives(began)) return;
    this.#refusal = null;
    this.refusesExits = false;
    const why = this.#doubt ?? (began < this.#heldUntil ? 'orders in doubt' : null);
    if (this.isUp) this.become(why === null ? 'ready' : 'reconciling', why ?? 'compared');
    else if (this.state === 'refused') this.become('lost', 'no news');
  }

  /** Entries stay shut, whatever is compared, until `trust`. */
  doubt(why: string): void {
    this.#doubt = why;
    if (this.state === 'ready') this.become('reconciling', why);
  }

  /** The next clean comparison counts again. */
  trust(): void {
    this.#doubt = null;
  }

  become(state: BrokerState, why: string): void {
    this.state = this.#refusal === null ? state : 'refused';
    if (this.state === this.#told) return;
    this.#told = this.state;
    this.#tell({ kind: 'broker_line_changed', state: this.state, why: this.#refusal?.why ?? why });
  }

  #forgives(began: Instant): boolean {
    if (this.#refusal === null) return true;
    const { until, at } = this.#refusal;
    if (until === 'never') return false;
    // News are told, and a whole reading since then was answered: the keys are good again, whether the line broke or not.
    return until === 'unblocked' || (this.isUp && began > at);
  }
}
