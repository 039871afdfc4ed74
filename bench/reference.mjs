import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(process.env.CATALYST_REFERENCE ?? '../shared');

/** The one place where benches know of recorded bars: 284 US stocks, 29 sessions of 2018, a file for each session. */
export const recordedBars = join(root, 'data/restricted/us_equity/minute_284sym_2018');

/** Daily bars of a whole market: about 6,000 names, 49 sessions of 2016. */
export const dailyBars = join(root, 'data/open/us_equity/daily_whole_market_20161017_20161223.csv.gz');

export const hasRecordedBars = existsSync(recordedBars) && existsSync(dailyBars);

/** Labelled sentences and headlines, for the bench of sentiment alone. Never copied into this repository. */
export const phraseBank = join(root, 'data/restricted/sentiment/financial_phrasebank.csv.gz');
export const semevalHeadlines = join(root, 'data/restricted/sentiment/semeval2017_task5_headlines.json');

export const hasSentimentSets = existsSync(phraseBank) && existsSync(semevalHeadlines);

/** Headlines with their days and the names of 2018, for the bench of directions. */
export const newsHeadlines = {
  reuters: join(root, 'data/open/news/reuters_headlines_daily.csv.gz'),
  cnbc: join(root, 'data/open/news/cnbc_headlines_timed.csv.gz'),
};
export const names2018 = join(root, 'data/open/reference/symbols_2018.csv');

export const hasHeadlines = [...Object.values(newsHeadlines), names2018].every((file) => existsSync(file));

/** Returns and prices with published measures, for the bench of metrics. */
const measured = join(root, 'data/open/performance_oracles');
export const metricSeries = {
  long: join(measured, 'pyfolio/test_returns.csv.gz'),
  short: join(measured, 'pyfolio/returns.csv'),
  factors: join(measured, 'pyfolio/factor_returns.csv'),
  ige: join(measured, 'sharpe/sharpe-ratio-test-ige.csv'),
  spy: join(measured, 'sharpe/sharpe-ratio-test-spy.csv'),
};

export const hasMetricSeries = Object.values(metricSeries).every((file) => existsSync(file));
