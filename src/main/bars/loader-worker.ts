import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '#domain/values/assert';
import { type FromLoader, sessionsAhead, type ToLoader } from '#main/bars/loader-message';
import { openReader, SessionLoader } from '#main/bars/session-loader';
import type { BarsRequest } from '#main/bars/session-reader';

/** The loader's thread: decodes sessions in order and stays a few ahead of the one who takes them. */
async function run(request: BarsRequest, tell: (message: FromLoader) => void, places: Places): Promise<void> {
  const opened = await openReader(request);
  if (!opened.ok) return tell({ kind: 'failed', problem: opened.problem });
  const reader = opened.value;
  const loader = new SessionLoader(reader);
  tell({
    kind: 'opened',
    sessions: reader.sessions,
    skipped: reader.skipped,
    unused: reader.unused ?? 0,
    refused: reader.refused.tallies(),
  });
  for (let done = 1, whole = false; loader.next !== null; done++) {
    await places.room();
    if (places.stopped) break;
    const loaded = await loader.loadNext();
    if (!loaded.ok) return tell({ kind: 'failed', problem: loaded.problem });
    if (done === 1) {
      const ahead = sessionsAhead(loaded.value);
      whole = reader.sessions.length <= ahead;
      places.add(ahead - 1);
    }
    tell({ kind: 'loaded', bars: loaded.value, refused: reader.refused.tallies() });
    if (whole ? loader.next === null : done === 1) tell({ kind: 'ready' });
  }
  await reader.close();
}

type Places = { stopped: boolean; add(count: number): void; room(): Promise<void> };

/** Counts places for loaded sessions, one to begin with; a taken session frees a place. */
function placesAhead(): Places {
  let free = 1;
  let waiting: (() => void) | null = null;
  return {
    stopped: false,
    add: (count) => {
      free += count;
      waiting?.();
      waiting = null;
    },
    room: async () => {
      if (free === 0)
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      free--;
    },
  };
}

const port = parentPort;
assert(port !== null, 'the loader runs in a thread of its own');
const places = placesAhead();
let finished = false;
port.on('message', (message: ToLoader) => {
  if (message.kind === 'stop') {
    places.stopped = true;
    if (finished) port.close();
  }
  places.add(1);
});
await run(workerData as BarsRequest, (message) => port.postMessage(message), places);
finished = true;
// The thread ends by itself: ended from outside, a native library in the middle of a call would take the process along.
if (places.stopped) port.close();
else port.unref();
