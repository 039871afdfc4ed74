import type { Entry } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import type { Instant } from '#domain/values/instant';

/** What somebody asks of the house, and when by the market's time. */
export type Asked = { readonly at: Instant; readonly request: Request };

/** Whoever asks and answers: a person at a terminal, a script, another process. Many can be one: the oldest request first. */
export type Operator = {
  /** Told of every entry, in a run that is made again too; requests are not made here. */
  see(entry: Entry): void;
  /** Takes the next request that came before this instant, oldest first; null when there is none. Asked again after each. */
  next(before: Instant): Asked | null;
};
