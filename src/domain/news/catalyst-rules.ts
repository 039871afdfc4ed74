import type { CatalystType } from '#domain/news/catalyst';
import { phrasesOf } from '#domain/news/sentiment/word-forms';

/** Good, neither or bad for a long position in the name. */
export type Direction = -1 | 0 | 1;

/** A way to say it. What a verb says is only denied right before it; a noun ("orders for") may be far from who cuts them. */
export type Cue = { readonly phrase: string; readonly isVerbal: boolean };

/**
 * Cues of one meaning; "~" before a verb asks for all its forms. `direction` 0 asks the words around for it. `on` says on which side of the cue the company
 * stands that the direction is for: the bidder before "to buy" gains nothing, the target after it does. `between` asks
 * for a capital on both sides, so that "the time to buy stocks" is no takeover; `beside` for a word of those who rate, since
 * planes and networks are upgraded too; `isSettled` asks nothing around: what analysts are beside is not what they say. Strengths are judgements, not measurements.
 */
export type CatalystRule = {
  readonly type: CatalystType;
  readonly direction: Direction;
  readonly strength: number;
  readonly cues: readonly Cue[];
  readonly on?: 'before' | 'after' | 'not_right_before';
  readonly between?: true;
  readonly beside?: 'rating';
  readonly isSettled?: true;
};

type Extra = Pick<CatalystRule, 'on' | 'between' | 'beside' | 'isSettled'>;
const rule = (type: CatalystType, direction: Direction, strength: number, cues: string, extra: Extra = {}): CatalystRule => ({
  type,
  direction,
  strength,
  cues: cues.split('|').flatMap((cue) => phrasesOf(cue).map((words) => ({ phrase: words.join(' '), isVerbal: cue.includes('~') }))),
  ...extra,
});

/** The order is the order a reader should meet them; the longest cue of a headline wins, wherever it stands here. */
export const catalystRules: readonly CatalystRule[] = [
  rule(
    'earnings',
    1,
    0.8,
    '~beat estimates | ~beat expectations | ~beat wall street estimates | ~beat analyst estimates | ~beat analysts estimates | ~beat quarterly earnings estimates | ~top wall street | surprise profit | ~swing to profit | record profit | record earnings | record quarterly revenue | above estimates | above expectations | earnings above expectations | ~exceed estimates | ~exceed expectations | ~beat forecasts | ~beat sales forecasts | ~top forecasts | ~top sales forecasts | ~top profit forecasts | better than expected earnings | better than expected results | better than expected profit | blowout quarter | ~top estimates | ~top expectations | ~beat profit estimates | ~top revenue estimates | ~beat on earnings | results ~beat | earnings ~beat | ~top profit estimates | ~beat revenue estimates | earnings ~top | ~beat on top and bottom lines',
  ),
  rule(
    'earnings',
    -1,
    0.8,
    '~miss estimates | ~miss expectations | ~miss forecasts | ~miss sales forecasts | ~miss profit forecasts | ~miss quarterly earnings estimates | ~miss wall street estimates | ~miss analyst estimates | wider than expected loss | ~swing to loss | ~fall short of estimates | ~fall short of expectations | worse than expected results | worse than expected loss | weaker than expected results | quarterly profit ~fall short | item 2.06 | ~miss profit estimates | ~miss revenue estimates | earnings ~miss | results ~miss | below estimates | below expectations | profit ~plunge | ~post loss | surprise loss | wider loss | record loss',
  ),
  rule(
    'earnings',
    0,
    0.5,
    'results of operations and financial condition | item 2.02 | quarterly earnings | reports results | reports first quarter | reports second quarter | reports third quarter | reports fourth quarter | earnings call | earnings report | earnings | quarterly results | quarterly profit | quarterly revenue | first quarter results | second quarter results | third quarter results | fourth quarter results | preliminary results | same store sales | comparable sales | eps | net income | quarterly loss | profit | q1 | q2 | q3 | q4',
  ),

  rule(
    'guidance',
    1,
    0.8,
    '~raise guidance | ~raise forecast | ~raise outlook | ~raise full year outlook | ~raise annual forecast | ~raise revenue forecast | ~raise sales forecast | ~raise profit outlook | ~boost guidance | ~boost full year outlook | ~up guidance | guidance ~raise | ~guide above | ~guide higher | ~increase guidance | outlook above estimates | forecast above estimates | forecasts above estimates | ~lift forecast | ~lift outlook | ~lift guidance | ~hike forecast | ~boost forecast | ~boost outlook | ~raise profit forecast | ~raise full year forecast | ~raise full year guidance',
  ),
  rule(
    'guidance',
    -1,
    0.8,
    '~lower guidance | ~lower forecast | ~cut annual forecast | ~cut full year guidance | ~cut full year outlook | ~cut annual outlook | ~cut profit outlook | ~cut revenue forecast | ~lower full year guidance | ~lower full year forecast | ~lower full year outlook | ~lower annual forecast | ~slash guidance | ~slash outlook | ~pull guidance | ~suspend guidance | ~suspend forecast | ~withdraw forecast | ~withdraw outlook | ~withdraw full year guidance | ~guide below | ~guide lower | outlook below estimates | forecast below estimates | forecasts below estimates | forecast ~fall short | outlook ~fall short | guidance ~fall short | ~warn of weak demand | profit warning | issues profit warning | item 2.05 | ~cut guidance | ~cut forecast | ~cut outlook | ~lower outlook | ~trim forecast | ~trim profit margin forecast | ~cut profit forecast | ~slash forecast | ~withdraw guidance | guidance cut | ~cut full year forecast | ~cut sales forecast | ~warn on profit',
  ),
  rule('guidance', 0, 0.5, 'item 7.01 | guidance | outlook | forecast | forecasts | ~expect profit | ~expect revenue'),

  rule(
    'fda',
    1,
    0.9,
    'approved by fda | ~receive fda approval | ~get fda approval | ~grant fda approval | fda nod | ~win fda nod | fda ~grant | fda ~accept | fda green light | emergency use authorization | orphan drug designation | trial ~meet primary endpoint | study ~meet main goal | ~meet main goal | trial succeeds | positive phase 2 | positive topline | positive top line | positive clinical data | european commission ~approve | ce mark | fda ~approve | fda approval | ~win fda approval | fda ~clear | fda clearance | breakthrough therapy designation | breakthrough designation | fast track designation | ~meet primary endpoint | positive phase 3 | positive phase iii | positive trial results | priority review',
  ),
  rule(
    'fda',
    -1,
    0.9,
    '~refuse to file letter | ~fail to meet primary endpoint | ~fail to meet main goal | ~miss main goal | trial ~fail | study ~fail | fda ~delay | fda panel votes against | patient death | trial ~halt | clinical trial ~halt | study ~halt | ~discontinue trial | ~discontinue study | fda ~place clinical hold | fda ~refuse | drug trial ~fail | complete response letter | crl | clinical hold | fda ~reject | fda ~decline | ~miss primary endpoint | ~halt trial | ~fail late stage trial | fda warning letter',
  ),
  rule(
    'fda',
    0,
    0.5,
    'clinical trials | drug trial | phase 1 | phase 2 trial | phase 3 trial | trial results | trial data | topline results | top line results | vaccine trial | fda | pdufa | advisory committee | adcom | phase 3 | phase iii | phase 2 | primary endpoint | clinical trial | 510(k) | new drug application | late stage trial',
  ),

  rule('m_and_a', 1, 0.9, 'to buy | to acquire | to take over | buys | acquires', { on: 'after', between: true }),
  rule(
    'm_and_a',
    1,
    0.9,
    '~agree to buy | ~agree to acquire | talks to buy | talks to acquire | deal to buy | deal to acquire | bid to buy | ~offer to buy | ~offer to acquire | ~complete acquisition of | acquisition of | takeover of | ~raise bid for | bids for | takeover bid for | hostile bid for | bid for | offer for | ~make offer for',
    { on: 'after' },
  ),
  rule(
    'm_and_a',
    1,
    0.9,
    'to be acquired | to be bought | to be taken private | ~agree to be acquired | ~agree to be bought | ~agree to sell itself | ~explore sale | takeover target | takeover interest | ~receive takeover offer | ~receive bid | ~get bid | take private offer | ~reject bid from | ~reject raised bid | strategic alternatives | acquisition by',
    { on: 'before' },
  ),
  rule('m_and_a', 1, 0.5, '~take stake in | stake in | ~seek stake in | ~build stake in | activist stake in | activist investor in', {
    on: 'after',
  }),
  rule('m_and_a', 0, 0.5, '~cut stake in | ~sell stake in | ~exit stake in | ~trim stake in | ~sell stake'),
  rule(
    'm_and_a',
    -1,
    0.8,
    '~drop bid for | ~abandon bid for | ~pull out of deal with | ~scrap deal with | ~block takeover of | ~walk away from | ~end talks to buy',
    { on: 'after' },
  ),
  rule(
    'm_and_a',
    -1,
    0.7,
    'dilutive | deal ~terminate | merger ~terminate | ~terminate merger | ~end merger talks | ~block merger | ~call off merger | ~scrap merger | ~end talks',
  ),
  rule(
    'm_and_a',
    1,
    0.6,
    'antitrust nod | ~get antitrust approval | ~receive antitrust approval | ~get antitrust clearance | ~get merger approval | ~get takeover approval',
  ),
  rule(
    'm_and_a',
    0,
    0.6,
    'item 2.01 | item 5.01 | merger | takeover | buyout | antitrust approval | antitrust clearance | merger approval | takeover approval | tender offer | definitive agreement | go private | spin off | acquisition | merge with | takeover battle | bidding war',
  ),

  rule(
    'analyst',
    1,
    0.6,
    'upgraded by analyst | ~raise to buy | ~raise to overweight | ~raise to outperform | ~initiate at outperform | ~initiate at overweight | ~raise target | target raised | price target ~lift | ~boost price target | added to conviction list | double upgrade | upgraded to buy | upgraded to overweight | upgraded to outperform | price target ~raise | ~raise price target | ~lift price target | ~hike price target | ~double his price target | ~initiate at buy | ~initiate with buy',
  ),
  rule('analyst', 1, 0.6, '~upgrade | upgraded by | upgraded to', { beside: 'rating' }),
  rule(
    'analyst',
    -1,
    0.6,
    '~cut to sell | ~cut to hold | ~cut to neutral | ~cut to underperform | ~cut to underweight | ~initiate at sell | ~initiate at underperform | ~lower target | target cut | price target ~lower | ~slash price target | removed from conviction list | ~downgrade | price target ~cut | ~cut price target | ~lower price target | ~trim price target | credit downgrade',
  ),
  rule(
    'analyst',
    0,
    0.3,
    '~maintain hold | ~maintain sell | ~maintain underperform | ~maintain buy rating | ~start coverage | ~resume coverage | coverage ~initiate | reiterated | ~initiate coverage | price target | reiterates | ~maintain neutral | ~maintain buy | ~maintain overweight | ~maintain outperform',
  ),
  rule('analyst', 0, 0.3, 'analyst | analysts', { isSettled: true }),

  rule(
    'contract',
    1,
    0.6,
    '~win multi year | awarded a contract | ~award contract | ~win army contract | ~win navy contract | ~win pentagon contract | ~win air force contract | ~win government contract | ~win supply contract | ~win defense contract | ~get contract | ~receive contract | ~receive order | ~get order | ~land deal | ~land order | ~sign multi year deal | ~sign supply deal | ~sign agreement with | contract win | contract award | multi year contract | ~win contract | ~win order | ~win jet order | ~win deal | ~secure contract | ~land contract | ~sign contract | ~sign deal with | contract worth | awarded | orders for | ~place order | ~win bid | supply agreement | ~announce orders',
  ),
  rule(
    'contract',
    -1,
    0.6,
    '~lose order | contract ~cancel | contract ~terminate | ~cancel orders | order ~cancel | ~terminate contract | ~terminate agreement | ~lose pentagon contract | termination of a material definitive agreement | item 1.02 | ~lose contract | ~cancel order | ~cancel contract | ~lose bid',
  ),
  rule(
    'contract',
    0,
    0.4,
    'item 1.01 | material definitive agreement | ~team up with | collaboration with | contract | jet order | partnership with | partners with',
  ),

  rule(
    'capital_action',
    1,
    0.5,
    'share repurchase | share buyback | stock buyback | ~buy back shares | buyback | ~raise dividend | ~raise quarterly dividend | ~boost dividend | dividend ~increase | ~increase dividend | ~hike dividend | special dividend | ~initiate dividend | repurchase program | repurchase plan | accelerated share repurchase',
  ),
  rule(
    'capital_action',
    -1,
    0.7,
    '~cut dividend | ~cut quarterly dividend | ~slash dividend | ~suspend dividend | dividend cut | ~omit dividend | ~halt dividend | ~suspend buyback | ~suspend share buyback | ~halt buyback | ~suspend share repurchases',
  ),
  rule('capital_action', 0, 0.3, 'dividend | ~declare dividend | ex dividend | item 3.03'),

  rule(
    'offering',
    -1,
    0.7,
    'secondary offering | stock offering | share offering | equity offering | follow on offering | public offering of common stock | public offering of shares | registered direct offering | direct offering | private placement | ~price offering | ~price public offering | ~price upsized offering | proposed public offering | proposed offering | ~announce offering of | underwritten public offering | at the market offering | atm offering | atm program | convertible notes | convertible senior notes | shelf registration | ~sell new shares | to sell new shares | share sale to raise | dilutive offering | rights issue | rights offering | item 3.02',
  ),
  rule('offering', 1, 0.4, '~withdraw offering | ~cancel offering | ~terminate offering | ~withdraw public offering | ~cancel share sale'),
  rule(
    'offering',
    0,
    0.4,
    'offering | ipo | initial public offering | debt offering | notes offering | senior notes | bond sale | ~price senior notes | item 2.03',
  ),

  rule(
    'split',
    1,
    0.4,
    'stock split | share split | forward split | forward stock split | for one stock split | for one split | for 1 stock split | for 1 split | for 1 forward split | ~announce split',
  ),
  rule(
    'split',
    -1,
    0.7,
    'reverse split | reverse stock split | reverse share split | 1 for reverse split | for reverse stock split | share consolidation',
  ),
  rule('split', 0, 0.2, 'split adjusted | post split | split adjusted basis'),

  rule(
    'halt',
    -1,
    0.8,
    'delisting notice | delisting warning | to be delisted | ~face delisting | delisted from | delisting determination | ~receive delisting | notice of delisting | noncompliance notice | non compliance notice | minimum bid price requirement | deficiency notice | deficiency letter | trading ~suspend | ~suspend trading in | ~suspend trading of | sec ~suspend trading | item 3.01',
  ),
  rule('halt', 1, 0.4, '~regain compliance | back in compliance'),
  rule(
    'halt',
    0,
    0.5,
    'trading ~halt | trading in shares ~halt | shares ~halt | stock ~halt | ~halt news pending | ~halt pending news | ~halt on circuit breaker | trading ~resume | ~resume trading | resumption of trading | volatility ~pause | volatility halt | trading ~pause | luld ~pause | luld halt | news pending | ~halt trading | ~halt trading in | voluntary delisting',
  ),

  rule(
    'insider',
    1,
    0.5,
    'insider ~buy | insiders ~buy | insider purchase | insider purchases | ceo ~buy shares | ceo ~buy stock | cfo ~buy shares | director ~buy shares | chairman ~buy shares | ceo purchases shares | director purchases shares | officer ~buy shares | insiders are buying | ceo adds shares | ~raise his stake | ~raise her stake | ceo ~buy | director ~buy | cfo ~buy',
  ),
  rule(
    'insider',
    -1,
    0.3,
    'insider ~sell | insiders ~sell | insider sale | insider sales | ceo ~sell shares | ceo ~sell stock | cfo ~sell shares | director ~sell shares | chairman ~sell shares | officer ~sell shares | insiders are selling | ceo unloads | ceo dumps shares | ceo ~sell | director ~sell | cfo sells | ceo disposes of shares',
  ),
  rule('insider', 0, 0.2, 'form 4 | form 144 | insider transaction | insider trading activity | insider trades | stake by director'),

  rule(
    'management',
    -1,
    0.5,
    'ceo ~resign | ceo ~step down | ceo to step down | ceo ~quit | ceo ~depart | ceo to depart | ceo to leave | ceo ~leave | ceo ~fire | ceo ~oust | ~oust ceo | ~fire ceo | cfo ~resign | cfo ~step down | cfo to step down | cfo ~quit | cfo ~depart | cfo ~leave | cfo to leave | chairman ~resign | chairman ~step down | ceo ~die | ceo resignation | abrupt departure | sudden departure | chief executive ~resign | chief executive ~step down | chief executive ~quit | chief executive to step down | founder ~step down | president ~resign | auditor ~resign',
  ),
  rule(
    'management',
    0,
    0.3,
    '~appoint ceo | ~appoint new ceo | ~name ceo | ~name new ceo | ~appoint cfo | ~name cfo | ~name new cfo | as ceo | as new ceo | as cfo | as chief executive | as chief executive officer | as chief financial officer | new ceo | new cfo | interim ceo | ~appoint chief executive | ~appoint chief financial officer | ~name chief executive | ~name chief financial officer | ceo succession | ceo to retire | ceo retires | to succeed | joins board | ~appoint director | board of directors ~appoint | management change | leadership change | item 5.02 | item 5.07',
  ),

  rule(
    'legal',
    1,
    0.4,
    '~win patent lawsuit | ~win lawsuit against | lawsuit ~dismiss | court ~dismiss | charges ~drop | ~drop lawsuit | ~drop probe | ~close probe | ~end probe | ~clear of | acquitted | ~win patent case | ~win jury verdict | judge ~toss | ~win patent trial | ~win dismissal | ~dismiss lawsuit | ~win lawsuit | ~defeat lawsuit | judge ~dismiss | ~win appeal | ~win court',
  ),
  rule(
    'legal',
    -1,
    0.6,
    '~lose lawsuit | ~lose patent lawsuit | ~lose court case | ~lose appeal | ordered to pay | found liable | found guilty | ~plead guilty | indicted | charged with | sec charges | doj ~sue | sec ~sue | justice department ~sue | ~face lawsuit | cyberattack | ransomware | item 1.03 | item 1.05 | item 2.04 | item 4.02 | non reliance | ~file for chapter 11 | ~seek bankruptcy protection | securities fraud | product liability | sec investigation | sec probe | doj probe | ~open probe | criminal probe | wells notice | ftc ~sue | class action | subpoena | restatement | going concern | chapter 11 | short report | short seller report | data breach | accounting fraud | fraud',
  ),
  rule(
    'legal',
    -1,
    0.4,
    'lawsuit | sued by | sued over | sued for | sued in | probe | probes | investigation | investigates | investigating | recall | recalls | fine | fined | ~file for bankruptcy | bankruptcy | charges | antitrust',
  ),
  rule('legal', -1, 0.4, '~sue | ~file lawsuit against | ~file suit against', { on: 'not_right_before' }),
  rule(
    'legal',
    0,
    0.3,
    'court trial | jury trial | fraud trial | antitrust trial | trial begins | on trial | trial court | trial date | patent case | court | jury | verdict | item 4.01 | settles | settlement | trial | appeals court | supreme court',
  ),

  rule(
    'product',
    -1,
    0.4,
    '~delay launch | ~delay product launch | launch ~delay | ~halt production | production halt | ~halt sales of | ~stop production | ~pause production | recalls product | product recall',
  ),
  rule(
    'product',
    0,
    0.3,
    'launched | unveiled | ~reveal new | product launch | ~release new | launches | launch | unveils | introduces | ~roll out | new product | new model | debuts',
  ),

  rule('macro', 1, 0.4, 'rate cut | ~cut rates | fed ~cut rates | tariff exemption | tariff relief | trade deal'),
  rule(
    'macro',
    -1,
    0.4,
    'rate hike | ~hike rates | ~raise rates | ~lift rates | trade war | new tariffs | government shutdown | debt ceiling',
  ),
  rule(
    'macro',
    0,
    0.3,
    'tariff | tariffs | fomc | federal reserve | cpi | nonfarm payrolls | jobless claims | gdp | retail sales | inflation | treasury auction | jackson hole | ism manufacturing | interest rates | consumer prices',
  ),

  // Decoys: they cover words that mean something else here, and say nothing.
  rule(
    'other_news',
    0,
    0.1,
    'to upgrade | upgrade its | upgrade his | upgrade cycle | upgrade program | software upgrade | network upgrade | split decision | split vote | split screen | split second | split over | product offering | service offering | new offering | offering free | offering new | offering discounts | offering customers | now offering | is offering | are offering | peace offering | free trial | trial period | trial run | trial balloon | trial version | weather forecast | record label | court tennis | tennis court | food court | profit sharing | not for profit | non profit | nonprofit | contract workers | contract worker | contract staff | fine dining | fine art | fine tune | fine print | just fine | product launch event | launch pad | rocket launch | extended warranty | analyst day | buy now pay later | chapter 11 of | no fine',
  ),
];
