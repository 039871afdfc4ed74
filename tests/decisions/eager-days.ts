import type { Entry } from '#domain/events/event';
import { defaultSettings, type Settings } from '#domain/settings';
import { type Recorder, unrecorded } from '#engine/journal/recorder';
import { type Bend, runSimulation, sessionsFrom } from '../simulation/simulated-house.js';

/** Every candidate counts as having a catalyst, so that some days are full of trades. */
const eager: Settings = {
  ...defaultSettings,
  scanner: { ...defaultSettings.scanner, priceMin: 10_000, dollarVolumeMin: 10_000 },
  unexplainedSurge: { on: true, gapMin: -1, relativeVolumeMin: 0 },
};

/** As many as a name needs to be a candidate. */
export const HISTORY = 5;

/** Some sessions that teach and some that trade, each entry told while its frames stand. */
export async function runEagerDays(
  see: (entry: Entry) => void,
  also: { readonly recorder?: Recorder; readonly bend?: Bend; readonly sessions?: number } = {},
): Promise<void> {
  const kept = also.recorder ?? unrecorded();
  const recorder: Recorder = {
    ...kept,
    append: (event, at, cause, origin) => {
      const sequence = kept.append(event, at, cause, origin);
      see({ sequence, at, cause, event });
      return sequence;
    },
  };
  await runSimulation({
    seed: 11,
    symbols: 24,
    sessions: sessionsFrom('2018-02-28', HISTORY + (also.sessions ?? 3)),
    history: HISTORY,
    settings: eager,
    recorder,
    momentum: 3,
    ...(also.bend && { bend: also.bend }),
  });
}
