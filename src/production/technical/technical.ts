import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { AgreedCandidate, ConfirmedCandidate } from '#domain/events/funnel';
import type { Emit, Service } from '#domain/events/service';
import { defaultSettings } from '#domain/settings';
import type { StateSink } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';
import { faultsIn, measuresOf } from '#production/technical/agreement';
import { Chart } from '#production/technical/chart';
import { snapshotOf } from '#production/technical/snapshot';

type Judged = Pick<AgreedCandidate, 'symbol' | 'score'>;

const AGREED_MAX = 20;
/** Keeps the candidates whose indicators agree with a move up: 35 → 20, with ATR and levels for those that follow. */
export function technical(): Service {
  return new Technical();
}

class Technical implements Service {
  readonly name = 'technical';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'bars_closed',
    'session_closed',
    'catalysts_confirmed',
  ] as const;
  readonly hears = ['parameters_changed'] as const;
  readonly emits = ['indicators_agreed'] as const;
  readonly #chart = new Chart();
  /** What a point is worth in the score. */
  #weight = defaultSettings.weights.indicator;

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#weight = event.settings.weights.indicator;
        return;
      case 'session_opened':
        return this.#chart.open(event);
      case 'split_took_effect':
        return this.#chart.forget(event.symbol);
      case 'bars_closed':
        return this.#chart.update(event.frame);
      case 'session_closed':
        return this.#chart.close();
      case 'catalysts_confirmed':
        return emit(this.#agree(event));
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#chart.hashInto(sink);
  }

  #agree({ scan, minute, kept }: EventOf<'catalysts_confirmed'>): EventOf<'indicators_agreed'> {
    const drops = new Drops();
    const agreed: Judged[] = [];
    for (const candidate of kept) {
      const mask = faultsIn(measuresOf(this.#chart, candidate.symbol));
      if (mask === 0) agreed.push(this.#judged(candidate));
      else drops.add(candidate.symbol, mask);
    }
    const { kept: chosen, rest } = best(agreed, AGREED_MAX);
    drops.ranked(rest);
    this.#chart.minutes.watch(chosen.map(({ symbol }) => symbol));
    return { kind: 'indicators_agreed', scan, minute, kept: chosen.map((one) => this.#told(one)), dropped: drops.taken() };
  }

  /** Each indicator that goes along adds a point times its weight: MACD above its signal, close above SMA 20 and 50, volume rising. */
  #judged({ symbol, score }: ConfirmedCandidate): Judged {
    const chart = this.#chart;
    const { macd, recent } = chart.fiveMinutes;
    const close = chart.lastClose(symbol);
    const points =
      Number((macd.histogram.values[symbol] as number) > 0) +
      Number(close > recent.sma(symbol, 20)) +
      Number(close > recent.sma(symbol, 50)) +
      Number(chart.volumeRatio(symbol) > 1);
    return { symbol, score: score + points * this.#weight };
  }

  /** All that is known of one that is kept; asked only of those, since it is much. */
  #told({ symbol, score }: Judged): AgreedCandidate {
    const chart = this.#chart;
    const close = chart.lastClose(symbol);
    return {
      symbol,
      score,
      close,
      atr: chart.fiveMinutes.atr.value.values[symbol] as number,
      vwap: chart.vwap(symbol),
      volumeRatio: chart.volumeRatio(symbol),
      levels: chart.levelsAround(symbol, close),
      indicators: snapshotOf(chart, symbol),
      minuteShares: chart.meanVolume.value(symbol),
    };
  }
}
