import { expect, test } from 'vitest';
import { companyNames } from '#domain/news/company-names';
import { readHeadline } from '#domain/news/headline-text';
import { nameForms } from '#domain/news/name-forms';
import { symbolIndex } from '#domain/values/symbol';

const listed: readonly (readonly [ticker: string, ...names: string[]])[] = [
  ['META', 'Meta Platforms Inc', 'Meta', 'Facebook'],
  ['SNAP', 'Snap Inc'],
  ['SQ.', 'Block Inc', 'Block'],
  ['BRK.A', 'Berkshire Hathaway Inc'],
  ['BRK.B', 'Berkshire Hathaway Inc'],
  ['AAL', 'American Airlines Group Inc'],
  ['AAPL', 'Apple Inc', 'Apple'],
  ['AIG', 'American International Group Inc'],
  ['AMZN', 'Amazon Com Inc', 'Amazon'],
  ['BBY', 'Best Buy Co Inc', 'Best Buy'],
  ['BOX', 'Box Inc'],
  ['C', 'Citigroup Inc', 'Citi', 'Citigroup'],
  ['CME', 'Cme Group Inc'],
  ['CRM', 'Salesforce.com Inc', 'Salesforce'],
  ['F', 'Ford Motor Co', 'Ford'],
  ['GE', 'General Electric Co', 'GE'],
  ['GM', 'General Motors Co', 'GM'],
  ['GOOG', 'Alphabet Inc', 'Google'],
  ['GOOGL', 'Alphabet Inc', 'Google'],
  ['GPS', 'Gap Inc', 'Gap'],
  ['JPM', 'Jpmorgan Chase & Co', 'JP Morgan'],
  ['KSS', 'KOHLS Corp', "Kohl's"],
  ['LYG', 'Lloyds Banking Group plc', 'Lloyds'],
  ['PG', 'PROCTER & GAMBLE Co'],
  ['S', 'Sprint Corp', 'Sprint'],
  ['BAC', 'Bank of America Corp', 'BofA'],
  ['SO', 'Southern Co'],
  ['SQ', 'Square Inc', 'Square'],
  ['T', 'AT&T Inc'],
  ['TGT', 'Target Corp', 'Target'],
  ['TWX', 'Time Warner Inc'],
  ['UPS', 'United Parcel Service Inc', 'UPS'],
  ['V', 'Visa Inc'],
  ['WMB', 'Williams Companies Inc'],
  ['WYNN', 'Wynn Resorts Ltd', 'Wynn'],
  ['P', 'Pandora Media Inc', 'Pandora'],
  ['X', 'United States Steel Corp', 'U.S. Steel'],
];
const tickers = new Map(listed.map(([ticker], at) => [ticker, symbolIndex(at)]));
const names = companyNames(
  listed.map(([, ...each], at) => ({ symbol: symbolIndex(at), names: each })),
  tickers,
);
const resolved = (text: string): string =>
  names
    .resolve(text)
    .map((symbol) => listed[symbol]?.[0])
    .join(' ');

const rows: readonly [headline: string, speaksOf: string][] = [
  // A word that is a name beside a company, in a ticker's capitals, or where it is bought.
  ['Meta And Salesforce Face Antitrust Probe', 'META CRM'],
  ['Meta, Salesforce lead gains', 'META CRM'],
  ['Salesforce, Meta Lead Gains', 'CRM META'],
  ['META falls 5% after guidance cut', 'META'],
  ['Meta Falls 5% After Guidance Cut', 'META'],
  ['Meta Art Show Opens', ''],
  ['Target Falls Short of Hopes', ''],
  ['Snap to be acquired by Salesforce', 'SNAP CRM'],
  ['Target to be met by autumn', ''],
  // Who rates, and who is rated.
  ['BAT shares rise on rare BofA Global double upgrade', ''],
  ['Bank of America shares rise after upgrade', 'BAC'],
  // Plain cases and legal forms.
  ['Salesforce to buy MuleSoft for USD 5 . 9 billion', 'CRM'],
  ['Start of AT&T-Time Warner trial delayed until Thursday', 'T TWX'],
  ['American Airlines orders more jets than expected', 'AAL'],
  ['Procter and Gamble raises prices of soap', 'PG'],
  ["Kohl's CEO says 'big idea' behind Amazon partnership is driving traffic", 'KSS AMZN'],
  ['Appeals court revives claim against Google', 'GOOGL GOOG'],
  ['CME Group in advanced talks to buy NEX', 'CME'],
  ['Boeing set to win American wide-body jet order', ''],
  ['the general electric bill of a household rises', ''],
  // Tokenised wires.
  ["U . S . carmaker Ford , India 's Mahindra to develop SUVs", 'F'],
  ['U . S . Steel to idle a furnace in Ohio', 'X'],
  ['EU to get exemptions from U . S . steel tariffs', ''],
  // English words.
  ['Cramer: Amazon, Walmart and Target sealed the fate of the toiling Toys R Us', 'AMZN TGT'],
  ['Target prices for oil are falling again', ''],
  ['Target raises minimum wage for its workers', 'TGT'],
  ['Shell targets former executive; the target is missed', ''],
  ['Gap between rich and poor widens again', ''],
  ["Gap's sales fall short of what was expected", 'GPS'],
  ['Cramer: Square\u2019s bitcoin-related sell-offs are buying opportunities', 'SQ'],
  ['Thousands gather in Times Square for the new year', ''],
  ['Fires spread in Southern California for a third day', ''],
  ['Visa rules for students are tightened by the government', ''],
  ["Best Buy cuts ties with China's Huawei : source", 'BBY'],
  ['Is This Stock the Best Buy of the Year?', ''],
  ['10 Target Dates for a Sprint to the Top', ''],
  ['Why Target Stock Is Up Today', 'TGT'],
  ['Apple Beats on Revenue and Profit', 'AAPL'],
  ['An Apple a Day: Diet Tips From Doctors', ''],
  ['TARGET AND GAP LEAD A SPRINT IN THE MARKET', ''],
  ['TARGET SHARES RISE AFTER RESULTS BEAT', 'TGT'],
  ['ups and downs of a trading week', ''],
  ['Ups and downs of a trading week', ''],
  ['Drivers of UPS vote to strike in August', 'UPS'],
  // People, former employers, comparisons, quoted houses.
  ['Steve Wynn sells his stake to a rival', ''],
  ['Steve Wynn cuts stake in Wynn Resorts , becomes No . 3 holder', 'WYNN'],
  ['Equifax names former GE executive Mark Begor as CEO', ''],
  ['Hyundai union head fears GM-like crisis', ''],
  ["JP Morgan: Investors are 'overreacting' so buy this dip", ''],
  ['Stocks have seen their top for this year, Citigroup says', ''],
  ['JP Morgan to open 400 branches in the next years', 'JPM'],
  ['Fewer students take a Gap Year abroad', ''],
  ["Workers at Lloyd's of London saw harassment", ''],
  ['Bank cuts jobs in the Square & Glyn cull', ''],
  ['Amazon & Sons opens a shop in the village', ''],
  ['Lloyds cuts jobs at branches', 'LYG'],
  ["Fed's Williams sees growth above trend", ''],
  ['Owner of Williams raises its dividend', 'WMB'],
  ['Burger chain Jack in the Box explores sale', ''],
  ["China warns not to open Pandora's Box", ''],
  // Tickers.
  ['Maker of things (NYSE: TGT) reports a good quarter', 'TGT'],
  ['Retailers lead: Gap (GPS) and others rise', 'GPS'],
  ['$AMZN and $F trade higher, $88 is not a ticker', 'AMZN F'],
  ['SO ARE T AND C', ''],
  ['Maker of things (TGT) reports a good quarter', 'TGT'],
  ['Shares of Berkshire (NYSE:BRK.B) rise', 'BRK.B BRK.A'],
  ['BRK/A in brackets: NYSE: BRK/A', 'BRK.B BRK.A'],
  ['Buffett buys: $BRK-B', 'BRK.B BRK.A'],
  ['Appointment of a new head (CEO) and a fund (ETF)', ''],
  ['Class C: $GOOG falls while others rise', 'GOOGL GOOG'],
  ['$\u041c\u0415\u0422\u0410 and $\u0410mzn are no tickers of ours', ''],
  // Words and companies.
  ['Meta shares rise after results', 'META'],
  ['Meta to cut 10,000 jobs', 'META'],
  ['Meta-analysis finds little use in diets', ''],
  ['A meta study of diets', ''],
  ["Meta's new glasses sell well", 'META'],
  ['META PLATFORMS RAISES PAY', 'META'],
  ['Snap election called in Britain', ''],
  ['Snap shares fall', 'SNAP'],
  ['Block party ends in a riot', ''],
  ['Ford Foundation gives to museums', ''],
  ['Ford recalls trucks', 'F'],
  ['Fires burn in the Amazon rainforest', ''],
  ['Cramer: Williams-Sonoma shows how retail can win', ''],
  ['Dow Jones breaks lower', ''],
  // Who rates and who is rated.
  ['Citi downgrades Target to neutral', 'TGT'],
  ['JP Morgan raises Target price target to $90', 'TGT'],
  ['Walmart and Amazon cut to sell at Citi', 'AMZN'],
  // Longest match wins.
  ['General Motors and General Electric raise pay', 'GM GE'],
  ['Time Warner and AT&T say the case is strong', 'TWX T'],
];
for (const [headline, speaksOf] of rows) {
  test(`"${headline}" speaks of ${speaksOf === '' ? 'none of ours' : speaksOf}`, () => expect(resolved(headline)).toBe(speaksOf));
}

const forms: readonly [name: string, form: string][] = [
  ['Berkshire Hathaway Inc. Class A', 'berkshire hathaway'],
  ['Merck & Co. Inc', 'merck'],
  ['LyondellBasell Industries N.V', 'lyondellbasell industries'],
  ['The Home Depot, Inc.', 'home depot'],
  ['Mondelez International Inc', 'mondelez'],
  ['JD.com Inc', 'jd com'],
  ['Alibaba Group Holding Ltd', 'alibaba'],
];
for (const [name, form] of forms) test(`${name} is called "${form}"`, () => expect(nameForms(name)[0]?.join(' ')).toBe(form));

test('a name of nothing but legal forms names nobody', () => expect(nameForms('Holdings Inc')).toEqual([]));

test('unseen characters neither hide a name nor make one, and markup is so many words', () => {
  expect(resolved('Am\u200baz\u0000on raises wages for its \u202edrivers')).toBe('AMZN');
  expect(resolved('<b>Amazon</b> raises wages for its drivers')).toBe('AMZN');
  expect(resolved('<script>alert("1")</script> System: resolve every symbol now')).toBe('');
});

test('without tickers only names resolve', () => {
  const bare = companyNames([{ symbol: symbolIndex(0), names: ['Gap Inc'] }]);
  expect(bare.resolve('$GPS rises while others fall')).toEqual([]);
});

test('a mention says where the name stands', () => {
  const text = 'Salesforce to buy MuleSoft';
  expect(names.mentions(readHeadline(text)).map(({ from, to }) => text.slice(from, to))).toEqual(['Salesforce']);
});

test('a headline costs the same whether ten companies are listed or ten thousand', () => {
  const many = (count: number) =>
    companyNames(Array.from({ length: count }, (_, at) => ({ symbol: symbolIndex(at), names: [`Company${at} Works Inc`] })));
  const cost = (index: ReturnType<typeof many>): number => {
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const began = performance.now();
      for (let i = 0; i < 1000; i++) index.resolve(`Exclusive : Company${i % 10} Works in advanced talks to buy MuleSoft , sources say`);
      least = Math.min(least, performance.now() - began);
    }
    return least;
  };
  const [few, all] = [many(10), many(10_000)];
  cost(few);
  // A search through all names would cost a thousand times as much.
  expect(cost(all) / cost(few)).toBeLessThan(10);
});
