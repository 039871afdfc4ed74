import { Buffer } from 'node:buffer';
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { usageLine } from '#adapters/usage-log/usage-line';
import type { UsageRecord } from '#domain/costs/usage-record';
import type { Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import type { Usage } from '#engine/ports/usage';

export type UsageLogProblem = { readonly kind: 'usage_log_unwritable'; readonly path: string; readonly code: string };

export type UsageLogOptions = {
  readonly now: () => Instant;
  /** Counts are gathered for so long before they are written; a crash loses at most these. */
  readonly everyMs?: number;
  /** Told once of a disk that does not take it; what was counted is kept and tried again. */
  readonly failed?: (problem: UsageLogProblem) => void;
};

const EVERY_MS = 60_000;
const TAIL_BYTES = 1 << 16;

/** A record without its time: what is counted together. */
type Tally = { kind: 'data_calls'; vendor: string; endpoint: string; count: number } | TokenTally;
type TokenTally = { kind: 'model_tokens'; provider: string; model: string; input: number; cached: number; output: number };

/** Counts in memory and adds a line for each kind of use to the end of a file, every so often and at the end. */
export class UsageLog implements Usage {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #options: UsageLogOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #tallies = new Map<string, Tally>();
  #hasFailed = false;

  private constructor(path: string, descriptor: number, options: UsageLogOptions) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#options = options;
    this.#timer = setInterval(() => this.flush(), options.everyMs ?? EVERY_MS).unref();
  }

  /** Opens the file, or makes it; half a line that a crash left at its end is cut off. */
  static open(path: string, options: UsageLogOptions): Result<UsageLog, UsageLogProblem> {
    try {
      const descriptor = openSync(path, 'a+', 0o600);
      const { size } = fstatSync(descriptor);
      const whole = endOfLastLine(descriptor, size);
      if (whole < size) ftruncateSync(descriptor, whole);
      return ok(new UsageLog(path, descriptor, options));
    } catch (error) {
      return fail(problemOf(path, error));
    }
  }

  called({ vendor, endpoint }: { readonly vendor: string; readonly endpoint: string }): void {
    const tally = this.#tally(`${vendor} ${endpoint}`, { kind: 'data_calls', vendor, endpoint, count: 0 });
    if (tally.kind === 'data_calls') tally.count++;
  }

  answered({ provider, model, input, cached, output }: Parameters<Usage['answered']>[0]): void {
    const tally = this.#tally(`${provider} ${model} tokens`, { kind: 'model_tokens', provider, model, input: 0, cached: 0, output: 0 });
    if (tally.kind !== 'model_tokens') return;
    tally.input += input;
    tally.cached += cached;
    tally.output += output;
  }

  /** Writes down what was counted, and waits for the disk. */
  flush(): void {
    if (this.#tallies.size === 0) return;
    const at = this.#options.now();
    const records: readonly UsageRecord[] = [...this.#tallies.values()].map((tally) => ({ at, ...tally }));
    try {
      this.#append(Buffer.from(records.map(usageLine).join(''), 'utf8'));
      this.#tallies.clear();
      this.#hasFailed = false;
    } catch (error) {
      const problem = problemOf(this.#path, error);
      if (!this.#hasFailed) this.#options.failed?.(problem);
      this.#hasFailed = true;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.flush();
    closeSync(this.#descriptor);
  }

  #tally(key: string, none: Tally): Tally {
    const found = this.#tallies.get(key) ?? none;
    this.#tallies.set(key, found);
    return found;
  }

  /** All or nothing: half a line would spoil the one after it. */
  #append(bytes: Buffer): void {
    const { size } = fstatSync(this.#descriptor);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
      fdatasyncSync(this.#descriptor);
    } catch (error) {
      ftruncateSync(this.#descriptor, size);
      throw error;
    }
  }
}

function problemOf(path: string, error: unknown): UsageLogProblem {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return { kind: 'usage_log_unwritable', path, code: String(error.code) };
}

const LINE_FEED = 0x0a;

/** A line of ours is never longer than what is looked at here. */
function endOfLastLine(descriptor: number, size: number): number {
  const start = Math.max(0, size - TAIL_BYTES);
  const tail = Buffer.alloc(size - start);
  const read = readSync(descriptor, tail, 0, tail.length, start);
  return start + tail.subarray(0, read).lastIndexOf(LINE_FEED) + 1;
}
