import type { Instant } from '#domain/values/instant';

/** Trouble of market data, of the kinds of broker-alpaca §15 and of the catalogue's C and F. */
export type DataEffect =
  /** Connected, and nothing is said any more; pings are left unanswered as well where `pings` is false. Until it is removed. */
  | { readonly kind: 'mute'; readonly pings: boolean }
  /** What the streams say comes so much later. Until it is removed. */
  | { readonly kind: 'lag'; readonly ms: number }
  | { readonly kind: 'refuse_handshake'; readonly status: number }
  /** The next message of a client is answered by this code of §15, and the line ends where `ends` says so. */
  | { readonly kind: 'stream_error'; readonly code: number; readonly ends: boolean }
  /** A request whose path begins so is answered with this. */
  | { readonly kind: 'answer'; readonly path: string; readonly status: number; readonly body: string }
  /** A request whose path begins so gets no answer, or its connection is reset. */
  | { readonly kind: 'silence'; readonly path: string }
  | { readonly kind: 'reset'; readonly path: string };

/** One thing that goes wrong, `times` times (1 where it is not said, 0 for ever): data alone, so that a script in JSON can hold it. */
export type DataFault = { readonly name: string; readonly on: 'data'; readonly times?: number; readonly effect: DataEffect };

/** A fault that has happened, when, and to which path or feed. */
export type DataFaultFired = { readonly name: string; readonly at: Instant; readonly to: string };

type EffectOf<Kind extends DataEffect['kind']> = Extract<DataEffect, { readonly kind: Kind }>;

/** The faults that are on, and those that happened. */
export class DataFaults {
  #rules: readonly DataFault[] = [];
  readonly #fired: DataFaultFired[] = [];
  readonly #met = new Map<string, number>();

  get rules(): readonly DataFault[] {
    return this.#rules;
  }

  get fired(): readonly DataFaultFired[] {
    return this.#fired;
  }

  /** One of the same name is replaced and begins to count anew. */
  add(fault: DataFault): void {
    this.remove(fault.name);
    this.#rules = [...this.#rules, fault];
  }

  remove(name: string): void {
    this.#rules = this.#rules.filter((fault) => fault.name !== name);
    this.#met.delete(name);
  }

  /** What goes wrong now, if anything of that kind does; it counts as having happened. */
  take<Kind extends DataEffect['kind']>(kind: Kind, to: string, at: Instant): EffectOf<Kind> | null {
    for (const { name, times = 1, effect } of this.#rules) {
      if (!isOf(effect, kind) || ('path' in effect && !to.startsWith(effect.path))) continue;
      const met = this.#met.get(name) ?? 0;
      if (times !== 0 && met >= times) continue;
      this.#met.set(name, met + 1);
      this.#fired.push({ name, at, to });
      return effect;
    }
    return null;
  }

  /** What holds for as long as it is on; that it did something is told once. */
  holding<Kind extends 'mute' | 'lag'>(kind: Kind, to: string, at: Instant): EffectOf<Kind> | null {
    for (const { name, effect } of this.#rules) {
      if (!isOf(effect, kind)) continue;
      if (!this.#fired.some((fired) => fired.name === name)) this.#fired.push({ name, at, to });
      return effect;
    }
    return null;
  }
}

const isOf = <Kind extends DataEffect['kind']>(effect: DataEffect, kind: Kind): effect is EffectOf<Kind> => effect.kind === kind;
