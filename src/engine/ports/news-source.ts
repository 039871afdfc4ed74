import type { Instant } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import type { Headline } from '#engine/ports/headline';
import type { HttpProblem } from '#engine/ports/http';
import type { SocketLost } from '#engine/ports/socket';

/** From `since` on, up to `until` inclusive; `null` is up to now. */
export type NewsWindow = { readonly since: Instant; readonly until: Instant | null };

/** An item that was left out, and what of it could not be read. */
export type RefusedItem = {
  readonly reason: 'not_an_object' | 'no_id' | 'no_text' | 'bad_time' | 'removed' | 'no_such_company';
  readonly received: string;
};

export type NewsPage = {
  readonly headlines: readonly Headline[];
  readonly refused: readonly RefusedItem[];
  /** Everything updated before this has now been handed over; `null` when the vendor's order does not tell. */
  readonly coveredTo: Instant | null;
};

export type NewsProblem =
  | HttpProblem
  /** An answer of another shape than the vendor documents. */
  | { readonly kind: 'unreadable_page'; readonly expected: string; readonly received: string }
  /** Pages that bring nothing new, or a mark that leads back to itself. */
  | { readonly kind: 'endless_pages'; readonly pages: number };

/** A vendor that is asked. It may hand the same headline over twice; whoever takes them drops what was seen. */
export type NewsSource = {
  readonly name: string;
  /** What is asked, in words: a place to resume from holds for this question only. */
  readonly question: string;
  /** How far back before the last seen update the next question reaches: vendors file late. */
  readonly overlapMs: number;
  readonly pollMs: number;
  /** Ends after a problem. */
  pages(window: NewsWindow): AsyncIterable<Result<NewsPage, NewsProblem>>;
};

export type StreamEvent =
  /** From here on nothing new is missed; what came before has to be asked for. */
  | { readonly kind: 'stream_ready' }
  | { readonly kind: 'stream_page'; readonly page: NewsPage }
  | {
      readonly kind: 'stream_lost';
      readonly why: SocketLost['why'] | 'server_error' | 'no_answer';
      readonly code: number | null;
      readonly waitMs: number;
    }
  | { readonly kind: 'stream_refused'; readonly code: number; readonly said: string; readonly waitMs: number };

/** A vendor that tells by itself. Goes on until it is told to stop, however often the line breaks. */
export type NewsStream = { readonly name: string; follow(stop: AbortSignal): AsyncIterable<StreamEvent> };
