import { createHash } from 'node:crypto';
import type { Service } from '#domain/events/service';
import type { Numbers } from '#domain/values/symbol-columns';

/** What is gathered before it is hashed: a service tells of thousands of small things, and each call of the hash costs. */
const BATCH_BYTES = 1 << 16;
/** UTF-8 needs at most three bytes for a code unit. */
const BYTES_A_UNIT = 3;

/** SHA-256 over the state of all services in the order of the plan, in hex. */
export function hashOfState(plan: readonly Service[]): string {
  const hash = createHash('sha256');
  const batch = Buffer.allocUnsafe(BATCH_BYTES);
  let used = 0;
  const flush = (): void => {
    hash.update(batch.subarray(0, used));
    used = 0;
  };
  const roomFor = (bytes: number): boolean => {
    if (used + bytes > BATCH_BYTES) flush();
    return bytes <= BATCH_BYTES;
  };
  const sink = {
    numbers(values: Numbers): void {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      if (!roomFor(bytes.length)) return void hash.update(bytes);
      batch.set(bytes, used);
      used += bytes.length;
    },
    text(value: string): void {
      const told = `${value.length}:${value}`;
      if (roomFor(told.length * BYTES_A_UNIT)) used += batch.write(told, used);
      else hash.update(told);
    },
  };
  for (const service of plan) {
    flush();
    hash.update(service.name);
    service.hashInto(sink);
  }
  flush();
  return hash.digest('hex');
}
