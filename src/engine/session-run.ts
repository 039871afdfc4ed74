import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { frameOf } from '#engine/frames';
import type { House } from '#engine/house';
import type { Recorder } from '#engine/journal/recorder';
import type { SessionBars } from '#engine/ports/bar-source';
import type { Asked } from '#engine/ports/operator';
import type { Venue } from '#engine/ports/venue';
import { Requests } from '#engine/requests';

/** When the record must be on the disk besides before every command: each frame, or in groups of about four megabytes. */
export type Durability = 'each_frame' | 'grouped';
const GROUP_BYTES = 4 << 20;

export type Headline = EventOf<'headline_published'>;

/** One session to be run: its bars, and what was published before its close, oldest first. */
export type SessionInput = {
  readonly session: Session;
  readonly bars: SessionBars;
  /** Symbols known with those of this session. */
  readonly symbols: number;
  /** It only teaches: nothing is scanned or traded. */
  readonly history: boolean;
  readonly names: EventOf<'names_listed'> | null;
  /** The sectors of names that are listed in this session, as far as they are known. */
  readonly sectors?: EventOf<'sectors_listed'> | null;
  readonly headlines: readonly Headline[];
};

export type Stage = {
  readonly house: House;
  readonly recorder: Recorder;
  readonly venue: Venue;
  readonly durability: Durability;
  /** Whoever may ask something while it runs, one for all sessions of a run; nobody when it is left out. */
  readonly requests?: Requests;
};

/** The door of a day whose market lies in files or in a seed. Yields after every minute; returns the hash of the state. */
export function* runSession(input: SessionInput, stage: Stage): Generator<Frame, string> {
  const { session, bars } = input;
  const { house, venue } = stage;
  open(input, stage);
  const between = new Between(input, stage);
  let lastBar: Instant | null = null;
  let lastRegular: Instant | null = null;
  for (let row = 0; row < bars.minutes.length; row++) {
    const frame = frameOf(bars, session, row);
    const at = instant(frame.start + MINUTE_MS);
    between.pass(at);
    venue.advance(frame);
    hear(stage, at);
    house.accept({ kind: 'bars_closed', frame }, at);
    hear(stage, at);
    if (frame.present > 0) lastBar = frame.start;
    if (frame.present > 0 && frame.regular) lastRegular = frame.start;
    if (stage.durability === 'each_frame' || stage.recorder.uncommitted() > GROUP_BYTES) stage.recorder.commit();
    yield frame;
  }
  const end = instant(Math.max(session.close, (lastBar ?? 0) + MINUTE_MS));
  between.pass(end);
  venue.closeSession();
  hear(stage, end);
  const complete = lastRegular !== null && lastRegular >= session.close - MINUTE_MS;
  house.accept({ kind: 'session_closed', date: session.date, lastBar, complete }, end);
  const hash = house.hashState(session.date, end);
  stage.recorder.commit();
  return hash;
}

function open({ session, bars, symbols, history, names, sectors }: SessionInput, { house, venue }: Stage): void {
  const { date, openMinute, closeMinute, preOpen } = session;
  venue.openSession({ date, open: session.open, close: session.close, symbols });
  house.accept(
    { kind: 'session_opened', date, open: session.open, close: session.close, openMinute, closeMinute, history, listed: bars.listed },
    preOpen,
  );
  for (const { symbol, ratio } of bars.splits) house.accept({ kind: 'split_took_effect', symbol, ratio }, preOpen);
  if (names !== null) house.accept(names, preOpen);
  if (sectors != null) house.accept(sectors, preOpen);
}

/**
 * What comes between two minutes, in order of time: headlines up to the end of the minute, and what somebody asks before
 * it. A request of the very instant at which a minute ends has seen that minute, so it comes after its bars; of the same
 * instant, a headline comes before a request. What came while the market slept enters when the day begins.
 */
class Between {
  readonly #headlines: readonly Headline[];
  readonly #stage: Stage;
  readonly #requests: Requests;
  #now: Instant;
  #told = 0;

  constructor({ session, headlines }: SessionInput, stage: Stage) {
    this.#headlines = headlines;
    this.#stage = stage;
    this.#requests = stage.requests ?? new Requests();
    this.#now = session.preOpen;
  }

  pass(until: Instant): void {
    this.#requests.stretch({ from: this.#now, until });
    for (;;) {
      const headline = this.#headlines[this.#told];
      const known = headline === undefined || headline.knownAt > until ? until : headline.knownAt;
      const asked = this.#requests.next({ now: this.#now, before: known });
      if (asked !== null) this.#ask(asked);
      else if (headline === undefined || headline.knownAt > until) break;
      else this.#tell(headline);
    }
    this.#now = until;
  }

  #tell(headline: Headline): void {
    this.#told++;
    this.#now = instant(Math.max(headline.knownAt, this.#now));
    this.#stage.house.accept(headline, this.#now);
  }

  /** On the disk before anything else comes: what a person has said is not asked for again. */
  #ask({ at, request }: Asked): void {
    const { house, venue, recorder } = this.#stage;
    this.#now = at;
    venue.timeIs(at);
    house.accept({ kind: 'request_received', request }, at);
    hear(this.#stage, at);
    recorder.commit();
  }
}

/** The broker's answers are events like any other: each enters at the door, and may bring on more. */
function hear({ house, venue }: Stage, at: Instant): void {
  for (let news = venue.takeNews(); news.length > 0; news = venue.takeNews()) for (const event of news) house.accept(event, at);
}
