import { assert } from '#domain/values/assert';
import type { ByteReader } from '#engine/journal/codec/byte-reader';
import type { ByteWriter } from '#engine/journal/codec/byte-writer';

/** How one type is written to bytes and read back. Reading bad bytes sets the reader's failure and gives any value. */
export type Codec<Value> = {
  write(value: Value, out: ByteWriter): void;
  read(from: ByteReader): Value;
};

/** Whole and not negative: counts, indexes, minutes, sequences. */
export const natural = <Value extends number = number>(): Codec<Value> => ({
  write: (value, out) => out.natural(value),
  read: (from) => from.natural() as Value,
});

/** Whole and above zero: prices. */
export const positive = <Value extends number>(): Codec<Value> => ({
  write: (value, out) => {
    assert(value > 0, 'a positive number is above zero');
    out.natural(value);
  },
  read: (from) => (from.natural() || from.fail('zero where a positive number belongs')) as Value,
});

/** Any safe integer: cash, instants. */
export const integer = <Value extends number = number>(): Codec<Value> => ({
  write: (value, out) => out.integer(value),
  read: (from) => from.integer() as Value,
});

/** A finite double, to the bit. */
export const float: Codec<number> = {
  write: (value, out) => out.float(value),
  read: (from) => from.float(),
};

export const text = <Value extends string = string>(): Codec<Value> => ({
  write: (value, out) => out.text(value),
  read: (from) => from.text() as Value,
});

export const bool: Codec<boolean> = {
  write: (value, out) => out.byte(value ? 1 : 0),
  read: (from) => {
    const byte = from.byte();
    if (byte > 1) from.fail('neither true nor false');
    return byte === 1;
  },
};

/** The words of a list with their places in it. */
export const numbered = <Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> =>
  Object.fromEntries(words.map((word, place) => [word, place])) as Record<Word, number>;

/** One of some words, written as its place among them, which must therefore never change. The record names every word once. */
export function word<Word extends string>(places: Readonly<Record<Word, number>>): Codec<Word> {
  const words = Object.keys(places) as Word[];
  for (const [place, name] of words.entries()) assert(places[name] === place, `the word ${name} stands in its place`);
  return {
    write(value, out) {
      const place = places[value];
      assert(place !== undefined, 'a word of the list');
      out.byte(place);
    },
    read(from) {
      const value = words[from.byte()];
      if (value === undefined) from.fail('unknown word');
      return value ?? (words[0] as Word);
    },
  };
}

export function list<Item>(item: Codec<Item>): Codec<readonly Item[]> {
  return {
    write(values, out) {
      out.natural(values.length);
      for (const value of values) item.write(value, out);
    },
    read(from) {
      const count = from.natural();
      // Every item takes a byte at least, so that a wrong count cannot make an endless loop.
      if (count > from.remaining) from.fail('truncated');
      const values: Item[] = [];
      for (let place = 0; place < count && from.failure === null; place++) values.push(item.read(from));
      return values;
    },
  };
}

export function nullable<Value>(inner: Codec<Value>): Codec<Value | null> {
  return {
    write(value, out) {
      out.byte(value === null ? 0 : 1);
      if (value !== null) inner.write(value, out);
    },
    read: (from) => (bool.read(from) ? inner.read(from) : null),
  };
}

/** A codec for each field of a type, but for its `kind`, which the union writes, and for the marks of branded types. */
export type Fields<Value> = { readonly [Name in Exclude<keyof Value, 'kind' | symbol>]: Codec<Value[Name]> };

/** Fields one after the other, in the order in which they are listed. */
export function struct<Value extends object>(fields: Fields<Value>): Codec<Value> {
  return fieldsOf<Value>(fields, {});
}

/** A union on `kind`: one byte for the place of the kind among the members, which must never change, then its fields. */
export function tagged<Union extends { readonly kind: string }>(
  members: {
    readonly [Kind in Union['kind']]: Fields<Extract<Union, { readonly kind: Kind }>>;
  },
): Codec<Union> & { readonly kinds: readonly Union['kind'][] } {
  const kinds = Object.keys(members) as Union['kind'][];
  const bodies = kinds.map((kind) => fieldsOf<Union>(members[kind], { kind }));
  const places = new Map<string, number>(kinds.map((kind, place) => [kind, place]));
  return {
    kinds,
    write(value, out) {
      const place = places.get(value.kind) ?? -1;
      const body = bodies[place];
      assert(body !== undefined, 'a kind of the union');
      out.byte(place);
      body.write(value, out);
    },
    read(from) {
      const body = bodies[from.byte()];
      if (body === undefined) from.fail('unknown kind');
      return (body ?? (bodies[0] as Codec<Union>)).read(from);
    },
  };
}

function fieldsOf<Value extends object>(fields: object, start: object): Codec<Value> {
  const entries = Object.entries(fields) as [name: string, codec: Codec<unknown>][];
  return {
    write(value, out) {
      const record = value as Record<string, unknown>;
      for (const [name, codec] of entries) codec.write(record[name], out);
    },
    read(from) {
      const record: Record<string, unknown> = { ...start };
      for (const [name, codec] of entries) record[name] = codec.read(from);
      return record as Value;
    },
  };
}
