import type { CatalystType } from '#domain/news/catalyst';
import { remaining } from '#domain/news/decay';
import type { StateSink } from '#domain/values/symbol-columns';

/** What is known of one name from one story. */
export type KnownCatalyst = {
  /** Number of the story. */
  readonly story: number;
  /** The headline that told it first for this name. */
  readonly headline: string;
  readonly type: CatalystType;
  readonly direction: number;
  /** 0 to 1 at its publication. */
  readonly strength: number;
  readonly sentiment: number;
  readonly reliability: number;
  /** When the story was first published. */
  readonly since: number;
  outlets: number;
};

/** Without a cue, or with a tone against it, a headline neither confirms a name nor speaks against it. */
export const speaks = ({ type, strength }: Pick<KnownCatalyst, 'type' | 'strength'>): boolean => type !== 'other_news' && strength > 0;

/** What has faded below this no longer speaks: 0.8 with a half-life of a day is silent after three. */
const FORGOTTEN_BELOW = 0.1;
/** Of a name so many stories are kept; the weakest gives way. */
const STORIES_EACH_MAX = 8;

/** The catalysts of each name that have not faded yet. */
export class KnownCatalysts {
  readonly #bySymbol = new Map<number, KnownCatalyst[]>();

  /** What a story said of a name before; undefined when it is news to it. */
  find(symbol: number, story: number): KnownCatalyst | undefined {
    return this.#bySymbol.get(symbol)?.find((one) => one.story === story);
  }

  add(symbol: number, catalyst: KnownCatalyst, at: number): void {
    const known = this.#bySymbol.get(symbol);
    if (known === undefined) return void this.#bySymbol.set(symbol, [catalyst]);
    known.push(catalyst);
    if (known.length > STORIES_EACH_MAX) known.splice(weakestOf(known, at), 1);
  }

  /** What counts of a name at this instant, and how much is left of it: bad news before any other, then the strongest, then the latest. */
  best(symbol: number, at: number): { readonly known: KnownCatalyst; readonly strength: number } | null {
    let best: { readonly known: KnownCatalyst; readonly strength: number } | null = null;
    for (const known of this.#bySymbol.get(symbol) ?? none) {
      const strength = strengthAt(known, at);
      if (strength < FORGOTTEN_BELOW) continue;
      const worse = Number(known.direction < 0) - Number(best !== null && best.known.direction < 0);
      if (best === null || worse > 0 || (worse === 0 && strength >= best.strength)) best = { known, strength };
    }
    return best;
  }

  /** Lets go of what has faded. */
  sweep(at: number): void {
    for (const [symbol, known] of this.#bySymbol) {
      const left = known.filter((one) => strengthAt(one, at) >= FORGOTTEN_BELOW);
      if (left.length === 0) this.#bySymbol.delete(symbol);
      else if (left.length < known.length) this.#bySymbol.set(symbol, left);
    }
  }

  hashInto(sink: StateSink): void {
    for (const [symbol, known] of this.#bySymbol)
      for (const { story, headline, type, direction, strength, sentiment, reliability, since, outlets } of known)
        sink.text(`${symbol} ${story} ${headline} ${type} ${direction} ${strength} ${sentiment} ${reliability} ${since} ${outlets}`);
  }
}

const none: readonly KnownCatalyst[] = [];

const strengthAt = ({ type, strength, since }: KnownCatalyst, at: number): number => strength * remaining(type, at - since);

/** Of two as weak, the older; bad news last, since it bars a name. */
function weakestOf(known: readonly KnownCatalyst[], at: number): number {
  let weakest = 0;
  let least = Infinity;
  known.forEach((one, place) => {
    const weight = strengthAt(one, at) + Number(one.direction < 0);
    if (weight >= least) return;
    least = weight;
    weakest = place;
  });
  return weakest;
}
