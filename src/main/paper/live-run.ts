import type { EventOf } from '#domain/events/event';
import type { Session } from '#domain/market/session-table';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { BrokerNews } from '#engine/ports/brokerage';
import type { MinuteFrames } from '#main/live/minute-frames';
import { ClockCheck } from '#main/paper/clock-check';
import { DescriptorWatch } from '#main/paper/descriptor-watch';
import { BARS_WITHIN_MS } from '#main/paper/late-minute';
import { followNews } from '#main/paper/live-news';
import type { LiveParts } from '#main/paper/live-parts';
import { MarketEar } from '#main/paper/market-line';
import { releaseNames, tellMinute } from '#main/paper/minute-words';
import { sessionAfter, sessionFrom } from '#main/paper/session-dates';
import { SessionStart } from '#main/paper/session-start';

/** What somebody asks of the house is looked for at least so often, in milliseconds of the machine. */
const LISTEN_EVERY_MS = 100;

/**
 * Days as they come: history that teaches, the minutes of today that have passed, then each minute as it is told, until so
 * many sessions are over or somebody ends it. Between sessions the broker is listened to as within them.
 */
export class LiveRun {
  readonly #parts: LiveParts;
  readonly #stop: AbortSignal;
  readonly #start: SessionStart;
  readonly #ear: MarketEar;
  readonly #clockCheck: ClockCheck;
  readonly #descriptors = new DescriptorWatch();
  #frames: MinuteFrames | null = null;

  constructor(parts: LiveParts, stop: AbortSignal) {
    this.#parts = parts;
    this.#stop = stop;
    const { line, clock, symbols, house, pump, say, brokerage } = parts;
    this.#start = new SessionStart(parts);
    this.#clockCheck = new ClockCheck(brokerage, clock);
    this.#ear = new MarketEar({
      line,
      clock,
      symbols,
      say,
      bar: (bar) => this.#frames !== null && this.#start.take(this.#frames, bar),
      tell: (event) => {
        house.acceptDurably(event, clock.now());
        pump.pump();
      },
    });
  }

  async run(): Promise<void> {
    const { clock, memory, house, brokerage, sessionsMax } = this.#parts;
    let session = sessionFrom(clock.now());
    this.#start.closeForgotten(session.date);
    await this.#start.teach(session);
    this.#parts.taught();
    if (clock.now() >= session.preOpen) await this.#open(session);
    house.start(clock.now());
    this.#parts.lag.begin();
    const followed = [brokerage.follow((news) => this.#hear(news), this.#stop), this.#ear.follow(this.#stop), this.#followNews()];
    for (const each of followed) each.catch(this.#parts.bell.fail);
    this.#parts.pump.pump();
    for (let done = 0; done < sessionsMax && !this.#stop.aborted; ) {
      await this.#until(session.preOpen);
      if (this.#stop.aborted) return;
      if (memory.open !== session.date) await this.#open(session);
      await this.#trade(session);
      if (this.#stop.aborted) return;
      done++;
      session = sessionAfter(session.date);
    }
  }

  /** Bars that are told while the minutes before are still asked for find their place. */
  async #open(session: Session): Promise<void> {
    const frames = await this.#start.open(session);
    this.#frames = frames;
    await this.#start.catchUp(session, frames);
  }

  async #trade(session: Session): Promise<void> {
    const { clock } = this.#parts;
    const frames = this.#frames;
    if (frames === null) throw new Error('assertion failed: a session is traded after it was opened');
    const end = instant(session.close + BARS_WITHIN_MS);
    let turned = performance.now();
    for (let over = false; !over && !this.#stop.aborted; ) {
      over = clock.now() >= end;
      const sleptMs = performance.now() - turned;
      turned = performance.now();
      this.#watchSelf();
      this.#tellMinutes(frames, sleptMs);
      this.#watchMarket(session);
      if (!over) await this.#turn(instant(Math.min(frames.nextDue, end)));
    }
    if (!this.#stop.aborted) this.#close(session);
  }

  #tellMinutes(frames: MinuteFrames, sleptMs: number): void {
    const { house, clock, pump } = this.#parts;
    for (const frame of frames.due(clock.now())) {
      const now = clock.now();
      tellMinute(this.#parts, frame, { at: now, now, sleptMs });
      house.commit();
      pump.pump();
    }
  }

  #close(session: Session): void {
    const { house, clock, memory, sessionOver } = this.#parts;
    this.#frames = null;
    const last = memory.minute;
    const complete = last !== null && last.start >= session.close - MINUTE_MS;
    sessionOver(
      session.date,
      house.closeSession({ kind: 'session_closed', date: session.date, lastBar: last?.start ?? null, complete }, clock.now()),
    );
  }

  /** Whether this process is well, before it decides anything. */
  #watchSelf(): void {
    const { clock, guards, say } = this.#parts;
    for (const guard of guards) guard.look(clock.now());
    const alarm = this.#descriptors.look(performance.now());
    if (alarm !== null) say(alarm, 'files');
  }

  /** Whether the market is heard, our clock is right, and a name that was set apart may be entered again. */
  #watchMarket(session: Session): void {
    const { clock, house, bell } = this.#parts;
    const now = clock.now();
    if (now > session.open && now < session.close) this.#ear.checkAlive(session.open);
    releaseNames(this.#parts, session.date, now);
    if (!this.#clockCheck.isDue) return;
    const told = this.#clockCheck.ask(session).then((difference) => {
      if (difference !== null) house.acceptDurably(difference, clock.now());
    });
    told.catch(bell.fail);
  }

  async #until(at: Instant): Promise<void> {
    const { clock } = this.#parts;
    while (clock.now() < at && !this.#stop.aborted) {
      this.#watchSelf();
      await this.#turn(at);
    }
  }

  /** One turn of the wheel: what is due at the broker, what somebody asks, then a rest until the next thing is due. */
  async #turn(until: Instant): Promise<void> {
    const { house, execution, clock, pump, bell, operators } = this.#parts;
    const due = execution.nextDue();
    if (due !== null && due <= clock.now()) house.tick(clock.now());
    const now = clock.now();
    for (const operator of operators)
      for (let asked = operator.next(instant(now + 1)); asked !== null; asked = operator.next(instant(now + 1)))
        house.acceptDurably({ kind: 'request_received', request: asked.request }, now);
    pump.pump();
    // What the broker has told is on the disk before anybody rests, and not only with the next minute.
    house.commit();
    const next = Math.min(until, execution.nextDue() ?? until);
    await bell.rest({ ms: next - clock.now(), msMax: LISTEN_EVERY_MS, clock, stop: this.#stop });
  }

  /** What was told since yesterday may still move a name. */
  #followNews(): Promise<void> {
    const { news, clock, symbols, memory, house, pump, say } = this.#parts;
    const isToldAlready = (story: string): boolean => memory.isToldAlready(story);
    const tell = (headline: EventOf<'headline_published'>): void => {
      house.accept(headline, clock.now());
      pump.pump();
    };
    return followNews({ ...news, clock, symbols, isToldAlready, tell, say }, instant(clock.now() - DAY_MS), this.#stop);
  }

  #hear(news: BrokerNews): void {
    this.#parts.house.hear(news, this.#parts.clock.now());
    this.#parts.pump.pump();
  }
}
