import { createInterface } from 'node:readline';

/** Lines that somebody types. */
export type Lines = {
  /** The next line; null when none comes within so many milliseconds, or somebody has ended it all. */
  next(ms: number): Promise<string | null>;
  /** Lets go of what was typed before now: nobody answers a question that was not yet shown. */
  forget(): void;
};

/** Lines of the standard input, kept until they are asked for; `stop` ends the waiting. */
export function keyboardLines(stop: AbortSignal): Lines & { close(): void } {
  const reader = createInterface({ input: process.stdin });
  const typed: string[] = [];
  let wake = (): void => {};
  reader.on('line', (line) => {
    typed.push(line);
    wake();
  });
  stop.addEventListener('abort', () => wake());
  return {
    async next(ms) {
      if (typed.length === 0 && !stop.aborted)
        await new Promise<void>((done) => {
          const timer = setTimeout(done, ms);
          wake = () => {
            clearTimeout(timer);
            done();
          };
        });
      return typed.shift() ?? null;
    },
    forget() {
      typed.length = 0;
    },
    close: () => reader.close(),
  };
}
