import { createHash } from 'node:crypto';
import type { Service } from '#domain/events/service';

/** SHA-256 over the state of all services in the order of the plan, in hex. */
export function hashOfState(plan: readonly Service[]): string {
  const hash = createHash('sha256');
  for (const service of plan) {
    hash.update(service.name);
    service.hashInto({
      numbers: (values) => hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
      text: (value) => hash.update(`${value.length}:${value}`),
    });
  }
  return hash.digest('hex');
}
