import type { AlpacaHost } from '#adapters/alpaca/alpaca-host';
import { answerOf, type More } from '#adapters/alpaca/answer-of';
import type { OrderStream } from '#adapters/alpaca/order-stream';
import { requestOf } from '#adapters/alpaca/request-of';
import { leadsOn, PAGES_MAX, wholeList } from '#adapters/alpaca/whole-list';
import type { Bounds } from '#adapters/alpaca/wire-line';
import type { Answer, Ask, Brokerage, BrokerNews, Priority } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';

/** Where orders go and their news come from. */
export type AlpacaBrokerageSettings = {
  readonly host: AlpacaHost;
  readonly stream: OrderStream;
  readonly clock: Clock;
  /** Of each request alone. */
  readonly bounds: Bounds;
  /** What waits is given up; what is under way is waited for, since its outcome matters. */
  readonly stop: AbortSignal;
};

/** How long an answer may take, and how large it may be: 500 orders with their legs have about 3 MB. */
export const tradingBounds: Bounds = { msMax: 10_000, bytesMax: 16 * 1024 * 1024 };

/** Pauses before the second and the third try of a look. */
const pausesMs = [250, 1_000] as const;

const mutations: ReadonlySet<Ask['kind']> = new Set(['submit_bracket', 'submit_exit', 'replace_order', 'cancel_order', 'suspend_account']);

type Step = {
  readonly ask: Ask;
  readonly page: string | null;
  readonly priority: Priority;
  readonly isWanted?: (() => boolean) | undefined;
};

/** Alpaca's trading API for stocks. A mutation is sent at most once, whatever becomes of it; a look is tried again within a bound. */
export class AlpacaBrokerage implements Brokerage {
  readonly #settings: AlpacaBrokerageSettings;

  constructor(settings: AlpacaBrokerageSettings) {
    this.#settings = settings;
  }

  /** All pages of a list or, when one of them cannot be had, what went wrong with it. Rejects for a bug of ours only. */
  async ask(ask: Ask, priority: Priority, isWanted?: () => boolean): Promise<Answer> {
    const parts: More[] = [];
    for (let page: string | null = null; ; ) {
      const step: Answer | More = mutations.has(ask.kind)
        ? await this.#once({ ask, page, priority, isWanted })
        : await this.#patiently({ ask, page, priority });
      if (step.kind !== 'more') return wholeList(parts, step);
      if (!leadsOn(parts, step))
        return { kind: 'ambiguous', why: 'unreadable', said: `a list without end, or more than ${PAGES_MAX} pages` };
      parts.push(step);
      page = step.page;
    }
  }

  follow(tell: (news: BrokerNews) => void, stop: AbortSignal): Promise<void> {
    return this.#settings.stream.follow(tell, stop);
  }

  async #once({ ask, page, priority, isWanted }: Step): Promise<Answer | More> {
    const { host, clock, bounds } = this.#settings;
    const { reply, waitMs } = await host.send(requestOf(ask, page), priority, bounds, isWanted);
    const answer = answerOf(ask, reply, clock.now());
    return answer.kind === 'not_sent' && answer.why === 'no_budget' ? { ...answer, waitMs } : answer;
  }

  async #patiently(step: Step): Promise<Answer | More> {
    const { host, clock, stop } = this.#settings;
    for (let tries = 0; ; tries++) {
      const answer = await this.#once(step);
      const mayPass = answer.kind === 'ambiguous' || (answer.kind === 'not_sent' && answer.why === 'no_connection');
      const pauseMs = pausesMs[tries];
      if (!mayPass || pauseMs === undefined || stop.aborted || (step.priority === 'read' && host.isShort)) return answer;
      await clock.sleep(pauseMs, stop);
    }
  }
}
