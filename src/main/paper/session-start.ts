import type { Frame } from '#domain/events/frame';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';
import type { MarketBar } from '#engine/ports/market-data';
import { Failure } from '#main/commands/failure';
import { MinuteFrames } from '#main/live/minute-frames';
import { checkCalendar } from '#main/paper/calendar-check';
import { dataProblemText } from '#main/paper/data-problem-text';
import { BARS_WITHIN_MS } from '#main/paper/late-minute';
import type { LiveParts } from '#main/paper/live-parts';
import { sessionsToTeach } from '#main/paper/session-dates';

type Parts = Pick<LiveParts, 'house' | 'memory' | 'symbols' | 'data' | 'line' | 'clock' | 'unlisted' | 'history' | 'say' | 'sessionOver'>;

/** What has to be in the journal before a session can be traded: earlier sessions, its opening, its minutes that are over. */
export class SessionStart {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A session that was open when the process ended, and is over by now. */
  closeForgotten(today: SessionDate): void {
    const { memory, house, sessionOver } = this.#parts;
    const { open, minute } = memory;
    if (open === null || open === today) return;
    sessionOver(
      open,
      house.closeSession({ kind: 'session_closed', date: open, lastBar: minute?.start ?? null, complete: false }, house.at),
    );
  }

  /** Earlier sessions teach the averages; one that is open already has its own. */
  async teach(today: Session): Promise<void> {
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

  /** Where the minutes of today come in from now on; those that the journal holds are not told again. */
  async open(session: Session): Promise<MinuteFrames> {
    const { memory, symbols } = this.#parts;
    const isOpen = memory.open === session.date;
    if (!isOpen) {
      await this.#splits(session);
      const { agrees, said } = await checkCalendar(session, this.#parts.data);
      if (said !== '') this.#parts.say(`note     ${said}`);
      const gone = await this.#untraded(session.date);
      this.#sayOpened(session, { history: false, at: session.preOpen });
      // Not before it opens: what an earlier session has set apart is let go in this one.
      for (const symbol of gone)
        this.#parts.house.accept({ kind: 'name_quarantined', symbol, why: 'the broker does not trade it' }, session.preOpen);
      if (!agrees) this.#pauseEntries(said, session.preOpen);
    }
    const frames = new MinuteFrames(session, symbols.tickers.length, BARS_WITHIN_MS);
    if (memory.minute !== null && isOpen) frames.skipTo(memory.minute);
    return frames;
  }

  /** The minutes of today that have passed already. */
  async catchUp(session: Session, frames: MinuteFrames): Promise<void> {
    const { symbols, clock, line } = this.#parts;
    line.choose({ bars: symbols.tickers, updatedBars: [], statuses: symbols.tickers, lulds: [], trades: [], quotes: [] });
    const now = clock.now();
    if (now > session.preOpen + MINUTE_MS) await this.#fetch(frames, session.preOpen, now);
    this.#pass(frames, now);
  }

  /** A bar of a name that nobody has listed is none of ours. */
  take(frames: MinuteFrames, { ticker, at: start, ...bar }: MarketBar): void {
    const symbol = this.#parts.symbols.indexOf(ticker);
    if (symbol !== null) frames.take({ ...bar, symbol, start });
  }

  #sayOpened(session: Session, { history, at }: { history: boolean; at: Instant }): void {
    const { house, symbols, unlisted } = this.#parts;
    const { date, open, close, openMinute, closeMinute } = session;
    const listed = unlisted.filter((name) => symbols.indexOf(name) === null);
    house.accept({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history, listed }, at);
  }

  /** Before the session begins, so that what was held over night is counted in new shares; a process that has ended since may have told of it. */
  async #splits({ date, preOpen }: Session): Promise<void> {
    const { data, symbols, house, memory, say } = this.#parts;
    const actions = await data.corporateActions(symbols.tickers, date, date);
    if (!actions.ok) return say(`note     splits of ${date} are not known: ${dataProblemText(actions.problem)}`);
    for (const { ticker, exDate, newShares, oldShares } of actions.value) {
      const symbol = symbols.indexOf(ticker);
      if (symbol === null || exDate !== date || newShares === null || oldShares === null || newShares === oldShares) continue;
      if (memory.split.has(symbol)) continue;
      house.accept({ kind: 'split_took_effect', symbol, ratio: newShares / oldShares }, preOpen);
      say(`split    ${ticker}: ${newShares} new shares for ${oldShares}`);
    }
  }

  /** A merger, a delisting, a suspension, or a ticker that has changed: what is held stays protected, and nothing is bought (D8). */
  async #untraded(date: SessionDate): Promise<readonly SymbolIndex[]> {
    const { data, symbols, say } = this.#parts;
    const assets = await data.assets();
    if (!assets.ok) {
      say(`note     which names the broker trades on ${date} is not known: ${dataProblemText(assets.problem)}`);
      return [];
    }
    const traded = new Set(assets.value.filter(({ tradable }) => tradable).map(({ ticker }) => ticker));
    return symbols.tickers.flatMap((name) => (traded.has(name) ? [] : (symbols.indexOf(name) ?? [])));
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
      for (const bar of page.value.bars) this.take(frames, bar);
    }
  }
}
