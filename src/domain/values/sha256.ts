/**
 * SHA-256 of the UTF-8 bytes of a text, in hex. Source: FIPS 180-4. A pure layer may not import node:crypto, and an
 * answer must be held against its question where the decision is made; the test holds it against node:crypto.
 */
export function sha256(text: string): string {
  const bytes = padded(utf8(text));
  const state = Int32Array.from(start);
  const schedule = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) digestBlock(bytes, block, state, schedule);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const primes = firstPrimes(64);
const start = primes.slice(0, 8).map((prime) => rootFraction(prime, 2));
const constants = primes.map((prime) => rootFraction(prime, 3));

/** The first 32 bits of the fraction of the square or the cube root: exact, by halving, for Math.cbrt may differ between machines. */
function rootFraction(prime: number, degree: 2 | 3): number {
  const scaled = BigInt(prime) << BigInt(32 * degree);
  let [below, above] = [0n, scaled];
  while (above - below > 1n) {
    const middle = (below + above) / 2n;
    if (middle * middle * (degree === 3 ? middle : 1n) <= scaled) below = middle;
    else above = middle;
  }
  return Number(BigInt.asIntN(32, below));
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

function digestBlock(bytes: readonly number[], from: number, state: Int32Array, schedule: Int32Array): void {
  for (let t = 0; t < 16; t++) schedule[t] = wordAt(bytes, from + 4 * t);
  for (let t = 16; t < 64; t++) {
    const a = schedule[t - 15] as number;
    const b = schedule[t - 2] as number;
    const small0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const small1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    schedule[t] = ((schedule[t - 16] as number) + small0 + (schedule[t - 7] as number) + small1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const first =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (constants[t] as number) + (schedule[t] as number)) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [place, word] of [a, b, c, d, e, f, g, h].entries()) state[place] = ((state[place] as number) + word) | 0;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const wordAt = (bytes: readonly number[], at: number): number =>
  ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);

/** A one bit, zeros up to eight bytes before a whole block, then the length in bits. */
function padded(bytes: number[]): readonly number[] {
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (const word of [Math.floor(bits / 0x1_0000_0000), bits | 0])
    bytes.push((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  return bytes;
}

/** A half of a pair that stands alone becomes the replacement character, as everywhere. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);
