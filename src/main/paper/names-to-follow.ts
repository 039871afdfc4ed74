import { readFileSync } from 'node:fs';
import { type Ticker, ticker } from '#domain/values/symbol';
import type { MarketDataSource } from '#engine/ports/market-data';
import { Failure } from '#main/commands/failure';
import { dataProblemText } from '#main/paper/data-problem-text';

export type NamesAsked = {
  readonly symbols: readonly string[];
  readonly symbolsFile?: string;
  /** Whether all that the broker has may be followed when nobody says: true for a made-up market, which is small. */
  readonly allIfUnsaid: boolean;
};

/** More than this, and the history of a start alone takes the requests of an hour. */
const NAMES_MAX = 500;
const shape = /^[A-Z][A-Z0-9.]{0,9}$/;

/** The names that the day is about, as far as the broker trades them; sorted, so that the same names give the same columns. */
export async function namesToFollow(asked: NamesAsked, data: MarketDataSource, say: (line: string) => void): Promise<readonly Ticker[]> {
  const said = [...asked.symbols, ...(asked.symbolsFile === undefined ? [] : namesIn(asked.symbolsFile))];
  if (said.length === 0 && !asked.allIfUnsaid)
    throw new Failure('usage', 'say which names to follow: --symbols AAPL,MSFT,NVDA or --symbols-file FILE with one name a line');
  const odd = said.find((name) => !shape.test(name));
  if (odd !== undefined) throw new Failure('usage', `"${odd.slice(0, 20)}" is no name of a listing; write BRK.B with a dot`);
  const assets = await data.assets();
  if (!assets.ok) throw new Failure('badInput', `the names that the broker trades: ${dataProblemText(assets.problem)}`);
  const tradable = new Set(assets.value.filter((asset) => asset.tradable).map((asset) => asset.ticker));
  const wanted = said.length === 0 ? [...tradable] : [...new Set(said.map((name) => ticker(name)))];
  const names = wanted.filter((name) => tradable.has(name)).sort();
  const left = wanted.filter((name) => !tradable.has(name));
  if (left.length > 0) say(`left out: ${left.join(' ')}; the broker does not trade ${left.length === 1 ? 'it' : 'them'}`);
  if (names.length === 0) throw new Failure('badInput', 'the broker trades none of these names');
  if (names.length > NAMES_MAX)
    throw new Failure('usage', `${names.length} names are too many for one account's requests; follow ${NAMES_MAX} at most`);
  return names;
}

function namesIn(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(/[\s,]+/)
      .filter((name) => name !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new Failure('badInput', `${file} could not be read (${String(error.code)})`);
    throw error;
  }
}
