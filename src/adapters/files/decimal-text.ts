/** A decimal as it was written: `digits` × 10^−`places`, without trailing zeros; NaN digits when they are more than a float holds. */
export type DecimalText = { readonly value: number; readonly digits: number; readonly places: number };

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads "212.8", "1.668889E+08", ".5" and "-3"; `null` when the text is no number. */
export function readDecimal(text: string): DecimalText | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const written = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = written.replace(/0+$/, '');
  if (kept === '') return { value: 0, digits: 0, places: 0 };
  const digits = Number(kept);
  return {
    value: Number(text),
    digits: Number.isSafeInteger(digits) ? (sign === '-' ? -digits : digits) : Number.NaN,
    places: fraction.length - (written.length - kept.length) - Number(exponent),
  };
}

/** The decimal in units of 10^−`unit`: exactly where it has no finer digits, else the nearest. */
export function unitsOf({ value, digits, places }: DecimalText, unit: number): number {
  const shift = unit - places;
  if (shift < 0 || shift > 22 || Number.isNaN(digits)) return Math.round(value * Number(`1e${unit}`));
  return digits * Number(`1e${shift}`);
}
