import { type LevelSource, levelSources } from '#domain/indicators/level-source';
import { type Compared, comparedBySession, type Pair } from '#main/study/session-bootstrap';
import type { Met } from '#main/study/watched-level';
import { RandomStream } from '#simulation/market/seeded-random';

/** An advantage below this, two bounces in a hundred, would be of no use. */
const USEFUL = 0.02;
/** With fewer sessions or decided tests than this nothing is said. */
const SESSIONS_MIN = 5;
const DECIDED_MIN = 100;

export type Counts = { readonly levels: number; readonly touches: number; readonly bounces: number; readonly breaks: number };
export type Verdict = 'better' | 'not better' | "can't say";
export type SourceRecord = {
  readonly source: LevelSource;
  readonly real: Counts;
  readonly random: Counts;
  readonly sessions: number;
} & Compared & {
    readonly verdict: Verdict;
  };

type Open = { levels: number; touches: number; bounces: number; breaks: number };
type Day = { readonly real: Open; readonly random: Open };
const nothing = (): Open => ({ levels: 0, touches: 0, bounces: 0, breaks: 0 });

/** What became of real and random levels, by source and session. */
export class LevelTally {
  readonly #days: Map<LevelSource, Day>[] = [];

  startSession(): void {
    this.#days.push(new Map());
  }

  made(source: LevelSource, which: keyof Day): void {
    this.#of(source)[which].levels++;
  }

  met(source: LevelSource, which: keyof Day, met: Met): void {
    const counts = this.#of(source)[which];
    if (met === 'touch') counts.touches++;
    if (met === 'bounce') counts.bounces++;
    if (met === 'break') counts.breaks++;
  }

  records(seed: number): readonly SourceRecord[] {
    const seen = levelSources.filter((source) => this.#days.some((day) => day.has(source)));
    return seen.map((source) => {
      const days = this.#days.flatMap((day) => day.get(source) ?? []);
      return recordOf(source, days, new RandomStream(seed, `bootstrap ${source}`));
    });
  }

  #of(source: LevelSource): Day {
    const today = this.#days.at(-1) as Map<LevelSource, Day>;
    const known = today.get(source);
    if (known !== undefined) return known;
    const day = { real: nothing(), random: nothing() };
    today.set(source, day);
    return day;
  }
}

function recordOf(source: LevelSource, days: readonly Day[], chance: RandomStream): SourceRecord {
  const total = (which: keyof Day): Open =>
    days.reduce((sum, day) => {
      for (const key of ['levels', 'touches', 'bounces', 'breaks'] as const) sum[key] += day[which][key];
      return sum;
    }, nothing());
  const pair = ({ real, random }: Day): Pair => ({
    real: { held: real.bounces, of: real.bounces + real.breaks },
    random: { held: random.bounces, of: random.bounces + random.breaks },
  });
  const compared = comparedBySession(days.map(pair), chance);
  const real = total('real');
  const verdict = verdictOf(compared, days.length, real.bounces + real.breaks);
  return { source, real, random: total('random'), sessions: days.length, ...compared, verdict };
}

/**
 * Better when the difference is above 0 even after so many sources were asked at once, of which one in forty would otherwise
 * seem so by chance; not better when the interval has no room for an advantage of use.
 */
function verdictOf({ differenceAbove, differenceBetween: { high } }: Compared, sessions: number, decided: number): Verdict {
  if (sessions < SESSIONS_MIN || decided < DECIDED_MIN) return "can't say";
  if (differenceAbove > 0) return 'better';
  return high < USEFUL ? 'not better' : "can't say";
}
