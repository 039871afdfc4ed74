import { formatE4 } from '#domain/values/decimal';

/** An amount or a price of 1e-4, to the cent. */
export const amount = (e4: number): string => formatE4(Math.round(e4 / 100) * 100).slice(0, -2);

export const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`;

export const signed = (fraction: number): string => `${fraction < 0 ? '−' : '+'}${percent(Math.abs(fraction))}`;
