import { instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';

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
      const timer = setTimeout(end, ms);
      stop?.addEventListener('abort', end);
    }),
};
