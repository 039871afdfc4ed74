import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromProjector, ToProjector, WorkerRequest } from '#main/record/projection-message';
import { ProjectionStopped } from '#main/record/projection-problem';
import type { Projected, ProjectorOptions } from '#main/record/projector';

/** Node runs the built worker, also when this file is run as TypeScript by the tests. */
const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/main/record/projector-worker.js', import.meta.url)
  : new URL('./projector-worker.js', import.meta.url);

/** The same as `Projector.run`, in a thread of its own. */
export async function runInThread({ address, signal, told, clock: _, ...request }: ProjectorOptions): Promise<Projected> {
  const worker = new Worker(workerUrl, { workerData: request satisfies WorkerRequest, execArgv: [] });
  const say = (message: ToProjector): void => worker.postMessage(message);
  const stop = (): void => say({ kind: 'stop' });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  let end: Projected | Error | null = null;
  worker.on('message', (message: FromProjector) => {
    switch (message.kind) {
      case 'address_wanted':
        address().then(
          (url) => say({ kind: 'address', url }),
          (error: unknown) => say({ kind: 'no_address', why: error instanceof Error ? error.message : String(error) }),
        );
        return;
      case 'told':
        return told(message.progress);
      case 'done':
        end = message.projected;
        return;
      case 'stopped':
        end = new ProjectionStopped(message.problem);
        return;
      case 'failed':
        end = new Error(message.stack);
        return;
    }
  });
  try {
    await once(worker, 'exit');
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return ended(end);
}

function ended(end: Projected | Error | null): Projected {
  if (end === null) throw new Error('the projector ended without a word');
  if (end instanceof Error) throw end;
  return end;
}
