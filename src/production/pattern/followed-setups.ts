import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { type PatternKind, patternKinds } from '#domain/patterns/setup';
import { type FollowedPlan, SetupFollower, type Step } from '#domain/patterns/setup-outcome';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

type Resolved = EventOf<'setup_resolved'>;
type Followed = {
  readonly symbol: SymbolIndex;
  readonly pattern: PatternKind;
  readonly scanned: number;
  readonly follower: SetupFollower;
};

/** The setups of this session that have not come to their end yet, oldest first: one at a time for each name and pattern. */
export class FollowedSetups {
  #open: readonly Followed[] = [];

  follow(symbol: SymbolIndex, pattern: PatternKind, scanned: number, plan: FollowedPlan): void {
    if (this.#open.some((one) => one.symbol === symbol && one.pattern === pattern)) return;
    this.#open = [...this.#open, { symbol, pattern, scanned, follower: new SetupFollower(plan) }];
  }

  /** What a minute brought to its end. */
  update({ minute, open, high, low, close, volume, width }: Frame): readonly Resolved[] {
    if (this.#open.length === 0) return [];
    return this.#settle(({ symbol, follower }) =>
      symbol >= width || (volume[symbol] as number) < 0
        ? 'open'
        : follower.step({
            minute,
            open: open[symbol] as number,
            high: high[symbol] as number,
            low: low[symbol] as number,
            close: close[symbol] as number,
            volume: volume[symbol] as number,
          }),
    );
  }

  endSession(): readonly Resolved[] {
    return this.#settle(({ follower }) => follower.close());
  }

  hashInto(sink: StateSink): void {
    for (const { symbol, pattern, scanned, follower } of this.#open)
      sink.numbers(Float64Array.of(symbol, patternKinds.indexOf(pattern), scanned, ...follower.state));
  }

  #settle(stepOf: (one: Followed) => Step): readonly Resolved[] {
    const resolved: Resolved[] = [];
    this.#open = this.#open.filter((one) => {
      const step = stepOf(one);
      if (step === 'open') return true;
      const { symbol, pattern, scanned } = one;
      if (step !== 'never_filled') resolved.push({ kind: 'setup_resolved', symbol, pattern, scanned, ...step });
      return false;
    });
    return resolved;
  }
}
