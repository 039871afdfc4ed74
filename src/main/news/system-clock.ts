import { instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';

/** Node takes a longer wait for none at all. */
const SLEEP_MS_MAX = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  sleep: (ms, stop) =>
    new Promise((resolve) => {
      if (stop?.aborted === true) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, SLEEP_MS_MAX));
      stop?.addEventListener('abort', end);
    }),
};
