import type { Entry, Event } from '#domain/events/event';
import type { FoundSetup } from '#domain/events/funnel';
import type { Service } from '#domain/events/service';
import type { Session } from '#domain/market/session-table';
import type { Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { House } from '#engine/house';
import { hashOfState } from '#engine/state-hash';
import { RandomStream } from '#simulation/market/seeded-random';
import { laterServices } from '../later-house.js';
import type { Occurrences } from '../occurrences.js';
import { sessionsFrom } from '../simulated-house.js';
import { WalkBroker } from './walk-broker.js';
import { NAMES, silence, WalkMarket } from './walk-market.js';
import { WalkOracle } from './walk-oracle.js';
import { WalkRecorder } from './walk-recorder.js';
import { someAnswer, someRequest } from './walk-requests.js';
import { someSettings } from './walk-settings.js';
import { someIntent, someSetup } from './walk-setups.js';

/** Thanksgiving and Christmas with their half days, the change of clock and of year. */
const sessions = sessionsFrom('2018-10-29', 500);

/** The house, its journal, a broker in every mood and a market out of its mind, one step after another. */
class Walk {
  readonly #chance: RandomStream;
  readonly #settings: Settings;
  readonly #market = new WalkMarket();
  readonly #broker: WalkBroker;
  readonly #recorder: WalkRecorder;
  readonly oracle: WalkOracle;
  #services: readonly Service[] = laterServices();
  #house: House;
  #day = 0;
  #session: Session | null = null;
  /** Local minute of the frame that comes next. */
  #minute = 0;
  #at: Instant = instant(0);
  #scan = 0;

  constructor(seed: number, trace: (entry: Entry) => void) {
    this.#chance = new RandomStream(seed, 'walk');
    this.#settings = someSettings(this.#chance);
    this.#broker = new WalkBroker(this.#settings.capital, this.#chance);
    this.oracle = new WalkOracle(this.#settings);
    this.#recorder = new WalkRecorder((entry) => {
      trace(entry);
      this.oracle.see(entry);
    });
    this.#house = this.#furnished();
  }

  /** Each step draws from a stream of its own: leaving one out changes no other one's chances. */
  step(count: number): void {
    this.#chance.restart(count, 1);
    if (this.#session === null) this.#between();
    else if (this.#minute >= this.#session.closeMinute && this.#chance.chance(0.5)) this.#close(this.#session);
    else this.#within(this.#session);
    if (this.oracle.people.isAsked && this.#chance.chance(0.35)) this.#answer();
  }

  /** Throws the services away, tells new ones everything again, and goes on with those. */
  restart(): void {
    const before = hashOfState(this.#services);
    this.#broker.deaf = false;
    this.#services = laterServices();
    this.#house = this.#furnished();
    this.#recorder.replay(this.#house);
    if (hashOfState(this.#services) !== before) throw new Error(`another state after a restart at entry ${this.#recorder.length}`);
    this.oracle.seen.add('restart');
  }

  #furnished(): House {
    return new House({ plan: this.#services, recorder: this.#recorder, broker: this.#broker });
  }

  #between(): void {
    if (this.#day === 0) return this.#begin();
    if (this.#chance.chance(0.3)) return this.#ask();
    if (this.#chance.chance(0.1)) return this.restart();
    this.#day += this.#chance.chance(0.1) ? this.#chance.integer(2, 9) : 1;
    this.#open(sessions[this.#day] as Session, false);
  }

  /** A first session only teaches: the minutes that five-minute returns are made of. */
  #begin(): void {
    const session = sessions[0] as Session;
    this.#at = session.preOpen;
    this.#accept({ kind: 'run_started', settings: this.#settings, source: 'simulated_market', version: 'walk' });
    this.#open(session, true);
    for (this.#minute += 4; this.#minute < session.closeMinute; this.#minute += 5) this.#frame(session);
    this.#minute = session.closeMinute;
    this.#close(session);
    this.#day = 1;
  }

  #open(session: Session, history: boolean): void {
    const { date, open, close, openMinute, closeMinute, preOpen } = session;
    this.#session = session;
    this.#minute = openMinute;
    this.#at = instant(Math.max(this.#at, preOpen));
    this.#scan = 0;
    this.#market.halted.clear();
    const listed = history ? Array.from({ length: NAMES }, (_, name) => ticker(`N${name}`)) : [];
    this.#accept({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history, listed });
    if (!history) this.#minutePassed(0);
  }

  #within(session: Session): void {
    const dice = this.#chance.uniform();
    if (dice < 0.42) return this.#frame(session);
    if (dice < 0.6) return this.#tell(false);
    if (dice < 0.72) return this.#find();
    if (dice < 0.76) return this.#wish();
    if (dice < 0.88) return this.#answer();
    if (dice < 0.92) return this.#ask();
    if (dice < 0.945) return this.#jump(session);
    if (dice < 0.975) return this.#report();
    if (dice < 0.985) return this.#status();
    if (dice < 0.987) return this.#die(session);
    this.#minutePassed(this.#chance.below(MINUTE_MS));
  }

  #frame(session: Session): void {
    if (this.#minute >= session.closeMinute) return;
    const start = instant(session.open + (this.#minute - session.openMinute) * MINUTE_MS);
    const quiet = this.#chance.chance(0.01);
    const frame = quiet ? silence(this.#minute, start) : this.#market.minute(this.#chance, this.#minute, start);
    this.#at = instant(start + MINUTE_MS);
    this.#minute++;
    this.#broker.now = this.#at;
    this.#broker.meet(frame);
    if (this.#chance.chance(0.8)) this.#tell(false);
    this.#accept({ kind: 'bars_closed', frame });
    if (this.#chance.chance(0.8)) this.#tell(false);
  }

  /** What the broker has to say, and what it says to that. */
  #tell(all: boolean): void {
    do for (const event of this.#broker.tell(all)) this.#accept(event);
    while (all && this.#broker.hasNews);
  }

  #find(): void {
    const names = this.#someNames(this.#chance.integer(1, 10));
    const kept: readonly FoundSetup[] = names.map((name) => someSetup(this.#chance, name, this.#market.closes[name] as number));
    this.#scan++;
    this.#accept({ kind: 'setups_found', scan: this.#scan, minute: this.#minute, kept, dropped: { symbols: [], reasons: [] } });
  }

  /** Intents that come past the workflow: one, or a burst of fifty. */
  #wish(): void {
    const count = this.#chance.chance(0.2) ? 50 : this.#chance.integer(1, 6);
    for (let i = 0; i < count; i++) {
      const name = this.#chance.below(NAMES);
      this.#accept({ kind: 'intent_formed', intent: someIntent(this.#chance, name, this.#market.closes[name] as number) });
    }
  }

  #ask(): void {
    const request = someRequest(this.#chance, this.oracle);
    if (request !== null) this.#accept({ kind: 'request_received', request });
  }

  #answer(): void {
    const request = someAnswer(this.#chance, this.oracle);
    if (request !== null) this.#accept({ kind: 'request_received', request });
  }

  /** Minutes that nobody saw: a few, an hour, up to the last ones, or over the close. */
  #jump(session: Session): void {
    const left = session.closeMinute - this.#minute;
    const far = this.#chance.pick([2, 5, 10, 30, 60, 120, left - 16, left - 11, left - 6, left - 1, left]);
    this.#minute = Math.min(session.closeMinute, this.#minute + Math.max(0, far));
    this.#at = instant(Math.max(this.#at, session.open + (this.#minute - session.openMinute) * MINUTE_MS));
    this.#broker.now = this.#at;
    if (this.#chance.chance(0.7)) this.#frame(session);
  }

  #report(): void {
    const [little, much] = [this.#chance.between(-0.005, 0.003), this.#chance.between(-0.03, 0.03)];
    const wrong = 1 + this.#chance.pick([0, 0, 0, 0, 0, little, little, much]);
    const equity = Math.round(this.#broker.equity(this.#market.closes) * wrong);
    this.#accept({ kind: 'account_reported', cash: cash(this.#broker.cash), equity: cash(equity) });
  }

  #status(): void {
    const idle = [...this.#market.halted];
    const symbol = idle.length > 0 && this.#chance.chance(0.6) ? this.#chance.pick(idle) : this.#chance.below(NAMES);
    const status = this.#chance.pick(['trading', 'trading', 'trading', 'halted', 'not_tradable'] as const);
    if (status !== 'trading') this.#market.halted.add(symbol);
    else this.#market.halted.delete(symbol);
    this.#accept({ kind: 'asset_status_changed', symbol: symbolIndex(symbol), status });
  }

  /** The process dies: at rest, or after it has written down what it wants and before anybody hears of it. */
  #die(session: Session): void {
    this.#broker.deaf = this.#chance.chance(0.6);
    if (this.#broker.deaf) this.#chance.chance(0.5) ? this.#find() : this.#frame(session);
    this.restart();
  }

  #minutePassed(ms: number): void {
    const session = this.#session;
    if (session === null) return;
    const end = session.open + (this.#minute + 1 - session.openMinute) * MINUTE_MS;
    this.#at = instant(Math.max(this.#at, Math.min(end, this.#at + ms)));
    this.#broker.now = this.#at;
  }

  #close(session: Session): void {
    const end = instant(Math.max(this.#at, session.close));
    this.#at = end;
    this.#broker.now = end;
    this.#tell(true);
    const bar = instant(session.close - MINUTE_MS);
    this.#broker.closeSession(this.#market.closes, bar, this.#chance.pick(['at_close', 'no_market']));
    this.#tell(true);
    this.#accept({ kind: 'session_closed', date: session.date, lastBar: bar, complete: true });
    if (this.oracle.cash !== this.#broker.cash) throw new Error(`cash of ${this.oracle.cash}, the broker has ${this.#broker.cash}`);
    this.#session = null;
  }

  #someNames(count: number): readonly number[] {
    return [...new Set(Array.from({ length: count }, () => this.#chance.below(NAMES)))];
  }

  #accept(event: Event): void {
    this.oracle.door(event.kind);
    this.#house.accept(event, this.#at);
    this.oracle.settled();
  }
}

const LINES_SHOWN = 40;

/** A walk that broke a rule: after which step, and what was written last. */
class BrokenWalk extends Error {
  readonly step: number;

  constructor(seed: number, step: number, { message }: Error, written: readonly string[]) {
    super(`seed ${seed}, step ${step}: ${message}\n${written.slice(-LINES_SHOWN).join('\n')}`);
    this.step = step;
  }
}

/** Walks these steps from a seed; throws a `BrokenWalk` where a rule is broken. */
function walkSteps(seed: number, steps: readonly number[]): Occurrences {
  const written: string[] = [];
  const walker = new Walk(seed, (entry) => written.push(lineOf(entry)));
  let now = 0;
  try {
    for (const step of steps) {
      now = step;
      written.push(`step ${step}`);
      walker.step(step);
    }
    walker.restart();
  } catch (error) {
    if (error instanceof Error) throw new BrokenWalk(seed, now, error, written);
    throw error;
  }
  return walker.oracle.seen;
}

/** Walks so many steps; a walk that breaks a rule is shortened to the steps that it takes, and told in those. */
export function walk(seed: number, count: number): Occurrences {
  const steps = Array.from({ length: count }, (_, step) => step);
  try {
    return walkSteps(seed, steps);
  } catch (error) {
    if (!(error instanceof BrokenWalk)) throw error;
    throw shortened(seed, steps.slice(0, error.step + 1), error);
  }
}

/** Leaves out halves, quarters and so on of the steps as long as some rule is still broken. */
function shortened(seed: number, steps: readonly number[], broken: BrokenWalk): BrokenWalk {
  let least = steps;
  let told = broken;
  for (let size = least.length >> 1; size > 0; size >>= 1) {
    for (let from = 0; from < least.length; ) {
      const fewer = [...least.slice(0, from), ...least.slice(from + size)];
      const still = brokenBy(seed, fewer);
      if (still === null) from += size;
      else [least, told] = [fewer, still];
    }
  }
  told.message += `\n${least.length} of ${steps.length} steps are enough: ${least.join(' ')}`;
  return told;
}

function brokenBy(seed: number, steps: readonly number[]): BrokenWalk | null {
  try {
    walkSteps(seed, steps);
    return null;
  } catch (error) {
    if (error instanceof BrokenWalk) return error;
    throw error;
  }
}

function lineOf({ sequence, at, cause, event }: Entry): string {
  const { kind } = event;
  const told = kind === 'bars_closed' ? event.frame.minute : kind === 'setups_found' ? event.kept.length : JSON.stringify(event);
  return `${sequence} ${at} (${cause}) ${kind} ${told}`;
}
