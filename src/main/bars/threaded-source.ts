import { Worker } from 'node:worker_threads';
import type { FaultTally } from '#adapters/files/refused-rows';
import { assert } from '#domain/values/assert';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import { type BarProblem, BarsFailed } from '#main/bars/bar-problem';
import type { FromLoader, ToLoader } from '#main/bars/loader-message';
import { checkNext } from '#main/bars/next-session';
import type { OpenedBars } from '#main/bars/opened-bars';
import type { BarsRequest } from '#main/bars/session-reader';

/** Node runs the built worker, also when this file is run as TypeScript by the tests. */
const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/main/bars/loader-worker.js', import.meta.url)
  : new URL('./loader-worker.js', import.meta.url);

const taken: ToLoader = { kind: 'taken' };
const stop: ToLoader = { kind: 'stop' };
/** A loader that has not come to an end by then hangs, and is ended. */
const STOP_MILLISECONDS = 10_000;

/** A source whose sessions are decoded by a thread ahead of time. */
export async function openThreadedSource(request: BarsRequest): Promise<Result<OpenedBars, BarProblem>> {
  const inbox = inboxOf(new Worker(workerUrl, { workerData: request, execArgv: [] }));
  const first = await inbox.next();
  if (first.kind !== 'opened') {
    await inbox.close();
    assert(first.kind === 'failed', 'the loader opens or fails first');
    return fail(first.problem);
  }
  const { sessions, skipped, unused } = first;
  let { refused }: { refused: readonly FaultTally[] } = first;
  const ready: FromLoader[] = [];
  let at = 0;
  const load = async (date: SessionDate): Promise<SessionBars> => {
    checkNext(date, sessions[at] ?? null, sessions);
    at++;
    if (at === 1) await fill(inbox, ready);
    const message = ready.shift() ?? (await inbox.next());
    if (message.kind === 'failed') throw new BarsFailed(message.problem);
    assert(message.kind === 'loaded' && message.bars.date === date, 'the loader gives sessions in order');
    inbox.worker.postMessage(taken);
    refused = message.refused;
    return message.bars;
  };
  return ok({ source: { sessions, load, close: inbox.close }, skipped, unused, refused: () => refused });
}

/** Takes in what is loaded until the run may begin. A failure stays in the inbox, behind what came before it. */
async function fill(inbox: Inbox, ready: FromLoader[]): Promise<void> {
  for (let message = await inbox.next(); message.kind === 'loaded'; message = await inbox.next()) ready.push(message);
}

type Inbox = { readonly worker: Worker; next(): Promise<FromLoader>; close(): Promise<void> };

/** Messages of a thread in order. After a failure, or when the thread stops, each further one is that failure. */
function inboxOf(worker: Worker): Inbox {
  const waiting: FromLoader[] = [];
  let failed: FromLoader | null = null;
  let wake: (() => void) | null = null;
  const wakeUp = (): void => {
    wake?.();
    wake = null;
  };
  const gone = (reason: string): void => {
    failed ??= { kind: 'failed', problem: { kind: 'loader_stopped', reason } };
    wakeUp();
  };
  worker.on('message', (message: FromLoader) => {
    if (message.kind === 'failed') failed = message;
    else waiting.push(message);
    wakeUp();
  });
  worker.on('error', (error: unknown) => gone(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => gone(`it ended with code ${code} before all was loaded.`));
  worker.unref();

  async function next(): Promise<FromLoader> {
    // Only a pending question keeps the process alive, so that a source that was not closed does not.
    worker.ref();
    while (waiting.length === 0 && failed === null)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    worker.unref();
    const message = waiting.shift() ?? failed;
    assert(message !== null, 'a message or a failure woke us');
    return message;
  }

  return { worker, next, close: () => ended(worker) };
}

/** Asks the thread to stop after what it is doing, and waits for that. */
async function ended(worker: Worker): Promise<void> {
  if (worker.threadId < 0) return;
  worker.ref();
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage(stop);
  const timer = setTimeout(() => void worker.terminate(), STOP_MILLISECONDS);
  await exit;
  clearTimeout(timer);
}
