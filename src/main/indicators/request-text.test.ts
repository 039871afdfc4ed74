import { expect, test } from 'vitest';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { parseRequested } from '#domain/indicators/requested';
import { requestProblemText } from '#main/indicators/request-text';

const bars = 'numbers of bars whole and from 1 to 100000';
const factor = 'the factor above 0, up to 1000 and with at most six decimals';

test.each([
  ['bollinger:20/0', `"bollinger:20/0" cannot be calculated; expected it like bollinger:20/2, ${bars}, ${factor}.`],
  ['vwapbands:0', `"vwapbands:0" cannot be calculated; expected it like vwapbands:2, ${factor}.`],
  ['sma:0', `"sma:0" cannot be calculated; expected it like sma:20, ${bars}.`],
  [
    'macd:26/12/9',
    `"macd:26/12/9" cannot be calculated; expected it like macd:12/26/9 (or macd:12/26/9/own), ${bars}, the first shorter than the second.`,
  ],
  ['obv:3', '"obv:3" cannot be calculated; expected it like obv (or obv:first), without numbers.'],
])('%s is refused with what holds of its own parameters', (text, sentence) => {
  const requested = parseRequested(text, candlesticks);
  expect(requested.ok ? 'understood' : requestProblemText(requested.problem)).toBe(sentence);
});
