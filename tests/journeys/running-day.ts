import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventOf } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { decodeEntries } from '#engine/journal/reader';
import { started } from './catalyst.js';

const children: ChildProcess[] = [];

/** Ends what the tests of a file have started. */
export function endChildren(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}

/** To be ended with the others. */
export function adopt(child: ChildProcess): ChildProcess {
  children.push(child);
  return child;
}

export type Running = { readonly journal: string; readonly child: ChildProcess };

type Options = { readonly speed?: string; readonly args?: readonly string[]; readonly before?: (journal: string) => void };

/** A made-up day that a process of its own runs, from the opening of the session that is traded. */
export async function runningDay({ speed = '60', args = [], before }: Options = {}): Promise<Running> {
  const journal = mkdtempSync(join(tmpdir(), 'running-'));
  before?.(journal);
  const child = adopt(started(['start', '--symbols', '20', '--speed', speed, '--journal', journal, ...args]));
  const printed: string[] = [];
  child.stdout?.on('data', (bytes: Buffer) => void printed.push(bytes.toString()));
  await until(() => existsSync(join(journal, 'lock')) && printed.join('').includes('opens 09:30'));
  return { journal, child };
}

/** Waits until it holds, for so many seconds at most. */
export async function until(holds: () => boolean, seconds = 60): Promise<void> {
  for (let waited = 0; !holds(); waited += 50) {
    if (waited > seconds * 1000) throw new Error('it did not come to that');
    await sleep(50);
  }
}

export const ended = (child: ChildProcess): Promise<void> => new Promise((done) => child.once('exit', () => done()));

export const haltsIn = (journal: string): readonly EventOf<'halt_ordered'>[] =>
  [...decodeEntries(journal, { kinds: ['halt_ordered'] })].map(({ event }) => event);

export const requestsIn = (journal: string): readonly Request[] =>
  [...decodeEntries(journal, { kinds: ['request_received'] })].map(({ event }) => event.request);
