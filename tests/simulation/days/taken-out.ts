import type { AccountEvent } from '#domain/events/account';
import type { Instant } from '#domain/values/instant';
import type { Options } from '#engine/execution/desk';
import { Execution } from '#engine/execution/execution';
import type { BrokerNews } from '#engine/ports/brokerage';

/** A defence that is taken out, to see that the simulation notices it; the product has no such switch. */
export const defences = [
  /** A fill that is told twice counts once (C1). */
  'dedup',
  /** An order stands on the disk before it leaves (I2). */
  'write_ahead',
  /** An order that no list shows may still appear for a minute (A2, A8). */
  'quarantine',
  /** Shares without a stop are told of (B2, B3). */
  'cover_watch',
  /** Lists that differ are read again before they are believed (D4). */
  'settle_window',
  /** The lists are read once a minute whatever is told (C4). */
  'reconciliation',
  /** An account that another process has taken over is left alone (X2). */
  'fencing',
  /** A cancel that has ended nothing is asked for again, so that a way out does not wait behind a leg for ever (B4, B6). */
  'cancel_again',
] as const;

export type TakenOut = (typeof defences)[number] | null;

/** The execution without that defence. */
export function executionWithout(takenOut: TakenOut, options: Options): Execution {
  const { patience } = options;
  switch (takenOut) {
    case 'dedup':
      return new Forgetful(options);
    case 'cover_watch':
      return new Blind(options);
    case 'quarantine':
      return new Execution({ ...options, patience: { ...patience, quarantineMs: 0 } });
    case 'settle_window':
      return new Execution({ ...options, patience: { ...patience, lagMs: 1 } });
    case 'reconciliation':
      return new Execution({ ...options, patience: { ...patience, reconcileMs: 86_400_000 } });
    case 'cancel_again':
      return new Execution({ ...options, patience: { ...patience, againMs: [86_400_000], cancelAgainMs: 86_400_000 } });
    default:
      return new Execution(options);
  }
}

/** Takes an execution for a new one each time that it is told. */
class Forgetful extends Execution {
  readonly #told = new Set<string>();
  #again: string | null = null;
  #last: Extract<AccountEvent, { kind: 'order_filled' }> | null = null;

  override news(news: BrokerNews, at: Instant): void {
    super.news(news, at);
    const id = news.kind === 'order_news' ? (news.execution?.id ?? null) : null;
    if (id === null) return;
    if (this.#told.has(id)) this.#again = id;
    this.#told.add(id);
  }

  override takeEvents(): readonly AccountEvent[] {
    const events = super.takeEvents();
    for (const event of events) if (event.kind === 'order_filled') this.#last = event;
    if (this.#again === null || this.#last === null) return events;
    this.#again = null;
    return [...events, { ...this.#last }];
  }
}

/** Sees no share without a stop. */
class Blind extends Execution {
  override takeEvents(): readonly AccountEvent[] {
    return super.takeEvents().filter(({ kind }) => kind !== 'cover_missing');
  }
}
