import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Session } from '#domain/market/session-table';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { Execution } from '#engine/execution/execution';
import type { LiveHouse } from '#engine/live/live-house';
import type { Brokerage, BrokerNews } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import type { MarketBar, MarketDataSource, MarketLine } from '#engine/ports/market-data';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import type { Operator } from '#engine/ports/operator';
import { Failure } from '#main/commands/failure';
import type { SymbolTable } from '#main/day/symbol-table';
import { MinuteFrames } from '#main/live/minute-frames';
import type { AskPump } from '#main/paper/ask-pump';
import type { Bell } from '#main/paper/bell';
import { checkCalendar } from '#main/paper/calendar-check';
import { ClockCheck } from '#main/paper/clock-check';
import { dataProblemText } from '#main/paper/data-problem-text';
import type { LiveMemory } from '#main/paper/live-memory';
import { followNews } from '#main/paper/live-news';
import { MarketEar } from '#main/paper/market-line';
import { sessionAfter, sessionFrom, sessionsToTeach } from '#main/paper/session-dates';

export type LiveParts = {
  readonly house: LiveHouse;
  readonly execution: Execution;
  readonly pump: AskPump;
  readonly brokerage: Brokerage;
  readonly memory: LiveMemory;
  readonly symbols: SymbolTable;
  readonly clock: Clock;
  readonly data: MarketDataSource;
  readonly line: MarketLine;
  readonly news: { readonly source: NewsSource; readonly stream: NewsStream | null };
  /** Names to follow that no session has listed yet. */
  readonly unlisted: readonly Ticker[];
  readonly operators: readonly Operator[];
  /** Sessions before today that teach the averages, where the journal has none. */
  readonly history: number;
  /** Told when history has been taught, before anything is asked of the broker. */
  readonly taught: () => void;
  readonly sessionsMax: number;
  readonly bell: Bell;
  readonly say: (line: string) => void;
  readonly sessionOver: (date: SessionDate, hash: string) => void;
};

/** A vendor tells a minute within so long of its end. */
const BARS_WITHIN_MS = 2_000;
/** A minute that is told later than this, by a process that slept or was kept from it for longer than that, is none to buy on. */
const LATE_MS = 5_000;
const SLEPT_MS = 1_000;
/** What somebody asks of the house is looked for at least so often, in milliseconds of the machine. */
const LISTEN_EVERY_MS = 100;

/**
 * Days as they come: history that teaches, the minutes of today that have passed, then each minute as it is told, until so
 * many sessions are over or somebody ends it. Between sessions the broker is listened to as within them.
 */
export class LiveRun {
  readonly #parts: LiveParts;
  readonly #stop: AbortSignal;
  readonly #ear: MarketEar;
  readonly #clockCheck: ClockCheck;
  #frames: MinuteFrames | null = null;

  constructor(parts: LiveParts, stop: AbortSignal) {
    this.#parts = parts;
    this.#stop = stop;
    const { line, clock, symbols, house, pump, say, brokerage } = parts;
    this.#clockCheck = new ClockCheck(brokerage, clock);
    this.#ear = new MarketEar({
      line,
      clock,
      symbols,
      say,
      bar: (bar) => this.#frames !== null && this.#take(this.#frames, bar),
      tell: (event) => {
        house.acceptDurably(event, clock.now());
        pump.pump();
      },
    });
  }

  async run(): Promise<void> {
    const { clock, memory, house, brokerage, sessionsMax } = this.#parts;
    let session = sessionFrom(clock.now());
    this.#closeForgotten(session.date);
    await this.#teach(session);
    this.#parts.taught();
    if (clock.now() >= session.preOpen) await this.#open(session);
    house.start(clock.now());
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

  /** A session that was open when the process ended, and is over by now. */
  #closeForgotten(today: SessionDate): void {
    const { memory, house, sessionOver } = this.#parts;
    const { open, minute } = memory;
    if (open === null || open === today) return;
    sessionOver(
      open,
      house.closeSession({ kind: 'session_closed', date: open, lastBar: minute?.start ?? null, complete: false }, house.at),
    );
  }

  async #teach(today: Session): Promise<void> {
    const { memory, house, history, say } = this.#parts;
    if (memory.open !== null) return;
    const sessions = sessionsToTeach(today.date, { known: memory.closed, most: history });
    for (const [place, session] of sessions.entries()) {
      say(`history  ${session.date}, ${place + 1} of ${sessions.length}`);
      this.#sayOpened(session, { history: true, at: session.preOpen });
      const frames = new MinuteFrames(session, this.#parts.symbols.tickers.length, 0);
      await this.#fetch(frames, session.open, instant(session.close - MINUTE_MS));
      const last = this.#pass(frames, session.close);
      house.closeSession(
        { kind: 'session_closed', date: session.date, lastBar: last?.start ?? null, complete: last !== null },
        session.close,
      );
    }
  }

  /** Today, with the minutes of it that have passed already; those that the journal holds are not asked for again. */
  async #open(session: Session): Promise<void> {
    const { memory, symbols, clock, line } = this.#parts;
    const isOpen = memory.open === session.date;
    if (!isOpen) {
      await this.#splits(session);
      const { agrees, said } = await checkCalendar(session, this.#parts.data);
      if (said !== '') this.#parts.say(`note     ${said}`);
      this.#sayOpened(session, { history: false, at: session.preOpen });
      if (!agrees) this.#pauseEntries(said, session.preOpen);
    }
    const frames = new MinuteFrames(session, symbols.tickers.length, BARS_WITHIN_MS);
    if (memory.minute !== null && isOpen) frames.skipTo(memory.minute);
    this.#frames = frames;
    line.choose({ bars: symbols.tickers, updatedBars: [], statuses: symbols.tickers, lulds: [], trades: [], quotes: [] });
    const now = clock.now();
    if (now > session.preOpen + MINUTE_MS) await this.#fetch(frames, session.preOpen, now);
    this.#pass(frames, now);
  }

  #sayOpened(session: Session, { history, at }: { history: boolean; at: Instant }): void {
    const { house, symbols, unlisted } = this.#parts;
    const { date, open, close, openMinute, closeMinute } = session;
    const listed = unlisted.filter((name) => symbols.indexOf(name) === null);
    house.accept({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history, listed }, at);
  }

  /** Before the session begins, so that what was held over night is counted in new shares. */
  async #splits({ date, preOpen }: Session): Promise<void> {
    const { data, symbols, house, say } = this.#parts;
    const actions = await data.corporateActions(symbols.tickers, date, date);
    if (!actions.ok) return say(`note     splits of ${date} are not known: ${dataProblemText(actions.problem)}`);
    for (const { ticker, exDate, newShares, oldShares } of actions.value) {
      const symbol = symbols.indexOf(ticker);
      if (symbol === null || exDate !== date || newShares === null || oldShares === null || newShares === oldShares) continue;
      house.accept({ kind: 'split_took_effect', symbol, ratio: newShares / oldShares }, preOpen);
      say(`split    ${ticker}: ${newShares} new shares for ${oldShares}`);
    }
  }

  /** Nobody may enter until a person has looked. */
  #pauseEntries(because: string, at: Instant): void {
    const request = { kind: 'stop_trading', level: 'pause_entries', because, by: 'the calendar', from: 'program' } as const;
    this.#parts.house.acceptDurably({ kind: 'request_received', request }, at);
  }

  /** Minutes that are over by then; what they were at the time, not what they are now. Gives the newest in which anything traded. */
  #pass(frames: MinuteFrames, now: Instant): Frame | null {
    let last: Frame | null = null;
    for (const frame of frames.due(now)) {
      this.#parts.house.acceptLate({ kind: 'bars_closed', frame }, instant(frame.start + MINUTE_MS));
      if (frame.present > 0) last = frame;
    }
    this.#parts.house.commit();
    return last;
  }

  async #fetch(frames: MinuteFrames, from: Instant, to: Instant): Promise<void> {
    const { data, symbols } = this.#parts;
    for await (const page of data.historicalBars({ tickers: symbols.tickers, from, to, asOf: null })) {
      if (!page.ok) throw new Failure('badInput', `bars from ${new Date(from).toISOString()} on: ${dataProblemText(page.problem)}`);
      for (const bar of page.value.bars) this.#take(frames, bar);
    }
  }

  #take(frames: MinuteFrames, { ticker, at: start, ...bar }: MarketBar): void {
    const symbol = this.#parts.symbols.indexOf(ticker);
    if (symbol !== null) frames.take({ ...bar, symbol, start });
  }

  async #trade(session: Session): Promise<void> {
    const { house, clock, memory, sessionOver } = this.#parts;
    const frames = this.#frames;
    if (frames === null) throw new Error('assertion failed: a session is traded after it was opened');
    const end = instant(session.close + BARS_WITHIN_MS);
    let turned = performance.now();
    for (let over = false; !over && !this.#stop.aborted; ) {
      over = clock.now() >= end;
      const sleptMs = performance.now() - turned;
      turned = performance.now();
      for (const frame of frames.due(clock.now())) {
        if (isStale(frame, clock.now(), sleptMs)) house.acceptLate({ kind: 'bars_closed', frame }, clock.now());
        else house.accept({ kind: 'bars_closed', frame }, clock.now());
        house.commit();
        this.#parts.pump.pump();
      }
      this.#watchMarket(session);
      if (!over) await this.#turn(instant(Math.min(frames.nextDue, end)));
    }
    if (this.#stop.aborted) return;
    this.#frames = null;
    const last = memory.minute;
    const complete = last !== null && last.start >= session.close - MINUTE_MS;
    sessionOver(
      session.date,
      house.closeSession({ kind: 'session_closed', date: session.date, lastBar: last?.start ?? null, complete }, clock.now()),
    );
  }

  /** Whether the market is heard, whether our clock is right, and whether a name that was set apart may be entered again. */
  #watchMarket(session: Session): void {
    const { clock, house, memory, execution, bell } = this.#parts;
    const now = clock.now();
    if (now > session.open && now < session.close) this.#ear.checkAlive(session.open);
    if (execution.state === 'ready')
      for (const symbol of memory.quarantinedBefore(session.date)) house.accept({ kind: 'name_released', symbol }, now);
    if (!this.#clockCheck.isDue) return;
    const told = this.#clockCheck.ask(session).then((difference) => {
      if (difference !== null) house.acceptDurably(difference, clock.now());
    });
    told.catch(bell.fail);
  }

  async #until(at: Instant): Promise<void> {
    while (this.#parts.clock.now() < at && !this.#stop.aborted) await this.#turn(at);
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

/** Whether a newer minute is over already, or the process has not been there when this one was due (E7). */
function isStale(frame: Frame, now: Instant, sleptMs: number): boolean {
  const lateMs = now - (frame.start + MINUTE_MS + BARS_WITHIN_MS);
  return lateMs >= MINUTE_MS || (lateMs > LATE_MS && sleptMs > SLEPT_MS);
}
