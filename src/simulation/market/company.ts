import type { CatalystType } from '#domain/news/catalyst';
import { assert } from '#domain/values/assert';
import { type Ticker, ticker } from '#domain/values/symbol';
import { MARKET_SIGMA, SECTOR_SIGMA } from '#simulation/market/factors';
import { RandomStream } from '#simulation/market/seeded-random';

/** What stays true of a made-up company; fractions are of the price, volatilities of a day from open to close. */
export type Company = {
  readonly ticker: Ticker;
  /** The full name first, then the short one. */
  readonly names: readonly string[];
  readonly sector: number;
  /** The first price in dollars. */
  readonly price: number;
  readonly ownSigma: number;
  readonly marketBeta: number;
  readonly sectorBeta: number;
  readonly dollarVolume: number;
  readonly halfSpread: number;
};

type Sector = {
  readonly suffixes: readonly string[];
  readonly volatility: number;
  readonly beta: number;
  readonly news: readonly CatalystType[];
};

const common: readonly CatalystType[] = ['earnings', 'guidance', 'analyst', 'm_and_a', 'capital_action', 'legal'];

/** Its place in the list is the sector's number. */
export const sectors: readonly Sector[] = [
  { suffixes: ['Software', 'Systems', 'Networks'], volatility: 1.1, beta: 1.2, news: [...common, 'product', 'contract'] },
  { suffixes: ['Semiconductor', 'Devices', 'Photonics'], volatility: 1.2, beta: 1.4, news: [...common, 'product'] },
  { suffixes: ['Therapeutics', 'Biosciences', 'Pharma'], volatility: 1.6, beta: 0.9, news: ['fda', 'fda', 'fda', ...common] },
  { suffixes: ['Health', 'Medical', 'Diagnostics'], volatility: 1, beta: 0.8, news: [...common, 'fda', 'product'] },
  { suffixes: ['Bancorp', 'Financial', 'Capital'], volatility: 0.8, beta: 1, news: common },
  { suffixes: ['Energy', 'Petroleum', 'Resources'], volatility: 1.1, beta: 1, news: [...common, 'contract'] },
  { suffixes: ['Industries', 'Machinery', 'Aerospace'], volatility: 0.9, beta: 1, news: [...common, 'contract', 'contract'] },
  { suffixes: ['Brands', 'Stores', 'Apparel'], volatility: 1, beta: 1, news: [...common, 'product'] },
  { suffixes: ['Foods', 'Beverage', 'Household'], volatility: 0.7, beta: 0.6, news: [...common, 'product'] },
  { suffixes: ['Power', 'Water', 'Gas'], volatility: 0.6, beta: 0.5, news: common },
];

const PREFIX = 'ZZ';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SHORT_TICKERS = 26 + 26 * 26;
const COMPANIES_MAX = SHORT_TICKERS + 26 * 26 * 26;

/**
 * So many companies, the same for the same seed, sorted by ticker. Every ticker begins with "ZZ", so that nobody takes one
 * for a real listing: three or four letters for up to 702 names, then up to five.
 */
export function companiesOf(seed: number, count: number): readonly Company[] {
  assert(Number.isSafeInteger(count) && count > 0 && count <= COMPANIES_MAX, `from 1 to ${COMPANIES_MAX} companies, was ${count}`);
  const taken = new Set<string>();
  const stream = new RandomStream(seed, 'company');
  return tickersOf(seed, count).map((name, index) => companyOf(stream.restart(0, index), name, taken));
}

function tickersOf(seed: number, count: number): readonly Ticker[] {
  const pool = Array.from({ length: count <= SHORT_TICKERS ? SHORT_TICKERS : COMPANIES_MAX }, (_, index) => PREFIX + lettersOf(index));
  const stream = new RandomStream(seed, 'ticker');
  for (let i = 0; i < count; i++) {
    const other = i + stream.below(pool.length - i);
    const chosen = pool[other] as string;
    pool[other] = pool[i] as string;
    pool[i] = chosen;
  }
  return pool.slice(0, count).sort().map(ticker);
}

/** 0 is A, 25 is Z, 26 is AA. */
function lettersOf(index: number): string {
  const last = LETTERS.charAt(index % 26);
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}

function companyOf(stream: RandomStream, name: Ticker, taken: Set<string>): Company {
  const sector = stream.below(sectors.length);
  const { suffixes, volatility, beta } = sectors[sector] as Sector;
  const price = clamped(35 * Math.exp(1.1 * stream.normal()), 3, 900);
  const sigma = clamped(volatility * 0.021 * Math.exp(0.3 * stream.normal() - 0.15 * Math.log(price / 35)), 0.007, 0.07);
  const marketBeta = beta * stream.between(0.7, 1.3);
  const sectorBeta = stream.between(0.6, 1.2);
  const shared = marketBeta * marketBeta * MARKET_SIGMA * MARKET_SIGMA + sectorBeta * sectorBeta * SECTOR_SIGMA * SECTOR_SIGMA;
  const dollarVolume = clamped(1.5e7 * Math.exp(2 * stream.normal()), 5e4, 2e10);
  return {
    ticker: name,
    names: namesOf(stream, suffixes, taken),
    sector,
    price,
    ownSigma: Math.sqrt(Math.max(sigma * sigma - shared, 0.25 * sigma * sigma)),
    marketBeta,
    sectorBeta,
    dollarVolume,
    halfSpread: clamped(5e-4 * Math.sqrt(1.5e7 / dollarVolume), 3e-5, 4e-3),
  };
}

const onsets = ['b', 'br', 'd', 'dr', 'f', 'g', 'k', 'kr', 'l', 'm', 'n', 'p', 'r', 's', 't', 'tr', 'v', 'z'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ae', 'io'];
const codas = ['n', 'x', 'r', 'l', 's', 'th', 'q', 'm'];

function namesOf(stream: RandomStream, suffixes: readonly string[], taken: Set<string>): readonly string[] {
  for (;;) {
    const word = `z${stream.pick(vowels)}${stream.pick(onsets)}${stream.pick(vowels)}${stream.pick(onsets)}${stream.pick(vowels)}${stream.pick(codas)}`;
    if (taken.has(word)) continue;
    taken.add(word);
    const short = `Z${word.slice(1)}`;
    return [`${short} ${stream.pick(suffixes)}`, short];
  }
}

const clamped = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
