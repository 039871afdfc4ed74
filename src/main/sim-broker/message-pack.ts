import { DecodeError, decode, encode } from '@msgpack/msgpack';
import { listOf } from '#domain/values/json-field';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { parsed } from '#engine/ports/json-text';

/** More names than any client lists at once: what claims to be longer is refused before it takes memory. */
const LENGTH_MAX = 100_000;

/** A JSON text as MessagePack, times in a field "t" as its timestamps; what is no JSON, which a fault makes, goes as the text that it is. */
export function packed(text: string): Uint8Array {
  const value = parsed(text);
  return encode(value === undefined ? text : withTimestamps(value));
}

/** MessagePack as a JSON text; empty for bytes that are none. */
export function unpacked(bytes: Uint8Array): string {
  try {
    return JSON.stringify(decode(bytes, { maxArrayLength: LENGTH_MAX, maxMapLength: LENGTH_MAX }));
  } catch (error) {
    // Bytes that end too early, or are nested without end, are a RangeError.
    if (error instanceof DecodeError || error instanceof RangeError) return '';
    throw error;
  }
}

function withTimestamps(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && name === 't') {
    const at = parseRfc3339(value);
    return at === null ? value : new Date(at);
  }
  const list = listOf(value);
  if (list !== null) return list.map((each) => withTimestamps(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, withTimestamps(each, field)]));
}
