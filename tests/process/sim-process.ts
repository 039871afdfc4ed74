import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { started } from '../journeys/catalyst.js';
import { adopt } from '../journeys/running-day.js';
import { until } from './until.js';

/** An order as the wire has it, as far as the checks look at it. */
export type WireOrder = {
  readonly id: string;
  readonly client_order_id: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly type: string;
  readonly status: string;
  readonly qty: string;
  readonly filled_qty: string;
  readonly legs: readonly WireOrder[] | null;
};

type Moved = { readonly account: string; readonly unit: string; readonly amount: number };

const SEED = 21;
const ended = new Set(['filled', 'canceled', 'expired', 'rejected', 'replaced', 'done_for_day']);
export const isLive = ({ status }: WireOrder): boolean => !ended.has(status);

/** New York is four hours behind on this day. */
function instantOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return Date.parse('2026-03-16T04:00:00Z') + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** A simulated broker in a process of its own, on the day on which seed 21 buys ZZVL at 10:15. */
export class SimProcess {
  readonly child: ChildProcess;
  readonly keyId: string;
  readonly secret: string;
  readonly #admin: string;
  readonly #trading: string;

  private constructor(child: ChildProcess, said: Readonly<Record<'admin' | 'trading' | 'keyId' | 'secret', string>>) {
    this.child = child;
    this.#admin = said.admin;
    this.#trading = said.trading;
    this.keyId = said.keyId;
    this.secret = said.secret;
  }

  /** Stands at `at` of New York, and passes slowly until somebody sets its speed. */
  static async start({ at = '10:14', args = [] as readonly string[] } = {}): Promise<SimProcess> {
    const child = adopt(started(['sim-broker', '--seed', `${SEED}`, '--symbols', '60', '--at', at, '--json', ...args]));
    let out = '';
    child.stdout?.on('data', (text) => {
      out += String(text);
    });
    await until('the simulated broker has said where it is', () => out.includes('\n'));
    return new SimProcess(child, JSON.parse(out));
  }

  get address(): string {
    return this.#admin;
  }

  async admin<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.#admin}${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
    return said as Answer;
  }

  /** A rule of docs/reference/sim-broker.md. */
  fault(rule: { readonly name: string } & Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.admin('POST', '/faults', rule);
  }

  heal(name: string): Promise<unknown> {
    return this.admin('DELETE', `/faults/${name}`);
  }

  async fired(name: string): Promise<number> {
    const { fired } = await this.admin<{ readonly fired: readonly { readonly name: string }[] }>('GET', '/faults');
    return fired.filter((each) => each.name === name).length;
  }

  /** From now on so many seconds of the market pass in one of ours. */
  speed(speed: number): Promise<unknown> {
    return this.admin('POST', '/speed', { speed });
  }

  /** Whether that time of New York on the first day is over. */
  async isPast(time: string): Promise<boolean> {
    const { now } = await this.admin<{ readonly now: string }>('GET', '/status');
    return Date.parse(now) >= instantOf(time);
  }

  /** It is that time of New York now, and everything up to it happens; nothing where it is later already. */
  async moveTo(time: string): Promise<void> {
    if (!(await this.isPast(time))) await this.admin('POST', '/time', { at: new Date(instantOf(time)).toISOString() });
  }

  step(minutes: number): Promise<unknown> {
    return this.admin('POST', '/step', { ms: minutes * 60_000 });
  }

  /** As a client asks, of the same budget as the house. */
  async ask<Answer>(path: string): Promise<Answer> {
    const headers = { 'APCA-API-KEY-ID': this.keyId, 'APCA-API-SECRET-KEY': this.secret };
    for (let tries = 0; tries < 60; tries++) {
      const answer = await fetch(`${this.#trading}${path}`, { headers });
      if (answer.ok) return (await answer.json()) as Answer;
      await sleep(500);
    }
    throw new Error(`no answer to ${path}`);
  }

  /** Every order that it has ever taken. */
  orders(): Promise<readonly WireOrder[]> {
    return this.ask('/v2/orders?status=all&limit=500&nested=false');
  }

  /** Shares by name, out of every movement that there was. */
  async positions(): Promise<Readonly<Record<string, number>>> {
    const { entries } = await this.admin<{ readonly entries: readonly { readonly lines: readonly Moved[] }[] }>('GET', '/ledger');
    const shares: Record<string, number> = {};
    for (const { account, unit, amount } of entries.flatMap(({ lines }) => lines))
      if (account === 'customer' && unit !== 'USD') shares[unit] = (shares[unit] ?? 0) + amount / 1e9;
    return Object.fromEntries(Object.entries(shares).filter(([, count]) => count !== 0));
  }

  async violated(): Promise<readonly string[]> {
    return (await this.admin<{ readonly violated: readonly string[] }>('GET', '/invariants')).violated;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}
