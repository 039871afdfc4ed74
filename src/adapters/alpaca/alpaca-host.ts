import type { RequestBudget } from '#adapters/alpaca/request-budget';
import type { Bounds, WireLine } from '#adapters/alpaca/wire-line';
import type { Priority } from '#engine/ports/brokerage';
import type { WireReply, WireRequest } from '#engine/ports/wire';

/** A reply; `waitMs` is when it is worth another try where the budget said no, else 0. */
export type HostReply = { readonly reply: WireReply; readonly waitMs: number };

/** One host with the budget that its account has there. */
export class AlpacaHost {
  readonly #line: WireLine;
  readonly #budget: RequestBudget;

  constructor(line: WireLine, budget: RequestBudget) {
    this.#line = line;
    this.#budget = budget;
  }

  /**
   * Sends once when the budget allows it, if it is still wanted then. Waiting for the budget is no part of the time that the answer
   * may take (A18).
   */
  async send(request: WireRequest, priority: Priority, bounds: Bounds, isWanted?: () => boolean): Promise<HostReply> {
    const grant = await this.#budget.acquire(priority);
    if (grant.kind !== 'granted') {
      const waitMs = grant.kind === 'no_budget' ? grant.waitMs : 0;
      return { reply: { kind: 'fault', why: grant.kind, sent: false }, waitMs };
    }
    if (isWanted?.() === false) {
      this.#budget.release(priority, null);
      return { reply: { kind: 'fault', why: 'withdrawn', sent: false }, waitMs: 0 };
    }
    const reply = await this.#line.send(request, bounds);
    this.#budget.release(priority, reply.kind === 'answer' ? reply : null);
    return { reply, waitMs: 0 };
  }

  get isShort(): boolean {
    return this.#budget.isShort;
  }
}
