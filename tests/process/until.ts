import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it holds; what never does is told by its name. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 90): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${seconds} seconds: ${what}`);
    await sleep(50);
  }
}
