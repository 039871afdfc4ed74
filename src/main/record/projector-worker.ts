import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '#domain/values/assert';
import { JournalError } from '#engine/journal/problems';
import { systemClock } from '#main/news/system-clock';
import type { FromProjector, ToProjector, WorkerRequest } from '#main/record/projection-message';
import { ProjectionStopped } from '#main/record/projection-problem';
import { Projector } from '#main/record/projector';

// A projector in a thread of its own: what takes long to reckon holds up nobody else.
const port = parentPort;
assert(port !== null, 'a thread has a parent');
const tell = (message: FromProjector): void => port.postMessage(message);
const ending = new AbortController();
let waiting: ((answer: ToProjector) => void)[] = [];

port.on('message', (message: ToProjector) => {
  if (message.kind === 'stop') return ending.abort();
  const answered = waiting;
  waiting = [];
  for (const answer of answered) answer(message);
});

async function address(): Promise<string> {
  const answer = await new Promise<ToProjector>((resolve) => {
    waiting.push(resolve);
    tell({ kind: 'address_wanted' });
  });
  if (answer.kind === 'address') return answer.url;
  throw new Error(answer.kind === 'no_address' ? answer.why : 'stopped');
}

const request = workerData as WorkerRequest;
const told = (progress: Parameters<ConstructorParameters<typeof Projector>[0]['told']>[0]): void => tell({ kind: 'told', progress });
try {
  const projector = new Projector({ ...request, address, signal: ending.signal, clock: systemClock, told });
  tell({ kind: 'done', projected: await projector.run() });
} catch (error) {
  if (error instanceof ProjectionStopped || error instanceof JournalError) tell({ kind: 'stopped', problem: error.problem });
  else tell({ kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
port.close();
