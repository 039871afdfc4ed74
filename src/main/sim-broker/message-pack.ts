import { parseRfc3339 } from '#domain/values/rfc3339';

/**
 * As much of MessagePack as clients of Alpaca's streams use: what JSON can say, and the timestamp of the extension -1 in the
 * field "t". Source: the specification of MessagePack; broker-alpaca §14.
 */
export function packed(value: unknown): Uint8Array {
  const bytes: number[] = [];
  write(bytes, value);
  return Uint8Array.from(bytes);
}

const text = new TextEncoder();

function write(bytes: number[], value: unknown, name = ''): void {
  if (value === null || value === undefined) bytes.push(0xc0);
  else if (typeof value === 'boolean') bytes.push(value ? 0xc3 : 0xc2);
  else if (typeof value === 'number') writeNumber(bytes, value);
  else if (typeof value === 'string') writeText(bytes, value, name);
  else if (Array.isArray(value)) {
    writeLength(bytes, value.length, 0x90, 0xdc);
    for (const each of value) write(bytes, each);
  } else {
    const entries = Object.entries(value);
    writeLength(bytes, entries.length, 0x80, 0xde);
    for (const [key, each] of entries) {
      write(bytes, key);
      write(bytes, each, key);
    }
  }
}

/** Up to fifteen in the head itself, then in two bytes, then in four; the head of four follows that of two. */
function writeLength(bytes: number[], length: number, short: number, ofTwo: number): void {
  if (length < 16) bytes.push(short | length);
  else if (length < 0x10000) bytes.push(ofTwo, length >>> 8, length & 0xff);
  else bytes.push(ofTwo + 1, ...big(length, 4));
}

function writeNumber(bytes: number[], value: number): void {
  if (Number.isSafeInteger(value) && value >= 0 && value < 0x80) bytes.push(value);
  else if (Number.isSafeInteger(value) && value >= 0 && value <= 0xffff_ffff) bytes.push(0xce, ...big(value, 4));
  else if (Number.isSafeInteger(value) && value >= 0) bytes.push(0xcf, ...big(value, 8));
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    bytes.push(0xcb, ...new Uint8Array(view.buffer));
  }
}

function writeText(bytes: number[], value: string, name: string): void {
  const at = name === 't' ? parseRfc3339(value) : null;
  if (at !== null) return writeTimestamp(bytes, at);
  const coded = text.encode(value);
  if (coded.length < 32) bytes.push(0xa0 | coded.length);
  else if (coded.length < 0x100) bytes.push(0xd9, coded.length);
  else if (coded.length < 0x10000) bytes.push(0xda, ...big(coded.length, 2));
  else bytes.push(0xdb, ...big(coded.length, 4));
  for (const byte of coded) bytes.push(byte);
}

/** 64 bits: 30 of nanoseconds, 34 of seconds. */
function writeTimestamp(bytes: number[], at: number): void {
  const seconds = BigInt(Math.floor(at / 1000));
  const nanoseconds = BigInt((at % 1000) * 1_000_000);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, (nanoseconds << 34n) | seconds);
  bytes.push(0xd7, 0xff, ...new Uint8Array(view.buffer));
}

function big(value: number, width: 2 | 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(value));
  return new Uint8Array(view.buffer).slice(8 - width);
}

/** Deeper than anything that a client says. */
const DEPTH_MAX = 8;

/** What a client said; null for bytes that are no MessagePack, or a kind of it that no client of ours needs. */
export function unpacked(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  return reader.isWhole ? value : null;
}

class Reader {
  readonly #view: DataView;
  #at = 0;
  #broken = false;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isWhole(): boolean {
    return !this.#broken && this.#at === this.#view.byteLength;
  }

  value(depth: number): unknown {
    const head = this.#number(1);
    if (this.#broken || depth > DEPTH_MAX) return this.#fail();
    if (head < 0x80) return head;
    if (head < 0x90) return this.#map(head & 0x0f, depth);
    if (head < 0xa0) return this.#list(head & 0x0f, depth);
    if (head < 0xc0) return this.#text(head & 0x1f);
    if (head >= 0xe0) return head - 0x100;
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#number(head === 0xcc ? 1 : head === 0xcd ? 2 : 4);
      case 0xd9:
        return this.#text(this.#number(1));
      case 0xda:
        return this.#text(this.#number(2));
      case 0xdb:
        return this.#text(this.#number(4));
      case 0xdc:
        return this.#list(this.#number(2), depth);
      case 0xde:
        return this.#map(this.#number(2), depth);
      default:
        return this.#fail();
    }
  }

  #map(length: number, depth: number): unknown {
    const entries: [string, unknown][] = [];
    for (let i = 0; i < length && !this.#broken; i++) entries.push([String(this.value(depth + 1)), this.value(depth + 1)]);
    return Object.fromEntries(entries);
  }

  #list(length: number, depth: number): unknown {
    const list: unknown[] = [];
    for (let i = 0; i < length && !this.#broken; i++) list.push(this.value(depth + 1));
    return list;
  }

  #text(length: number): unknown {
    if (this.#at + length > this.#view.byteLength) return this.#fail();
    const part = new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#at, length);
    this.#at += length;
    return new TextDecoder().decode(part);
  }

  #number(width: 1 | 2 | 4): number {
    if (this.#at + width > this.#view.byteLength) {
      this.#broken = true;
      return 0;
    }
    const at = this.#at;
    this.#at += width;
    return width === 1 ? this.#view.getUint8(at) : width === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #fail(): null {
    this.#broken = true;
    return null;
  }
}
