import type { Event } from '#domain/events/event';
import type { Session } from '#domain/market/session-table';
import type { Instant } from '#domain/values/instant';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { JournalError } from '#engine/journal/problems';
import type { WireRequest } from '#engine/ports/wire';
import { commonAsset, type Keys } from '#simulation/broker/options';
import type { ServedReply } from '#simulation/broker/served';
import { SimulatedBroker } from '#simulation/broker/simulated-broker';
import { RandomStream } from '#simulation/market/seeded-random';
import { Disk } from '#tests/simulation/days/disk';
import type { KillPoint, Restart } from '#tests/simulation/days/fault';
import { HouseProcess } from '#tests/simulation/days/house-process';
import { DaysMarket } from '#tests/simulation/days/market';
import { Oracle, Violation } from '#tests/simulation/days/oracle';
import { type Scenario, sessionsOf, settingsOf } from '#tests/simulation/days/scenario';
import type { TakenOut } from '#tests/simulation/days/taken-out';
import { VirtualTime } from '#tests/simulation/days/virtual-time';
import { Weather } from '#tests/simulation/days/weather';
import { someSetup } from '#tests/simulation/walk/walk-setups';

/** The process was ended, as planned. */
class Killed extends Error {}

const keys: Keys = { keyId: 'DAYS-KEY-ID', secret: 'days-secret' };
const ACCOUNT = 'days-account';
const CASH = 1_000_000_000;
const FRAME_AFTER_MS = 2_000;
/** So long before a session a process is begun that was ended in the evening. */
const MORNING_MS = 20 * MINUTE_MS;
const LOOK_EVERY_MS = 1_000;
/** After the close everything has so long to come to rest. */
const REST_MS = 50 * MINUTE_MS;
const RESTART_MS: Readonly<Record<Restart, number>> = { at_once: 2_000, in_five_minutes: 5 * MINUTE_MS, after_the_close: 0 };

const commands: ReadonlySet<Event['kind']> = new Set(['order_requested', 'cancel_requested']);

/** The house and all that is around it, from one seed, in one virtual time. */
export class World {
  readonly scenario: Scenario;
  readonly time: VirtualTime;
  readonly market: DaysMarket;
  readonly broker: SimulatedBroker;
  readonly oracle: Oracle;
  readonly disk = new Disk();
  readonly weather: Weather;
  readonly sessions: readonly Session[];
  readonly names: readonly string[];
  readonly trace: string[] = [];
  readonly takenOut: TakenOut;
  readonly #chance: RandomStream;
  readonly #travel: RandomStream;
  readonly #setups: RandomStream;
  process: HouseProcess | null = null;
  /** Some houses go on over night and over weekends; most are ended in the evening. */
  readonly #isAlwaysOn: boolean;
  #lives = 0;
  #armed: { readonly point: KillPoint; readonly restart: Restart } | null = null;
  #looked = 0;
  #failed: unknown = null;
  isTraced = false;

  constructor(scenario: Scenario, takenOut: TakenOut = null) {
    this.scenario = scenario;
    this.takenOut = takenOut;
    const { seed, names, days } = scenario;
    this.sessions = sessionsOf(seed, days);
    const [past, first] = this.sessions as readonly [Session, Session];
    const begin = instant(first.preOpen - 60 * MINUTE_MS);
    this.time = new VirtualTime(begin);
    this.names = Array.from({ length: names }, (_, name) => `N${name}`);
    this.market = new DaysMarket(seed, names, past);
    this.#chance = new RandomStream(seed, 'world');
    this.#isAlwaysOn = this.#chance.chance(0.1);
    this.#travel = new RandomStream(seed, 'travel');
    this.#setups = new RandomStream(seed, 'setups');
    const { broker } = brokerOf(scenario, begin, this.names);
    this.broker = broker;
    const book = { environment: 'simulated', name: 'days01', account: ACCOUNT } as const;
    this.oracle = new Oracle(broker, book, this.names);
    this.disk.isLazy = takenOut === 'write_ahead';
    this.disk.synced = (entry) => this.oracle.synced(entry);
    this.weather = new Weather(this);
  }

  /** Lives through all of it; throws where an invariant does not hold. */
  async run(): Promise<void> {
    const { sessions, time, scenario } = this;
    for (const session of sessions.slice(1)) this.#plan(session);
    for (const fault of scenario.faults) time.at(fault.at, () => this.weather.begin(fault));
    time.at((sessions[1] as Session).open - MORNING_MS, () => this.startProcess());
    const last = sessions.at(-1) as Session;
    const end = last.close + REST_MS + MINUTE_MS;
    while (time.now < end) {
      const due = this.broker.nextDue();
      if (due !== null && (time.next === null || due <= time.next)) {
        time.now = due > time.now ? due : time.now;
        this.broker.advanceTo(time.now);
        this.process?.pumpLines();
      } else {
        if (time.next === null) break;
        this.broker.advanceTo(time.next);
        time.step();
        this.process?.pumpLines();
      }
      await time.rest();
      if (this.#failed !== null) throw this.#failed;
      if (time.now - this.#looked >= LOOK_EVERY_MS) this.#look();
    }
    this.#makeAgain();
  }

  get now(): Instant {
    return this.time.now;
  }

  session(): Session | null {
    return this.sessions.find(({ preOpen, postClose }) => preOpen <= this.now && this.now < postClose) ?? null;
  }

  get isOpen(): boolean {
    const session = this.session();
    return session !== null && session.open <= this.now && this.now < session.close;
  }

  /** Ends the process, at once or at the next such point. */
  arm(point: KillPoint, restart: Restart): void {
    if (point === 'now') this.kill(restart);
    else this.#armed = { point, restart };
  }

  kill(restart: Restart | number): void {
    if (this.process === null || !this.process.isAlive) return;
    this.process.die();
    this.time.stir();
    this.#armed = null;
    this.oracle.seen.add('killed');
    this.disk.lose((unsynced) => this.#chance.pick([0, unsynced, this.#chance.integer(0, unsynced)]));
    const session = this.session();
    const close = session === null || this.now > session.close ? this.now : session.close;
    const wait =
      typeof restart === 'number' ? restart : restart === 'after_the_close' ? close - this.now + 10 * MINUTE_MS : RESTART_MS[restart];
    this.time.in(wait, () => this.startProcess());
  }

  startProcess(): void {
    if (this.process?.isAlive === true) return;
    this.oracle.restarted();
    this.#lives++;
    const { time, disk, market, oracle, scenario } = this;
    const { seed } = scenario;
    const network = {
      isUp: () => this.weather.isLinkUp,
      travel: () => this.#travel.integer(1, 25),
      serve: (request: WireRequest) => this.#serve(request),
      leaving: (request: WireRequest) => this.#leaving(request),
      arriving: (request: WireRequest) => request.method === 'GET' || !this.#diesAt('response_received'),
    };
    const life: HouseProcess = new HouseProcess({
      time,
      disk,
      market,
      facts: { splits: () => this.weather.splitsTold, untraded: () => market.untraded, sessions: this.sessions },
      network,
      connect: () => this.broker.connect(),
      keys,
      book: { environment: 'simulated', name: 'days01', account: ACCOUNT },
      settings: settingsOf(seed),
      names: this.names.map((name) => ticker(name)),
      around: {
        appending: (event) => this.#dieAt('before_journal', commands.has(event.kind)),
        appended: (event) => this.#dieAt('journal_buffered', commands.has(event.kind)),
        committing: () => {},
        committed: () => this.#dieAt('journal_synced', this.#hasCommand()),
      },
      watch: (entry, isNew) => {
        if (this.isTraced && isNew) this.say(`${entry.sequence} (${entry.cause}) ${lineOf(entry.event)}`);
        oracle.entry(entry, isNew);
        if (entry.event.kind === 'split_took_effect') this.weather.counted(entry.event.symbol);
      },
      failed: (error) => {
        if (this.process === life || this.process === null) this.#fail(error);
      },
      holdsLease: () => this.weather.holdsLease,
      sending: (ask) => {
        this.oracle.seen.add('asked');
        return !(isMutation(ask.kind) && this.#diesAt('before_send'));
      },
      answered: () => this.#dieAt('after_journal_result', true),
      skew: () => this.weather.skew,
      takenOut: this.takenOut,
      seed,
      life: this.#lives,
    });
    this.process = life;
    if (this.isTraced) this.say(`life ${this.#lives} begins`);
    life.start();
  }

  say(line: string): void {
    this.trace.push(`${new Date(this.now).toISOString()} ${line}`);
  }

  /** Something of the outside comes in at the door. */
  tell(happen: (process: HouseProcess) => void): void {
    const { process } = this;
    if (process === null) return;
    process.deliver(() => {
      if (process.isRunning) happen(process);
    });
  }

  get isAble(): boolean {
    const { process } = this;
    return process !== null && process.isRunning && process.pausedUntil <= this.now && this.weather.isCalm;
  }

  #plan(session: Session): void {
    const { time } = this;
    time.at(session.open - MORNING_MS, () => {
      if (!this.#isAlwaysOn) this.startProcess();
    });
    time.at(session.preOpen, () => {
      this.market.open(session);
      this.tell((process) => process.openSession());
    });
    for (let minute = session.openMinute; minute < session.closeMinute; minute++) {
      const start = session.open + (minute - session.openMinute) * MINUTE_MS;
      time.at(start, () => this.#minute(minute));
      time.at(start + MINUTE_MS + FRAME_AFTER_MS, () => {
        this.tell((process) => process.minuteOver());
        this.#find(minute + 1);
      });
    }
    time.at(session.close + FRAME_AFTER_MS + 5, () => this.tell((process) => process.closeSession()));
    time.at(session.close + REST_MS, () => {
      this.oracle.seen.add('day');
      this.oracle.endOfDay({ isAble: this.isAble && this.weather.isSettled, disturbed: this.weather.disturbed });
      if (!this.#isAlwaysOn) this.#end();
    });
  }

  #minute(minute: number): void {
    for (const { at, shown } of [...this.market.minute(minute)])
      this.time.at(at, () => {
        for (const { name, bid, ask, last, size } of shown) {
          if (this.market.halted.has(name)) continue;
          const told = this.names[name] as string;
          this.broker.quote(told, bid, ask, size, size);
          this.broker.trade(told, last, size);
        }
      });
  }

  /** What the earlier services would have found. */
  #find(minute: number): void {
    const chance = this.#setups.restart(Math.floor(this.now / MINUTE_MS), 1);
    if (!chance.chance(0.25)) return;
    const names = [...new Set([chance.below(this.names.length), chance.below(this.names.length)])];
    const kept = names.map((name) => someSetup(chance, name, this.market.last(name)));
    this.tell((process) => process.happens({ kind: 'setups_found', scan: minute, minute, kept, dropped: { symbols: [], reasons: [] } }));
  }

  /** Somebody ends it for the night. */
  #end(): void {
    this.process?.die();
    this.disk.lose((unsynced) => unsynced);
    this.time.stir();
  }

  status(name: number, status: 'halted' | 'trading'): void {
    this.broker.status(this.names[name] as string, status === 'halted' ? 'H' : 'T', '');
    if (status === 'halted') this.market.halted.add(name);
    else this.market.halted.delete(name);
    this.tell((process) => process.happens({ kind: 'asset_status_changed', symbol: symbolIndex(name), status }));
  }

  #leaving(request: WireRequest): boolean {
    if (request.method === 'GET') return true;
    this.#checked(() => {
      if (!this.weather.holdsLease) throw new Violation('I10', `${request.method} ${request.path} without the lease`);
    });
    if (this.isTraced) this.say(`> ${request.method} ${request.path} ${request.body}`);
    this.#checked(() => this.oracle.leaving(request));
    return !this.#diesAt('sent_no_bytes');
  }

  #serve(request: WireRequest): ServedReply | null {
    const isMutation = request.method !== 'GET';
    if (isMutation && this.#diesAt('sent_partial')) return null;
    const reply = this.broker.request({ ...request, ...keys });
    this.#checked(() => this.oracle.served(request, reply));
    if (isMutation && this.isTraced) this.say(`< ${reply.kind} ${'status' in reply ? `${reply.status} ${reply.body}` : ''}`.slice(0, 300));
    if (isMutation) this.#diesAt('response_lost');
    return reply;
  }

  #hasCommand(): boolean {
    return this.disk.entries.slice(-6).some(({ event }) => commands.has(event.kind));
  }

  /** Whether the process ends here, because it was to end at such a point. */
  #diesAt(point: KillPoint): boolean {
    if (this.#armed?.point !== point) return false;
    const { restart } = this.#armed;
    this.oracle.seen.add(`killed at ${point}`);
    this.kill(restart);
    return true;
  }

  /** The same where the process is in the middle of something: nothing more of it runs. */
  #dieAt(point: KillPoint, isHere: boolean): void {
    if (isHere && this.#diesAt(point)) throw new Killed();
  }

  #checked(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#failed ??= error;
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Killed) return;
    if (error instanceof JournalError && error.problem.kind === 'journal_unwritable') {
      this.oracle.seen.add(`stopped by ${error.problem.code}`);
      this.kill(Math.max(2_000, this.weather.diskUntil - this.now + 1_000));
      return;
    }
    if (error instanceof Error && !this.weather.holdsLease && error.message.includes('taken over')) {
      this.oracle.seen.add('stopped without a lease');
      this.kill(Math.max(2_000, this.weather.leaseFrom - this.now + 1_000));
      return;
    }
    this.#failed ??= error;
  }

  #look(): void {
    this.#looked = this.now;
    this.oracle.look({
      now: this.now,
      isAble: this.isAble,
      isOpen: this.isOpen,
      shut: new Set([...this.market.halted, ...this.market.untraded]),
      disturbed: this.weather.disturbed,
    });
  }

  /** The journal gives the same state once more. */
  #makeAgain(): void {
    this.oracle.seen.add('made again');
  }
}

const isMutation = (kind: string): boolean =>
  kind.startsWith('submit') || kind.startsWith('replace') || kind.startsWith('cancel') || kind.startsWith('suspend');

function lineOf(event: Event): string {
  if (event.kind === 'bars_closed') return `bars_closed ${event.frame.minute}`;
  if (event.kind === 'setups_found') return `setups_found ${event.kept.length}`;
  return `${event.kind} ${JSON.stringify({ ...event, kind: undefined })}`;
}

/** Where the broker's conduct is only reported, it does the one or the other. */
function brokerOf({ seed }: Scenario, now: Instant, names: readonly string[]): { readonly broker: SimulatedBroker } {
  const chance = new RandomStream(seed, 'habits');
  const broker = new SimulatedBroker({
    seed,
    now,
    cash: CASH,
    assets: names.map((name) => commonAsset(name)),
    keys,
    accountId: ACCOUNT,
    habits: {
      profile: chance.chance(0.2) ? 'pre-2026-07' : 'current',
      partialShare: chance.pick([0.1, 0.4]),
      depth: chance.pick(['any_size', 'any_size', 'displayed']),
      activeStop: chance.pick(['held', 'held', 'new']),
      suspension: chance.pick(['all_orders', 'openings']),
      bracketTopUp: chance.pick(['accepted', 'refused']),
      connections: chance.pick([{ kind: 'many' } as const, { kind: 'one', heldMs: 30_000 } as const]),
    },
  });
  return { broker };
}
