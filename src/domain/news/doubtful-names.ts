const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Company names that are English words, first names or places as well. A capital makes a name of them only in the middle
 * of a sentence that is not in Title Case, or beside a word that only companies have.
 */
export const plainWords: ReadonlySet<string> = words(`
  alcon allegiant ally altitude american anthem arch archer ares aspen assurant atlas avenue ball belden berkshire block blue box brink brown brunswick
  burlington cable carnival carter cascade catalent celestial century charter chase church clear coach cohen colony
  columbia commerce compass concentrix constellation core corning coupa crane crown cypress dana delta discovery
  dollar dover dow eagle eaton edison encore endo energizer envision equity everest evergreen express federal fifth first five flex
  fossil foundation franklin frontier gap general genesis global globe grab graham guess guardian harmony harris hershey
  heritage hess hub impact independence insight intuitive invitation iron jackson kennedy key kirby lamb lands
  lear legacy lennox liberty life lincoln live loop lucid marathon mark martin match maximus mercury meta micron mosaic
  national navigator new news noble nova oasis omega opera oracle orange organon park paramount patterson patriot
  peloton penumbra perspective pilgrims pioneer planet plug polaris pool post premier principal progressive prologis
  prudential pulse pure quest radian range rapid raymond regency regions republic root rush sabre sage sanderson
  sealed select service shell shift sierra signature silicon sky smart snap sonic southern spectrum spirit sprint
  square stage standard stanley star state steel summit sun synergy tapestry target terra textron timber toast total
  tractor travelers trinity trip twist union united unity universal upstart urban vale valley vertex viking visa
  vista vulcan wave waters welcome west western whirlpool williams wolf workhorse zoom
`);

/** Brands that are words too, yet rarely begin a sentence as one: their own products may follow ("Apple Watch"). */
export const brandWords: ReadonlySet<string> = words('amazon apple caterpillar citi coke ford fox oracle pandora visa');

/** Phrases of plain words: "the best buy", "U.S. steel". Only a capital inside a sentence tells them apart. */
export const plainPhrases: ReadonlySet<string> = new Set([
  'best buy',
  'us steel',
  'united states steel',
  'first horizon',
  'dollar general',
  'state street',
]);

/** Founders whose surname is the company's: after another name it is the person. */
export const surnames: ReadonlySet<string> = words(
  'dell ford goldman hess hilton lowe marriott nordstrom patterson raymond schwab williams wynn',
);

/** Houses that others quote: alone before a colon or at the end they say something and are not what is spoken of. */
export const quotedHouses: ReadonlySet<string> = new Set([
  'bank of america',
  'barclays',
  'bofa',
  'citi',
  'citigroup',
  'deutsche bank',
  'fox',
  'goldman',
  'goldman sachs',
  'hsbc',
  'jp morgan',
  'jpmorgan',
  'jpmorgan chase',
  'morgan stanley',
  'ubs',
  'wells fargo',
]);

/** More houses that rate others. */
export const raters: ReadonlySet<string> = new Set([
  'bernstein',
  'bmo',
  'cowen',
  'credit suisse',
  'evercore',
  'jefferies',
  'keybanc',
  'mizuho',
  'nomura',
  'oppenheimer',
  'piper sandler',
  'raymond james',
  'rbc',
  'royal bank of canada',
  'schwab',
  'stifel',
  'stifel financial',
  'susquehanna',
  'td cowen',
]);

/** In brackets after a name these are what they say, and no ticker. */
export const bracketedWords: ReadonlySet<string> = words(
  'CEO CFO COO USA USD EUR IPO ETF ETFS FDA SEC FTC DOJ DOE EPA FAA FCC IRS GDP CPI PMI NYSE AMEX ESG EPS EBIT REIT SPAC NYT WSJ CNBC AP UPDATE LIVE VIDEO',
);

/** What a company that begins a sentence is "to" do: "Meta to cut jobs". */
export const plans: ReadonlySet<string> = words(`
  acquire add announce buy build close combine cut expand fire hire invest launch lay list merge offer open pay raise release report resume sell
  shut spend spin split start stop
`);

/** What a company is "to be", and a plain word is not: "Snap to be acquired". */
export const fates: ReadonlySet<string> = words('acquired bought delisted fined investigated probed sold split sued taken');

/** What follows a name and never a plain word. */
export const companyCues: ReadonlySet<string> = words('inc incorporated corp corporation co ltd plc llc shares stock ceo cfo coo earnings');

/** What companies do in headlines. */
export const companyVerbs: ReadonlySet<string> = words(`
  acquires agrees announces appoints beats buys closes cuts expands expects files fires forecasts hikes hires launches lays loses
  misses names offers partners pays plans posts raises recalls recovers reports rolls said says sees sells settles slashes soars
  sues tops tumbles unveils warns wins
`);

/** Words that begin a question or a sentence and are no first name. */
export const openers: ReadonlySet<string> = words(`
  a after all and are as at before behind buy can could despite did do does exclusive for from has have how if in inside is like
  may more new now on once sell should the to trump update watch what when where which while who why will with would
`);

/** Phrases that begin like a company and are something else. They win as the longer match and name nobody. */
export const decoys: readonly string[] = [
  'alphabet soup',
  'amazon basin',
  'amazon fires',
  'amazon forest',
  'amazon rainforest',
  'amazon river',
  'block party',
  'dow jones',
  'ford foundation',
  'meta analysis',
  'merck kgaa',
  'yahoo japan',
  'visa ban',
  'visa bans',
  'visa program',
  'visa rules',
  'visa waiver',
  'snap election',
  'snap elections',
  'square feet',
  'square foot',
  'apple pie',
  'box office',
  'delta variant',
  'fossil fuel',
  'fossil fuels',
  'gap year',
  'jack in the box',
  "Pandora's Box",
  'square mile',
  'sprint cup',
  'target date',
  'target dates',
];
