export { candlesticks as candlestickPatterns } from '#domain/candlesticks/candlesticks';
