const plain = /^\d{1,9}(?:\.(\d+))?$/;

/** Below a dollar prices have four decimals, from there on two. Source: broker-alpaca §7. */
const DOLLAR_E4 = 10_000;

/** A price as it was sent: its 1e-4, or what is wrong with it. Zeros at the end say nothing. */
export type ReadPrice = { readonly ok: true; readonly e4: number } | { readonly ok: false; readonly why: 'not_a_price' | 'sub_penny' };

export function readPrice(text: string): ReadPrice {
  const match = plain.exec(text);
  if (match === null) return { ok: false, why: 'not_a_price' };
  const fraction = (match[1] ?? '').replace(/0+$/, '');
  const whole = text.split('.')[0] ?? '';
  const e4 = Number(whole) * DOLLAR_E4 + Number(fraction.slice(0, 4).padEnd(4, '0'));
  if (e4 === 0 && fraction.length <= 4) return { ok: false, why: 'not_a_price' };
  return fraction.length > (e4 >= DOLLAR_E4 ? 2 : 4) ? { ok: false, why: 'sub_penny' } : { ok: true, e4 };
}

/** The legal price at or above; both in 1e-4. */
const upToTick = (e4: number): number => (e4 >= DOLLAR_E4 ? Math.ceil(e4 / 100) * 100 : Math.ceil(e4));

/** How far a buy stop may run: it is turned into a stop-limit so far above. Source: broker-alpaca §7. */
export const buyStopLimit = (stop: number): number =>
  upToTick(Math.ceil(stop < 50 * DOLLAR_E4 ? (stop * 104) / 100 : (stop * 1025) / 1000));
