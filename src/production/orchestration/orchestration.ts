import type { Entry } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { unreachable } from '#domain/values/assert';

/** The door for requests: what a person or a program asks becomes an event that the others understand. No business logic. */
export function orchestration(): Service {
  return {
    name: 'orchestration',
    consumes: ['request_received'],
    hears: [],
    emits: ['stop_requested', 'mode_changed'],
    step({ event }: Entry, emit: Emit): void {
      if (event.kind !== 'request_received') return;
      const { request } = event;
      switch (request.kind) {
        case 'stop_trading':
          return emit({ kind: 'stop_requested', by: request.by, because: request.because });
        case 'change_mode':
          return emit({ kind: 'mode_changed', mode: request.mode, by: request.by });
        default:
          return unreachable(request);
      }
    },
    // It remembers nothing: every request stands for itself.
    hashInto(): void {},
  };
}
