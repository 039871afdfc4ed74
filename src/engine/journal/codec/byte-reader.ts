import { type Buffer, isUtf8 } from 'node:buffer';
import type { ColumnStore } from '#engine/journal/codec/column-store';

/**
 * Reads what a `ByteWriter` wrote. The first failure sticks and every read after it gives a zero, so that bytes of any
 * content can be read without an exception; the caller looks at `failure` once, at the end.
 */
export class ByteReader {
  bytes: Buffer;
  at = 0;
  failure: string | null = null;
  /** Where frames take their columns from; null for fresh ones. */
  readonly columns: ColumnStore | null;

  constructor(bytes: Buffer, columns: ColumnStore | null = null) {
    this.bytes = bytes;
    this.columns = columns;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  fail(what: string): 0 {
    this.failure ??= what;
    this.at = this.bytes.length;
    return 0;
  }

  byte(): number {
    return this.at < this.bytes.length ? (this.bytes[this.at++] as number) : this.fail('truncated');
  }

  natural(): number {
    let value = 0;
    let unit = 1;
    for (let count = 0; count < 8; count++) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return Number.isSafeInteger(value) ? value : this.fail('number out of range');
      unit *= 128;
    }
    return this.fail('number too long');
  }

  integer(): number {
    const first = this.byte();
    const size = ((first >> 1) & 63) + (first < 128 ? 0 : this.natural() * 64);
    if (!Number.isSafeInteger(size)) return this.fail('number out of range');
    return (first & 1) === 0 || size === 0 ? size : -size;
  }

  /** A varint of at most 32 bits. */
  unsigned(): number {
    const { bytes } = this;
    let at = this.at;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= bytes.length) return this.fail('truncated');
      const byte = bytes[at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) {
        if (shift === 28 && byte > 15) return this.fail('number out of range');
        this.at = at;
        return value >>> 0;
      }
    }
    return this.fail('number too long');
  }

  float(): number {
    if (this.remaining < 8) return this.fail('truncated');
    const value = this.bytes.readDoubleLE(this.at);
    this.at += 8;
    return Number.isFinite(value) ? value : this.fail('number not finite');
  }

  text(): string {
    const head = this.natural();
    const length = Math.floor(head / 2);
    if (length > this.remaining) this.fail('truncated');
    if (this.failure !== null) return '';
    const from = this.at;
    this.at += length;
    if (head % 2 === 1) return this.bytes.toString('utf16le', from, this.at);
    if (!isUtf8(this.bytes.subarray(from, this.at))) this.fail('text is not UTF-8');
    return this.bytes.toString('utf8', from, from + length);
  }
}
