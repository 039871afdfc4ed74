/** Ten-thousandths in one unit of the currency: every price and every amount of money is an integer of these. */
const E4 = 10_000;

const digits = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/**
 * A decimal text as an integer of 1e-4; finer digits are rounded half to even. `null` for anything that is not a plain
 * decimal number of at most twelve whole digits (no exponent, no sign but a leading minus).
 */
export function parseE4(text: string): number | null {
  const match = digits.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  let e4 = Number(match[2]) * E4 + Number(fraction.slice(0, 4).padEnd(4, '0'));
  if (fraction.length > 4) e4 += halfToEven(e4, fraction.slice(4));
  if (!Number.isSafeInteger(e4)) return null;
  return match[1] === '-' && e4 !== 0 ? -e4 : e4;
}

function halfToEven(e4: number, rest: string): 0 | 1 {
  const half = `5${'0'.repeat(rest.length - 1)}`;
  if (rest === half) return e4 % 2 === 0 ? 0 : 1;
  return rest > half ? 1 : 0;
}

/** The exact decimal text of an integer of 1e-4, always with four decimals: 123456 is "12.3456". */
export function formatE4(e4: number): string {
  const size = e4 < 0 ? -e4 : e4;
  const whole = Math.floor(size / E4);
  return `${e4 < 0 ? '-' : ''}${whole}.${String(size - whole * E4).padStart(4, '0')}`;
}
