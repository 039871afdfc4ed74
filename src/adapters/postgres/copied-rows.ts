import { Buffer } from 'node:buffer';
import type { Client } from '#adapters/postgres/client';
import { copyOut } from '#adapters/postgres/copy-in';
import { assert } from '#domain/values/assert';

/** What a column holds: a whole number, a double, true or false, a text. Any of them may be null. */
export type Column = 'int' | 'float' | 'bool' | 'text';

const TAB = 9;
const NEWLINE = 10;
const MINUS = 45;
const ZERO = 48;
const BACKSLASH = 92;
const CAPITAL_N = 78;
const SMALL_T = 116;

const escaped: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The rows of a query as arrays, read out of COPY's text: numbers come out of their bytes without a text in between, which of a
 * hundred thousand rows saves half of the time that the driver's own way takes. The query has no parameters.
 */
export async function copiedRows<Row extends readonly unknown[]>(
  client: Client,
  query: string,
  columns: readonly Column[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let rest: Buffer | null = null;
  await copyOut(client, query, (piece) => {
    const bytes: Buffer = rest === null ? piece : Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    let at = 0;
    while (at < end) {
      const row = new Array<unknown>(columns.length);
      for (let column = 0; column < columns.length; column++) {
        let stop = at;
        while (bytes[stop] !== TAB && bytes[stop] !== NEWLINE) stop++;
        row[column] = fieldOf(bytes, at, stop, columns[column] as Column);
        at = stop + 1;
      }
      assert(bytes[at - 1] === NEWLINE, 'a row has as many columns as were named');
      rows.push(row as unknown as Row);
    }
    // A piece is used again by the socket.
    rest = end < bytes.length ? Buffer.from(bytes.subarray(end)) : null;
  });
  assert(rest === null, 'the last row ends with its line');
  return rows;
}

function fieldOf(bytes: Buffer, from: number, to: number, column: Column): unknown {
  if (to - from === 2 && bytes[from] === BACKSLASH && bytes[from + 1] === CAPITAL_N) return null;
  switch (column) {
    case 'int':
      return wholeOf(bytes, from, to);
    case 'float':
      return Number(bytes.toString('latin1', from, to));
    case 'bool':
      return bytes[from] === SMALL_T;
    case 'text':
      return textOf(bytes, from, to);
  }
}

function wholeOf(bytes: Buffer, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  let value = 0;
  for (let at = isNegative ? from + 1 : from; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    assert(digit >= 0 && digit <= 9, 'a whole number is made of digits');
    value = value * 10 + digit;
  }
  assert(value <= Number.MAX_SAFE_INTEGER, 'a count or an amount in ten-thousandths is exact');
  return isNegative ? -value : value;
}

function textOf(bytes: Buffer, from: number, to: number): string {
  let isPlain = true;
  for (let at = from; at < to && isPlain; at++) isPlain = (bytes[at] as number) < 128 && bytes[at] !== BACKSLASH;
  if (isPlain) return bytes.toString('latin1', from, to);
  return bytes.toString('utf8', from, to).replace(/\\(.)/gs, (_, one: string) => escaped[one] ?? one);
}
