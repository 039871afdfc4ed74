import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '#domain/values/assert';
import { type FromLoader, SESSIONS_AHEAD, type ToLoader } from '#main/bars/loader-message';
import { openReader, SessionLoader } from '#main/bars/session-loader';
import type { BarsRequest } from '#main/bars/session-reader';

/** The loader's thread: decodes sessions in order and stays a few ahead of the one who takes them. */
async function run(request: BarsRequest, tell: (message: FromLoader) => void, room: () => Promise<void>): Promise<void> {
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
  while (loader.next !== null) {
    await room();
    const loaded = await loader.loadNext();
    if (!loaded.ok) return tell({ kind: 'failed', problem: loaded.problem });
    tell({ kind: 'loaded', bars: loaded.value, refused: reader.refused.tallies() });
  }
  await reader.close();
}

/** Counts places for loaded sessions; a taken one frees a place. */
function places(): { free(): void; room(): Promise<void> } {
  let free = SESSIONS_AHEAD;
  let waiting: (() => void) | null = null;
  return {
    free: () => {
      free++;
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
const { free, room } = places();
port.on('message', (message: ToLoader) => {
  if (message.kind === 'taken') free();
});
await run(workerData as BarsRequest, (message) => port.postMessage(message), room);
port.unref();
