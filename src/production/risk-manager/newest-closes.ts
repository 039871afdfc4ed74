import type { Frame } from '#domain/events/frame';

/** The newest close of a name and the one before it; null where there is none. `end` is the local minute after its bar. */
export type Closes = { readonly last: number | null; readonly before: number | null; readonly end: number };

/** Looks through the minutes of a session, oldest first, only when a name is asked for: nothing is done for each bar. */
export function closesOf(symbol: number, minutes: readonly Frame[]): Closes {
  let last: number | null = null;
  let end = 0;
  for (let place = minutes.length - 1; place >= 0; place--) {
    const { minute, width, close, volume } = minutes[place] as Frame;
    if (symbol >= width || (volume[symbol] as number) < 0) continue;
    if (last !== null) return { last, before: close[symbol] as number, end };
    last = close[symbol] as number;
    end = minute + 1;
  }
  return { last, before: null, end };
}
