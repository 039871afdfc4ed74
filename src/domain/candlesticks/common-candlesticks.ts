/** The patterns that traders expect to find, and the side each speaks for: 1, -1, or 0 where the answer's sign tells (or nothing does). */
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
  { name: 'engulfing', side: 0 },
  { name: 'harami', side: 0 },
  { name: 'doji', side: 0 },
] as const;

export type CommonCandlestick = (typeof commonCandlesticks)[number];
