import { formatInstant, instant } from '#domain/values/instant';
import { numberIn } from '#domain/values/json-field';
import { type AdminActs, done, refused } from '#main/sim-broker/admin-door';
import { momentIn, wholeIn } from '#main/sim-broker/said-values';
import type { Serving } from '#main/sim-broker/serving';

/** A year: further ahead there are no bars in any case. */
const STEP_MS_MAX = 366 * 86_400_000;

/** The simulated time by hand. It never goes back. */
export function timeActs(serving: Serving): AdminActs {
  const told = () => ({ now: formatInstant(serving.time.now()), speed: serving.time.speed });
  return {
    'POST /time': async (said) => {
      const at = momentIn(said, 'at');
      if (at === null) return refused('expected {"at"} such as "2026-03-16T13:30:00Z"');
      if (at < serving.time.now()) return refused(`time does not go back: it is ${formatInstant(serving.time.now())}`);
      await serving.moveTo(at);
      return done(told());
    },
    'POST /step': async (said) => {
      const ms = wholeIn(said, 'ms');
      if (ms === null || ms < 0 || ms > STEP_MS_MAX) return refused('expected {"ms"}, a whole number of milliseconds ahead');
      await serving.moveTo(instant(serving.time.now() + ms));
      return done(told());
    },
    'POST /speed': (said) => {
      const speed = numberIn(said, 'speed');
      if (speed === null || speed < 0 || speed > 100_000)
        return refused('expected {"speed"}: how many seconds pass in one; 0 stands still');
      serving.setSpeed(speed);
      return done(told());
    },
  };
}
