import { Buffer } from 'node:buffer';
import { assert } from '#domain/values/assert';
import { formatInstant, type Instant } from '#domain/values/instant';

/** Room that a field of known size never passes: 40 digits of a float, a time, a number. */
const FIELD_MAX = 48;
const TAB = 9;
const NEWLINE = 10;
const BACKSLASH = 92;
const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/** Stands for U+0000, which no text of PostgreSQL can hold. */
const NUL_SHOWN = '\u2400';
/** Stands for half of a surrogate pair, which is no character. */
const HALF_SHOWN = '\ufffd';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/**
 * Rows of one table in the text format of COPY, written straight into bytes: no object a row, no text a number. Fields in the order
 * of the table's columns, then `end`. Null is `\N`.
 */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(1 << 14);
  #at = 0;
  #rows = 0;
  #replaced = 0;
  /** The instant that was written last, and how: many rows in a row have the same. */
  #instant = Number.NaN;
  #instantText = '';

  /** Whole rows. */
  get rows(): number {
    return this.#rows;
  }

  get size(): number {
    return this.#at;
  }

  /** Characters since the beginning that PostgreSQL could not hold and that stand there as others. */
  get replaced(): number {
    return this.#replaced;
  }

  /** What has been written; holds until the next row. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  clear(): void {
    this.#at = 0;
    this.#rows = 0;
  }

  end(): void {
    this.#bytes[this.#at - 1] = NEWLINE;
    this.#rows++;
  }

  null(): this {
    this.#room(3);
    this.#bytes[this.#at++] = BACKSLASH;
    this.#bytes[this.#at++] = 78;
    return this.#tab();
  }

  /** A whole number. */
  int(value: number | null): this {
    if (value === null) return this.null();
    assert(Number.isSafeInteger(value), 'a whole number is one');
    this.#room(FIELD_MAX);
    this.#integer(value);
    return this.#tab();
  }

  /** An integer of 1e-4 as the exact decimal. */
  e4(value: number | null): this {
    if (value === null) return this.null();
    assert(Number.isSafeInteger(value), 'money is whole in 1e-4');
    this.#room(FIELD_MAX);
    const size = value < 0 ? -value : value;
    if (value < 0) this.#bytes[this.#at++] = MINUS;
    const whole = Math.floor(size / 10_000);
    this.#integer(whole);
    const bytes = this.#bytes;
    let rest = size - whole * 10_000;
    const at = this.#at;
    bytes[at] = POINT;
    for (let place = at + 4; place > at; place--) {
      const next = (rest / 10) | 0;
      bytes[place] = ZERO + rest - next * 10;
      rest = next;
    }
    this.#at = at + 5;
    return this.#tab();
  }

  /** The shortest text that is read back as the same double. */
  float(value: number | null): this {
    if (value === null) return this.null();
    return this.#plain(String(value));
  }

  /** A word of ours: letters, digits and underscores only. */
  word(value: string | null): this {
    return value === null ? this.null() : this.#plain(value);
  }

  bool(value: boolean): this {
    return this.#plain(value ? 't' : 'f');
  }

  instant(value: Instant | null): this {
    if (value === null) return this.null();
    if (value !== this.#instant) {
      this.#instant = value;
      this.#instantText = formatInstant(value);
    }
    return this.#plain(this.#instantText);
  }

  /** Bytes by their hex. */
  hex(value: string): this {
    return this.#plain(`\\\\x${value}`);
  }

  /** Any text at all. */
  text(value: string | null): this {
    if (value === null) return this.null();
    this.#room(3 * value.length + FIELD_MAX);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let place = 0; place < value.length; place++) {
      const code = value.charCodeAt(place);
      if (code < 32 || code > 126 || code === BACKSLASH) return this.#strange(value);
      bytes[at++] = code;
    }
    this.#at = at;
    return this.#tab();
  }

  #strange(value: string): this {
    const replaced = (by: string) => (): string => {
      this.#replaced++;
      return by;
    };
    const held = value.replaceAll('\0', replaced(NUL_SHOWN)).replace(/\p{Cs}/gu, replaced(HALF_SHOWN));
    const escaped = held.replace(/[\\\t\n\r]/g, (one) => escapes[one] ?? one);
    this.#room(3 * escaped.length + FIELD_MAX);
    this.#at += this.#bytes.write(escaped, this.#at, 'utf8');
    return this.#tab();
  }

  #plain(text: string): this {
    this.#room(text.length + FIELD_MAX);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let place = 0; place < text.length; place++) bytes[at++] = text.charCodeAt(place);
    this.#at = at;
    return this.#tab();
  }

  #integer(value: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let rest = value;
    if (rest < 0) {
      bytes[at++] = MINUS;
      rest = -rest;
    }
    if (rest > 0x7fff_ffff) {
      const text = String(rest);
      for (let place = 0; place < text.length; place++) bytes[at++] = text.charCodeAt(place);
      this.#at = at;
      return;
    }
    let small = rest | 0;
    let digits = 1;
    for (let unit = 10; digits < 10 && small >= unit; unit *= 10) digits++;
    for (let place = at + digits - 1; place >= at; place--) {
      const next = (small / 10) | 0;
      bytes[place] = ZERO + small - next * 10;
      small = next;
    }
    this.#at = at + digits;
  }

  #tab(): this {
    this.#bytes[this.#at++] = TAB;
    return this;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
