/** Prices are stored in 32 bits: 214,748.3647 is the largest. Volumes likewise. */
const INT32_MAX = 2_147_483_647;

export const BLANK = -1;
export const UNREADABLE = -2;
export const NEGATIVE = -3;
export const TOO_LARGE = -4;

/** Where the last number ended, and how many prices had digits finer than 1e-4. Held here so that a call allocates nothing. */
export const scan = { end: 0, rounded: 0 };

const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;

/** A decimal from byte `from` as an integer of 1e-4, finer digits rounded half to even; a negative code when it is none. */
export function scanPrice(bytes: Uint8Array, from: number): number {
  let at = from;
  let value = 0;
  let digit = ((bytes[at] as number) - ZERO) | 0;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = ((bytes[++at] as number) - ZERO) | 0;
  }
  const whole = at - from;
  if (whole === 0 || whole > 12) return notDecimal(bytes, from, whole);
  if (digit !== DOT - ZERO) {
    scan.end = at;
    return value > 214_748 ? TOO_LARGE : value * 10_000;
  }
  const fraction = at + 1;
  digit = ((bytes[++at] as number) - ZERO) | 0;
  let places = 0;
  while (places < 4 && digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    places++;
    digit = ((bytes[++at] as number) - ZERO) | 0;
  }
  if (places === 0) return UNREADABLE;
  if (places === 2) value *= 100;
  else if (places === 3) value *= 10;
  else if (places === 1) value *= 1000;
  else if (digit >= 0 && digit <= 9) {
    value = roundedToEven(bytes, fraction + 4, value);
    at = scan.end;
  }
  scan.end = at;
  return value > INT32_MAX ? TOO_LARGE : value;
}

/** A whole number of shares; "1200.0" is one too. */
export function scanVolume(bytes: Uint8Array, from: number): number {
  let at = from;
  let value = 0;
  let digit = ((bytes[at] as number) - ZERO) | 0;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = ((bytes[++at] as number) - ZERO) | 0;
  }
  const whole = at - from;
  if (whole === 0 || whole > 15) return notDecimal(bytes, from, whole);
  if (digit === DOT - ZERO) {
    at++;
    while (bytes[at] === ZERO) at++;
  }
  scan.end = at;
  return value > INT32_MAX ? TOO_LARGE : value;
}

function roundedToEven(bytes: Uint8Array, from: number, value: number): number {
  const first = (bytes[from] as number) - ZERO;
  let at = from + 1;
  let beyond = 0;
  let digit = (bytes[at] as number) - ZERO;
  while (digit >= 0 && digit <= 9) {
    beyond |= digit;
    digit = (bytes[++at] as number) - ZERO;
  }
  scan.end = at;
  if (first === 0 && beyond === 0) return value;
  scan.rounded++;
  if (first > 5 || (first === 5 && (beyond !== 0 || (value & 1) === 1))) return value + 1;
  return value;
}

function notDecimal(bytes: Uint8Array, from: number, whole: number): number {
  if (whole > 0) return TOO_LARGE;
  const first = bytes[from] as number;
  if (first === COMMA || first === 10 || first === 13) return BLANK;
  const next = (bytes[from + 1] as number) - ZERO;
  return first === MINUS && next >= 0 && next <= 9 ? NEGATIVE : UNREADABLE;
}
