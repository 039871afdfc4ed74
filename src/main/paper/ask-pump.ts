import type { Execution } from '#engine/execution/execution';
import type { LiveHouse } from '#engine/live/live-house';
import type { Ask, Brokerage } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import { Failure } from '#main/commands/failure';
import type { Lease } from '#main/paper/account-lease';

type Pumped = {
  readonly house: LiveHouse;
  readonly execution: Execution;
  readonly brokerage: Brokerage;
  readonly clock: Clock;
  readonly lease: Lease;
  /** Told after an answer has been thought about. */
  readonly answered: () => void;
  readonly failed: (error: unknown) => void;
};

const looks: ReadonlySet<Ask['kind']> = new Set([
  'find_order',
  'read_order',
  'list_open_orders',
  'list_orders',
  'list_positions',
  'list_executions',
  'list_cash_activities',
  'read_account',
  'read_clock',
]);

/** Carries what the execution asks to the broker, all at once, and each answer back to the house. */
export class AskPump {
  readonly #parts: Pumped;

  constructor(parts: Pumped) {
    this.#parts = parts;
  }

  /** Sends what waits. Nothing that changes anything leaves a process whose account another one has taken over (X2, I10). */
  pump(): void {
    const { execution, lease } = this.#parts;
    for (const { id, ask, priority } of execution.takeAsks()) {
      if (!looks.has(ask.kind) && !lease.holds())
        throw new Failure('badJournal', 'another process has taken over this account; nothing more is sent from here');
      this.#carry(id, ask, priority).catch(this.#parts.failed);
    }
  }

  async #carry(id: number, ask: Ask, priority: Parameters<Brokerage['ask']>[1]): Promise<void> {
    const { brokerage, house, execution, clock, answered } = this.#parts;
    const answer = await brokerage.ask(ask, priority, () => execution.isWanted(id));
    house.answered(id, answer, clock.now());
    this.pump();
    answered();
  }
}
