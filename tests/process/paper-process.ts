import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from '../journeys/catalyst.js';
import { adopt } from '../journeys/running-day.js';
import { until } from './until.js';

export type Around = {
  readonly sim: { readonly address: string };
  readonly journal: string;
  /** Where leases are kept: one folder for all processes that should know of each other. */
  readonly state: string;
  readonly parameters: string;
  /** A command that runs the program, such as a shell that takes something away from it first. */
  readonly inside?: readonly string[];
  /** Another build than the one of this checkout. */
  readonly build?: string;
  readonly args?: readonly string[];
};

const NAMES = ['ZZBK', 'ZZVL'] as const;

/** `catalyst paper` in a process of its own. */
export class PaperProcess {
  readonly child: ChildProcess;
  readonly around: Around;
  readonly #began = performance.now();
  #out = '';
  #err = '';
  /** Milliseconds of the machine until the broker's lists agreed with the book; null before. */
  readyMs: number | null = null;

  constructor(around: Around) {
    const { sim, journal, state, parameters, inside = [], args = [], build = program } = around;
    this.around = around;
    const { APCA_API_KEY_ID: _, APCA_API_SECRET_KEY: __, ...env } = process.env;
    const [command = process.execPath, ...rest] = [
      ...inside,
      ...[process.execPath, build, 'paper', '--sim', sim.address, '--symbols', NAMES.join(','), '--parameters', parameters],
      ...['--journal', journal, ...args],
    ];
    this.child = adopt(spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, CATALYST_STATE: state } }));
    this.child.stdout?.on('data', (text) => {
      this.#out += String(text);
      if (this.readyMs === null && this.#out.includes('broker   ready')) this.readyMs = performance.now() - this.#began;
    });
    this.child.stderr?.on('data', (text) => {
      this.#err += String(text);
    });
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until it has printed that; a process that ends before has not. */
  async says(text: string | RegExp, seconds = 90): Promise<void> {
    const isThere = (): boolean => (typeof text === 'string' ? this.#out.includes(text) : text.test(this.#out));
    try {
      await until(`"${text}" is printed`, () => isThere() || this.hasEnded, seconds);
      if (!isThere()) throw new Error(`it ended (${this.child.exitCode ?? this.child.signalCode}) before "${text}" was printed`);
    } catch (error) {
      throw new Error(`${String(error)}\n${this.#out}\n${this.#err}`);
    }
  }

  /** Ready to trade; the mission allows 20 seconds. */
  async ready(seconds = 60): Promise<number> {
    await this.says('broker   ready', seconds);
    return this.readyMs ?? Number.POSITIVE_INFINITY;
  }

  kill(): Promise<void> {
    return this.#ended('SIGKILL');
  }

  /** Asks it to end and waits until it has; what it does not do in time is told. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    await this.#ended(signal);
    return this.child.exitCode;
  }

  async gone(seconds = 60): Promise<number | null> {
    await until('the process has ended', () => this.hasEnded, seconds);
    return this.child.exitCode;
  }

  async #ended(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const closed = once(this.child, 'close');
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGABRT'), 60_000);
    await closed;
    clearTimeout(late);
  }
}
