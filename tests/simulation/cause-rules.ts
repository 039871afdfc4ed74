import type { Entry, EventKind } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { Origin } from '#engine/journal/problems';
import { need } from './broken-rule.js';

/** Every entry has a cause that its maker has declared: what comes from the world has none. */
export class CauseRules {
  readonly #makers = new Map<EventKind, Service[]>();
  readonly #kinds: EventKind[] = [];

  constructor(services: readonly Service[]) {
    for (const service of services) for (const kind of service.emits) this.#makers.set(kind, [...(this.#makers.get(kind) ?? []), service]);
  }

  see({ sequence, cause, event }: Entry, origin: Origin): void {
    this.#kinds[sequence] = event.kind;
    if (event.kind === 'state_hashed') return;
    if (origin === 'door') return need(cause === 0, 'what comes from the door has no cause');
    need(cause > 0 && cause < sequence, `entry ${sequence} names an earlier cause, named ${cause}`);
    const why = this.#kinds[cause] as EventKind;
    const able = (this.#makers.get(event.kind) ?? []).filter((maker) => maker.consumes.includes(why) || maker.hears.includes(why));
    need(able.length > 0, `no service declares that it makes ${event.kind} of ${why}`);
  }
}
