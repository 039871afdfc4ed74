import type { Entry } from '#domain/events/event';
import type { Emit, Service } from '#domain/events/service';
import { unreachable } from '#domain/values/assert';

/** The door for requests: what a person or a program asks becomes an event that the others understand. No business logic. */
export function orchestration(): Service {
  return {
    name: 'orchestration',
    consumes: ['request_received'],
    hears: [],
    emits: ['stop_requested', 'clear_requested', 'parameter_requested', 'parameter_confirmed', 'answer_given', 'close_requested'],
    step({ event }: Entry, emit: Emit): void {
      if (event.kind !== 'request_received') return;
      const { request } = event;
      switch (request.kind) {
        case 'stop_trading':
          return emit({ ...request, kind: 'stop_requested' });
        case 'clear_stop':
          return emit({ ...request, kind: 'clear_requested' });
        case 'change_parameter':
          return emit({ ...request, kind: 'parameter_requested' });
        case 'confirm_parameter':
          return emit({ ...request, kind: 'parameter_confirmed' });
        case 'answer_question':
          return emit({ ...request, kind: 'answer_given' });
        case 'close_position':
          return emit({ ...request, kind: 'close_requested' });
        default:
          return unreachable(request);
      }
    },
    // It remembers nothing: every request stands for itself.
    hashInto(): void {},
  };
}
