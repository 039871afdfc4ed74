import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { type Instant, instant } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import { JournalError, type JournalProblem, type Origin } from '#engine/journal/problems';
import { syntheticFrames } from '#engine/journal/testing/synthetic-frames';
import { JournalWriter } from '#engine/journal/writer';

/** An empty directory that nobody else uses. */
export const emptyDirectory = (): string => mkdtempSync(join(tmpdir(), 'catalyst-journal-'));

/** The value, or the problem thrown. */
export function must<Value>(result: Result<Value, JournalProblem>): Value {
  if (!result.ok) throw new JournalError(result.problem);
  return result.value;
}

export type Line = readonly [event: Event, at: Instant, cause: number, origin: Origin];

/** Frames of 12 symbols from the door; after every third the house asks for a cancel, which the broker confirms. */
export function sampleLines(frames = 12): readonly Line[] {
  const lines: Line[] = [];
  for (const [minute, frame] of syntheticFrames(12, frames).entries()) {
    const at = instant(frame.frame.start + 60_000);
    lines.push([frame, at, 0, 'door']);
    if (minute % 3 !== 2) continue;
    const order = `order-${minute}` as OrderId;
    lines.push([{ kind: 'cancel_requested', order, reason: 'entry_stale' }, at, lines.length, 'derived']);
    lines.push([{ kind: 'order_accepted', order }, at, 0, 'door']);
  }
  return lines;
}

/** Writes lines into a closed journal of several small segments. */
export function writeSample(directory: string, lines: readonly Line[] = sampleLines(), segmentBytes = 900): void {
  const writer = must(JournalWriter.open(directory, { segmentBytes }));
  for (const line of lines) writer.append(...line);
  writer.close();
}
