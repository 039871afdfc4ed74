import type { Way } from '#domain/candlesticks/candle';

/** The patterns that traders expect to find, each with the side it speaks for; 0 for none, `signed` where the answer's sign tells. */
export const commonCandlesticks = [
  { name: 'hammer', side: 1 },
  { name: 'invertedhammer', side: 1 },
  { name: 'piercing', side: 1 },
  { name: 'morningstar', side: 1 },
  { name: '3whitesoldiers', side: 1 },
  { name: 'hangingman', side: -1 },
  { name: 'shootingstar', side: -1 },
  { name: 'darkcloudcover', side: -1 },
  { name: 'eveningstar', side: -1 },
  { name: '3blackcrows', side: -1 },
  { name: 'engulfing', side: 'signed' },
  { name: 'harami', side: 'signed' },
  { name: 'doji', side: 0 },
] as const;

export type CommonCandlestick = (typeof commonCandlesticks)[number];

/** For which side an answer speaks: a doji answers 100 and yet speaks for nobody. */
export function sideOf({ side }: CommonCandlestick, answer: number): Way | 0 {
  if (answer === 0) return 0;
  if (side !== 'signed') return side;
  return answer > 0 ? 1 : -1;
}
