import { Buffer } from 'node:buffer';
import { assert } from '#domain/values/assert';

/** A growing buffer that is written in place and used again; `at` is the next free byte. */
export class ByteWriter {
  bytes: Buffer;
  at = 0;
  /** The same memory: V8 compiles a write through a view to one instruction, and none of those of a buffer. */
  #view: DataView;

  constructor(capacity = 1 << 16) {
    this.bytes = Buffer.alloc(capacity);
    this.#view = viewOf(this.bytes);
  }

  /** Makes sure that `count` more bytes fit; `bytes` may be another buffer afterwards. */
  room(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    let capacity = this.bytes.length * 2;
    while (capacity < this.at + count) capacity *= 2;
    const wider = Buffer.alloc(capacity);
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
    this.#view = viewOf(wider);
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  /** A whole number from 0 to 2^53 − 1, seven bits a byte, low bits first. */
  natural(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0, 'a natural is whole, safe and not negative');
    this.room(8);
    const { bytes } = this;
    let at = this.at;
    let rest = value;
    while (rest > 0x7fff_ffff) {
      bytes[at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    at = putUnsigned(bytes, at, rest);
    this.at = at;
  }

  /** Any safe integer: the first byte holds the sign and six bits, so that the whole range stays exact. */
  integer(value: number): void {
    assert(Number.isSafeInteger(value), 'an integer is whole and safe');
    const size = value < 0 ? -value : value;
    const low = ((size % 64) << 1) | (value < 0 ? 1 : 0);
    this.byte(size < 64 ? low : low | 128);
    if (size >= 64) this.natural(Math.floor(size / 64));
  }

  float(value: number): void {
    assert(Number.isFinite(value), 'a number in an event is finite');
    this.room(8);
    this.#view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** UTF-8; a text with a lone surrogate, which UTF-8 cannot hold, is kept as UTF-16. The low bit of the length says which. */
  text(value: string): void {
    if (value.length <= SHORT && this.#plain(value)) return;
    const size = Buffer.byteLength(value);
    const wide = size !== value.length && loneSurrogate.test(value);
    const length = wide ? value.length * 2 : size;
    this.natural(length * 2 + (wide ? 1 : 0));
    this.room(length);
    this.bytes.write(value, this.at, length, wide ? 'utf16le' : 'utf8');
    this.at += length;
  }

  /** Most texts are short and ASCII, for which a call into native code costs more than the text; whether this one was. */
  #plain(value: string): boolean {
    this.room(SHORT + 1);
    const { bytes } = this;
    let at = this.at;
    bytes[at++] = value.length * 2;
    for (let place = 0; place < value.length; place++) {
      const code = value.charCodeAt(place);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    this.at = at;
    return true;
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

/** Up to here a loop is faster than the call. The length with its mark fits in one byte. */
const SHORT = 32;

const loneSurrogate = /\p{Surrogate}/u;

/** Writes an unsigned 32-bit number as a varint and returns the next free byte; the caller has made room for five. */
export function putUnsigned(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  for (; rest > 127; rest >>>= 7) bytes[next++] = rest | 128;
  bytes[next++] = rest;
  return next;
}
