import type { Frame } from '#domain/events/frame';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

/** Trading minutes after which a headline is judged. */
const OUTCOME_MINUTES = 30;
/** As if a source had been right ten times and wrong ten times before anything was seen of it: Beta(10, 10). */
const PRIOR_EACH = 10;
/** Beyond these, new headlines are not judged and the source unheard for longest is forgotten. */
const PENDING_MAX = 2_048;
const SOURCES_MAX = 1_024;
/** A source's past is halved here, so that one that changes is found out and counts stay small. */
const JUDGED_MAX = 2_000;
const UNKNOWN = 0.5;
const FACTOR_MIN = 0.5;
const FACTOR_MAX = 1.5;

type Judged = { right: number; wrong: number };
type Waiting = {
  readonly source: string;
  readonly symbol: SymbolIndex;
  readonly direction: number;
  readonly knownAt: number;
  /** Open of the first bar after it was known; 0 before. */
  price: number;
  /** Sum of the market's mean moves when that bar began. */
  market: number;
  minutes: number;
  /** Session ends that it has seen. */
  rests: number;
};

/** What a source's word is worth: strength is multiplied by it. */
export const reliabilityFactor = (reliability: number): number => Math.min(FACTOR_MAX, Math.max(FACTOR_MIN, 2 * reliability));

/**
 * How often the headlines of a source were followed by a move their way: from the open of the first bar after it was known to the
 * last close thirty minutes later, against the mean of all names in the same minutes. Outcomes that a session's end cuts
 * short are not counted. While no headline waits, a minute costs nothing.
 */
export class SourceReliability {
  readonly #sources = new Map<string, Judged>();
  #waiting: Waiting[] = [];
  /** Last close of each symbol while headlines wait. */
  #last = new Int32Array(0);
  #listed = 0;
  #market = 0;
  #watching = false;

  list(count: number): void {
    this.#listed = count;
    if (!this.#watching || count <= this.#last.length) return;
    const wider = new Int32Array(count);
    wider.set(this.#last);
    this.#last = wider;
  }

  /** Posterior mean of the source, by outcomes that were complete before this instant; 0.5 when nothing is known. */
  of(source: string): number {
    const judged = this.#sources.get(nameOf(source));
    if (judged === undefined) return UNKNOWN;
    return (PRIOR_EACH + judged.right) / (2 * PRIOR_EACH + judged.right + judged.wrong);
  }

  /** A headline that takes a side. One without a source teaches nothing. */
  expect(source: string, symbol: SymbolIndex, direction: number, knownAt: number): void {
    const name = nameOf(source);
    if (name === '' || direction === 0 || this.#waiting.length >= PENDING_MAX) return;
    this.#waiting.push({ source: name, symbol, direction, knownAt, price: 0, market: 0, minutes: 0, rests: 0 });
  }

  update(frame: Frame): void {
    if (this.#waiting.length === 0 || !frame.regular) return;
    if (!this.#watching) this.#watch();
    const before = this.#market;
    this.#market += meanMove(frame, this.#last, Math.min(this.#listed, frame.width));
    let done = false;
    for (const one of this.#waiting) {
      if (one.price === 0 && frame.start >= one.knownAt && (frame.volume[one.symbol] ?? -1) >= 0) {
        one.price = frame.open[one.symbol] ?? 0;
        one.market = before;
      }
      if (one.price > 0 && ++one.minutes >= OUTCOME_MINUTES) {
        this.#judge(one);
        done = true;
      }
    }
    if (!done) return;
    this.#waiting = this.#waiting.filter(({ minutes }) => minutes < OUTCOME_MINUTES);
    if (this.#waiting.length === 0) this.#watching = false;
  }

  /** Half an hour over a night is no half an hour: what waits for its end is let go, what waits for its first bar stays one night. */
  endSession(): void {
    this.#waiting = this.#waiting.filter(({ price, rests }) => price === 0 && rests < 1);
    for (const one of this.#waiting) one.rests++;
    this.#watching = false;
  }

  /** Prices before a split are of another scale. */
  forget(symbol: number): void {
    this.#waiting = this.#waiting.filter((one) => one.symbol !== symbol || one.price === 0);
    if (symbol < this.#last.length) this.#last[symbol] = 0;
  }

  hashInto(sink: StateSink): void {
    for (const [name, { right, wrong }] of this.#sources) sink.text(`${name} ${right} ${wrong}`);
    for (const { source, symbol, direction, knownAt, price, market, minutes, rests } of this.#waiting)
      sink.text(`${source} ${symbol} ${direction} ${knownAt} ${price} ${market} ${minutes} ${rests}`);
    sink.text(`${this.#watching} ${this.#market}`);
    if (this.#watching) sink.numbers(this.#last.subarray(0, this.#listed));
  }

  #watch(): void {
    if (this.#last.length < this.#listed) this.#last = new Int32Array(this.#listed);
    else this.#last.fill(0);
    this.#market = 0;
    this.#watching = true;
  }

  #judge({ source, symbol, direction, price, market }: Waiting): void {
    const moved = (this.#last[symbol] ?? 0) / price - 1 - (this.#market - market);
    const agreed = moved * direction;
    // Neither right nor wrong: it moved exactly as everything did.
    if (agreed === 0) return;
    const judged = this.#sources.get(source) ?? { right: 0, wrong: 0 };
    if (agreed > 0) judged.right++;
    else judged.wrong++;
    if (judged.right + judged.wrong >= JUDGED_MAX) {
      judged.right = Math.floor(judged.right / 2);
      judged.wrong = Math.floor(judged.wrong / 2);
    }
    // Deleted and set again, the first of the map is always the one unheard for longest.
    this.#sources.delete(source);
    this.#sources.set(source, judged);
    if (this.#sources.size > SOURCES_MAX) for (const oldest of this.#sources.keys()) return void this.#sources.delete(oldest);
  }
}

const SOURCE_LENGTH_MAX = 80;
const nameOf = (source: string): string => source.slice(0, SOURCE_LENGTH_MAX).trim().toLowerCase();

/** Mean move over the names that have a bar, from the close before where there is one, else from the bar's open. */
function meanMove({ open, close, volume }: Frame, last: Int32Array, count: number): number {
  let sum = 0;
  let moved = 0;
  for (let s = 0; s < count; s++) {
    if ((volume[s] as number) < 0) continue;
    const before = last[s] as number;
    const now = close[s] as number;
    sum += now / (before > 0 ? before : (open[s] as number)) - 1;
    last[s] = now;
    moved++;
  }
  return moved === 0 ? 0 : sum / moved;
}
