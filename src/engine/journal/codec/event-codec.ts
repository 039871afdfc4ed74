import type { Buffer } from 'node:buffer';
import type { Event, EventKind } from '#domain/events/event';
import { fail, ok, type Result } from '#domain/values/result';
import { ByteReader } from '#engine/journal/codec/byte-reader';
import type { ByteWriter } from '#engine/journal/codec/byte-writer';
import type { ColumnStore } from '#engine/journal/codec/column-store';
import { eventSchema } from '#engine/journal/codec/event-schema';

/** Bytes that are no event of this version: `what` is for people. */
export type Undecodable = { readonly kind: 'undecodable'; readonly what: string };

/** Appends the event to what `out` holds. */
export const encodeEvent = (event: Event, out: ByteWriter): void => eventSchema.write(event, out);

/**
 * The event that takes up all of `payload`. Without `columns` a frame gets arrays of its own; with a store they are
 * the store's and hold only until the next frame is decoded.
 */
export function decodeEvent(payload: Buffer, columns: ColumnStore | null = null): Result<Event, Undecodable> {
  const from = new ByteReader(payload, columns);
  const event = eventSchema.read(from);
  if (from.remaining > 0) from.fail('trailing bytes');
  return from.failure === null ? ok(event) : fail({ kind: 'undecodable', what: from.failure });
}

/** The kind that a payload's first byte stands for, without decoding the rest; null when there is none. */
export const kindOf = (payload: Buffer): EventKind | null => eventSchema.kinds[payload[0] ?? 255] ?? null;
