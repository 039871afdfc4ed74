import { setMaxListeners } from 'node:events';
import { AlpacaBrokerage, tradingBounds } from '#adapters/alpaca/alpaca-brokerage';
import { AlpacaHost } from '#adapters/alpaca/alpaca-host';
import { OrderStream } from '#adapters/alpaca/order-stream';
import { RequestBudget } from '#adapters/alpaca/request-budget';
import type { Book } from '#domain/brokerage/client-order-id';
import type { Entry, Event } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import type { Session } from '#domain/market/session-table';
import type { Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import type { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { LiveHouse } from '#engine/live/live-house';
import type { Ask, Brokerage, Priority } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import { SymbolTable } from '#main/day/symbol-table';
import { AskPump } from '#main/paper/ask-pump';

import { LiveMemory } from '#main/paper/live-memory';
import { releaseNames, tellMinute } from '#main/paper/minute-words';
import { sessionFrom } from '#main/paper/session-dates';
import { SessionStart } from '#main/paper/session-start';
import { orchestration } from '#production/orchestration/orchestration';
import { reporting } from '#production/reporting/reporting';
import { riskManager } from '#production/risk-manager/risk-manager';
import { trading } from '#production/trading/trading';
import { workflow } from '#production/workflow/workflow';
import type { Keys } from '#simulation/broker/options';
import { RandomStream } from '#simulation/market/seeded-random';
import { dataDesk, type Facts } from '#tests/simulation/days/data-desk';
import { type Around, type Disk, recorderOf } from '#tests/simulation/days/disk';
import { type Lines, linesOf, type Network, VirtualLine } from '#tests/simulation/days/in-process';
import type { DaysMarket } from '#tests/simulation/days/market';
import { executionWithout, type TakenOut } from '#tests/simulation/days/taken-out';
import { clockOf, type VirtualTime } from '#tests/simulation/days/virtual-time';

export type Surroundings = {
  readonly time: VirtualTime;
  readonly disk: Disk;
  readonly market: DaysMarket;
  readonly facts: Facts;
  readonly network: Network;
  readonly connect: Parameters<typeof linesOf>[2]['connect'];
  readonly keys: Keys;
  readonly book: Book & { readonly account: string };
  readonly settings: Settings;
  readonly names: readonly Ticker[];
  readonly around: Around;
  /** Told of each entry, made again or new. */
  readonly watch: (entry: Entry, isNew: boolean) => void;
  /** Something has ended it: a fault that was planned, or a bug. */
  readonly failed: (error: unknown) => void;
  /** Whether a mutation may still leave; false when the account is another process's. */
  readonly holdsLease: () => boolean;
  /** An ask is about to leave the house; false ends the process there. */
  readonly sending: (ask: Ask) => boolean;
  /** An answer has been thought about. */
  readonly answered: () => void;
  readonly skew: () => number;
  readonly takenOut: TakenOut;
  readonly seed: number;
  /** Which life of the process it is, from 1. */
  readonly life: number;
};

/** A process that trades: the later services, the execution and the adapter as they are, and a door in virtual time. */
export class HouseProcess {
  readonly #place: Surroundings;
  readonly house: LiveHouse;
  readonly execution: Execution;
  readonly memory: LiveMemory;
  readonly symbols = new SymbolTable();
  readonly clock: Clock;
  readonly startedAt: Instant;
  readonly #pump: AskPump;
  readonly #start: SessionStart;
  readonly #brokerage: Brokerage;
  readonly #lines: Lines;
  readonly #stop = new AbortController();
  readonly #waiting: (() => void)[] = [];
  isAlive = true;
  #isNew = false;
  #isRunning = false;
  /** Held up until then, as by SIGSTOP or a machine that sleeps. */
  pausedUntil = 0;
  #armed = Number.POSITIVE_INFINITY;

  constructor(place: Surroundings) {
    this.#place = place;
    const { time, disk, network, keys, seed, life, skew } = place;
    setMaxListeners(0, this.#stop.signal);
    this.startedAt = time.now;
    this.clock = clockOf(time, this.deliver, skew);
    this.memory = new LiveMemory(this.symbols);
    const names = { tickerOf: this.symbols.nameOf.bind(this.symbols), indexOf: this.symbols.indexOf.bind(this.symbols) };
    this.execution = executionWithout(place.takenOut, { book: place.book, names, feesOf: () => cash(0), patience });
    const recorder = recorderOf(disk, place.around);
    this.house = new LiveHouse({
      plan: [orchestration(), workflow(), riskManager(), trading(), reporting()],
      recorder,
      past: disk.entries.length === 0 ? null : recorder,
      execution: this.execution,
      watch: (entry) => {
        this.memory.see(entry);
        place.watch(entry, this.#isNew);
      },
    });
    this.#start = new SessionStart({
      house: this.house,
      memory: this.memory,
      symbols: this.symbols,
      data: dataDesk({
        time,
        deliver: this.deliver,
        names: place.names,
        isUp: network.isUp,
        chance: new RandomStream(seed, 'data desk', life),
        facts: place.facts,
      }),
      line: { follow: never, choose: () => {} },
      clock: this.clock,
      unlisted: place.names,
      history: 0,
      say: () => {},
      sessionOver: () => {},
    });
    const line = new VirtualLine(time, this.deliver, network, keys);
    const budget = new RequestBudget({ requests: 200, clock: this.clock, stop: this.#stop.signal });
    this.#lines = linesOf(time, this.deliver, { ...network, connect: place.connect });
    const chance = new RandomStream(seed, 'reconnect', life);
    const stream = new OrderStream({
      dial: this.#lines.dial,
      clock: this.clock,
      random: () => chance.uniform(),
      url: new URL('ws://127.0.0.1/stream'),
      ...keys,
      answerMsMax: 10_000,
    });
    this.#brokerage = new AlpacaBrokerage({
      host: new AlpacaHost(line, budget),
      stream,
      clock: this.clock,
      bounds: tradingBounds,
      stop: this.#stop.signal,
    });
    this.#pump = new AskPump({
      house: this.house,
      execution: this.execution,
      brokerage: { ask: (...asked) => this.#ask(...asked), follow: (tell, stop) => this.#brokerage.follow(tell, stop) },
      clock: this.clock,
      lease: { holds: () => place.takenOut === 'fencing' || place.holdsLease(), release: () => {} },
      answered: () => {
        place.answered();
        this.#after();
      },
      failed: place.failed,
    });
  }

  /** What happens to it: nothing any more when it has died, and later while it is held up. */
  readonly deliver = (happen: () => void): void => {
    if (!this.isAlive) return;
    if (this.#place.time.now < this.pausedUntil) {
      this.#waiting.push(happen);
      return;
    }
    try {
      happen();
    } catch (error) {
      this.#place.failed(error);
    }
  };

  pause(ms: number): void {
    const { time } = this.#place;
    this.pausedUntil = time.now + ms;
    time.at(this.pausedUntil, () => {
      if (time.now < this.pausedUntil) return;
      for (const happen of this.#waiting.splice(0)) this.deliver(happen);
    });
  }

  /** Nothing of it goes on; its lines end. */
  die(): void {
    this.isAlive = false;
    this.#waiting.length = 0;
    this.#lines.close();
  }

  cutLines(): void {
    this.#lines.cut();
  }

  /** What the broker has said by now comes in. */
  pumpLines(): void {
    if (this.isAlive) this.#lines.pump();
  }

  /** From the journal that is there, or none, to a house that listens: as the command does it. */
  start(): void {
    this.deliver(() => {
      const { house, memory } = this;
      for (const _ of house.makeAgain());
      this.#isNew = true;
      if (memory.book === null) this.#begin();
      this.#place.time.stir();
      const session = sessionFrom(this.clock.now());
      this.#start.closeForgotten(session.date);
      if (this.clock.now() < session.preOpen) return this.#listen();
      this.#open(session).then(() => this.deliver(() => this.#listen()), this.#place.failed);
    });
  }

  get isRunning(): boolean {
    return this.isAlive && this.#isRunning;
  }

  openSession(): void {
    if (this.memory.open !== null) return;
    this.#place.time.stir();
    this.#open(sessionFrom(this.clock.now())).catch(this.#place.failed);
  }

  #listen(): void {
    const { time, failed } = this.#place;
    this.house.start(this.clock.now());
    this.#isRunning = true;
    time.stir();
    this.#brokerage.follow((news) => this.#hear(() => this.house.hear(news, this.clock.now())), this.#stop.signal).catch(failed);
    this.#after();
  }

  /** What is asked of the market's data comes before the session, and its minutes that are over after it. */
  async #open(session: Session): Promise<void> {
    await this.#start.open(session);
    if (!this.isAlive) return;
    this.#pass((frame) => instant(frame.start + MINUTE_MS));
    this.#after();
  }

  /** A minute is over and its bars have come. */
  minuteOver(): void {
    this.#pass(() => this.clock.now());
    const { open } = this.memory;
    if (open !== null) releaseNames(this, open, this.clock.now());
    this.#after();
  }

  closeSession(): void {
    const { open, minute } = this.memory;
    if (open === null) return;
    this.#pass(() => this.clock.now());
    this.house.closeSession({ kind: 'session_closed', date: open, lastBar: minute?.start ?? null, complete: true }, this.clock.now());
    this.#after();
  }

  happens(event: Event): void {
    this.house.accept(event, this.clock.now());
    this.#after();
  }

  asked(request: Request): void {
    this.house.acceptDurably({ kind: 'request_received', request }, this.clock.now());
    this.#after();
  }

  #begin(): void {
    const { settings, book, market, names } = this.#place;
    const at = this.clock.now();
    const { house } = this;
    house.accept({ kind: 'run_started', settings, source: 'live_market', version: 'days' }, at);
    house.accept({ kind: 'account_opened', environment: book.environment, book: book.name, account: book.account }, at);
    house.accept({ kind: 'broker_line_changed', state: 'reconciling', why: 'not asked yet' }, at);
    // A day that only teaches how the names move together.
    const before = market.past;
    const { date, open, close, openMinute, closeMinute } = before.session;
    house.accept({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history: true, listed: names }, at);
    for (const frame of before.frames) house.accept({ kind: 'bars_closed', frame }, at);
    house.closeSession({ kind: 'session_closed', date, lastBar: null, complete: true }, at);
    house.commit();
  }

  /** Minutes of today that the journal has not seen yet. */
  #pass(when: (frame: DaysMarket['frames'][number]) => Instant): void {
    const { memory } = this;
    const { market } = this.#place;
    if (memory.open === null || market.date !== memory.open) return;
    const now = this.clock.now();
    for (const frame of market.frames) {
      if (frame.start <= (memory.minute?.start ?? 0) || frame.start + MINUTE_MS > now) continue;
      // Here nobody sleeps but by a pause, which is longer than a minute or does not matter.
      tellMinute(this, frame, { at: when(frame), now, sleptMs: 0 });
    }
    this.house.commit();
  }

  #hear(happen: () => void): void {
    if (!this.isAlive) return;
    happen();
    this.#after();
  }

  async #ask(ask: Ask, priority: Priority, isWanted?: () => boolean): Promise<Awaited<ReturnType<Brokerage['ask']>>> {
    if (!this.#place.sending(ask)) return never();
    this.#place.time.stir();
    const answer = await this.#brokerage.ask(ask, priority, isWanted);
    return this.isAlive ? answer : never();
  }

  /** After each thing that has happened: what waits goes out, and the next thing that is due is waited for. */
  #after(): void {
    if (!this.#isRunning || !this.isAlive) return;
    this.#place.time.stir();
    this.#pump.pump();
    const due = this.execution.nextDue();
    if (due === null) return;
    const { time, skew } = this.#place;
    const at = Math.max(time.now, due - skew());
    if (at >= this.#armed) return;
    this.#armed = at;
    time.at(at, () =>
      this.deliver(() => {
        if (this.#armed <= time.now) this.#armed = Number.POSITIVE_INFINITY;
        const now = this.clock.now();
        const next = this.execution.nextDue();
        if (next !== null && next <= now) this.house.tick(now);
        this.#after();
      }),
    );
  }
}

const never = <Value>(): Promise<Value> => new Promise(() => {});
