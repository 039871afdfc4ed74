import type { CatalystType } from '#domain/news/catalyst';

/** Good, neither or bad for a long position in the name. */
export type Direction = -1 | 0 | 1;

/**
 * Cues of one meaning. `direction` 0 asks the words around for it. `on` says on which side of the cue the company
 * stands that the direction is for: the bidder before "to buy" gains nothing, the target after it does. `between` asks
 * for a capital on both sides, so that "the time to buy stocks" is no takeover. Strengths are judgements, not measurements.
 */
export type CatalystRule = {
  readonly type: CatalystType;
  readonly direction: Direction;
  readonly strength: number;
  readonly cues: readonly string[];
  readonly on?: 'before' | 'after';
  readonly between?: true;
};

type Extra = Pick<CatalystRule, 'on' | 'between'>;
const rule = (type: CatalystType, direction: Direction, strength: number, cues: string, extra: Extra = {}): CatalystRule => ({
  type,
  direction,
  strength,
  cues: cues.split('|').map((cue) => cue.trim()),
  ...extra,
});

/** The order is the order a reader should meet them; the longest cue of a headline wins, wherever it stands here. */
export const catalystRules: readonly CatalystRule[] = [
  rule(
    'earnings',
    1,
    0.8,
    'beat estimates | beat expectations | topped estimates | topped expectations | beats wall street estimates | beats analyst estimates | beats analysts estimates | beats quarterly earnings estimates | tops wall street | surprise profit | swings to profit | record profit | record earnings | record quarterly revenue | above estimates | above expectations | earnings above expectations | exceeds estimates | exceeds expectations | better than expected earnings | better than expected results | better than expected profit | blowout quarter | beats estimates | beats expectations | tops estimates | tops expectations | beats profit estimates | tops revenue estimates | beats on earnings | results beat | earnings beat | tops profit estimates | beats revenue estimates | earnings top | beats on top and bottom lines',
  ),
  rule(
    'earnings',
    -1,
    0.8,
    'missed estimates | missed expectations | misses quarterly earnings estimates | misses wall street estimates | misses analyst estimates | wider than expected loss | swings to loss | falls short of estimates | falls short of expectations | worse than expected results | worse than expected loss | weaker than expected results | quarterly profit falls short | item 2.06 | misses estimates | misses expectations | misses profit estimates | misses revenue estimates | earnings miss | results miss | below estimates | below expectations | profit plunges | posts loss | surprise loss | wider loss | record loss',
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
    'raised guidance | raised forecast | raised outlook | raises full year outlook | raises annual forecast | raises revenue forecast | raises sales forecast | raises profit outlook | boosts guidance | boosts full year outlook | ups guidance | guidance raised | guides above | guides higher | increases guidance | outlook above estimates | forecast above estimates | forecasts above estimates | raises guidance | raises forecast | raises outlook | lifts forecast | lifts outlook | lifts guidance | hikes forecast | boosts forecast | boosts outlook | raises profit forecast | raises full year forecast | raises full year guidance',
  ),
  rule(
    'guidance',
    -1,
    0.8,
    'lowered guidance | lowered forecast | cuts annual forecast | cuts full year guidance | cuts full year outlook | cuts annual outlook | cuts profit outlook | cuts revenue forecast | lowers full year guidance | lowers full year forecast | lowers full year outlook | lowers annual forecast | slashes guidance | slashes outlook | pulls guidance | suspends guidance | suspends forecast | withdraws forecast | withdraws outlook | withdraws full year guidance | guides below | guides lower | outlook below estimates | forecast below estimates | forecasts below estimates | warns of weak demand | profit warning | issues profit warning | item 2.05 | cuts guidance | cuts forecast | cuts outlook | lowers guidance | lowers forecast | lowers outlook | trims forecast | trims profit margin forecast | cuts profit forecast | slashes forecast | withdraws guidance | guidance cut | cuts full year forecast | cuts sales forecast | warns on profit',
  ),
  rule('guidance', 0, 0.5, 'item 7.01 | guidance | outlook | forecast | forecasts | expects profit | expects revenue'),

  rule(
    'fda',
    1,
    0.9,
    'approved by fda | receives fda approval | gets fda approval | granted fda approval | fda nod | wins fda nod | fda grants | fda accepts | fda green light | emergency use authorization | orphan drug designation | trial meets primary endpoint | trial met primary endpoint | study meets main goal | meets main goal | met main goal | trial succeeds | positive phase 2 | positive topline | positive top line | positive clinical data | european commission approves | ce mark | fda approves | fda approval | wins fda approval | fda clears | fda clearance | breakthrough therapy designation | breakthrough designation | fast track designation | meets primary endpoint | met primary endpoint | positive phase 3 | positive phase iii | positive trial results | priority review',
  ),
  rule(
    'fda',
    -1,
    0.9,
    'refuse to file letter | fails to meet primary endpoint | failed to meet primary endpoint | fails to meet main goal | misses main goal | missed main goal | trial failed | study failed | fda delays | fda panel votes against | patient death | trial halted | clinical trial halted | study halted | discontinues trial | discontinues study | fda places clinical hold | fda refuses | drug trial fails | complete response letter | crl | clinical hold | fda rejects | fda declines | misses primary endpoint | missed primary endpoint | trial fails | study fails | halts trial | fails late stage trial | fda warning letter',
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
    'agrees to buy | agrees to acquire | talks to buy | talks to acquire | deal to buy | deal to acquire | bid to buy | offers to buy | offers to acquire | completes acquisition of | acquisition of | takeover of | raises bid for | bids for | takeover bid for | hostile bid for | bid for | offer for | makes offer for',
    { on: 'after' },
  ),
  rule(
    'm_and_a',
    1,
    0.9,
    'to be acquired | to be bought | to be taken private | agrees to be acquired | agrees to be bought | agrees to sell itself | explores sale | takeover target | takeover interest | receives takeover offer | receives bid | gets bid | take private offer | rejects bid from | rejects raised bid | strategic alternatives | acquisition by',
    { on: 'before' },
  ),
  rule('m_and_a', 1, 0.5, 'takes stake in | stake in | seeks stake in | builds stake in | activist stake in | activist investor in', {
    on: 'after',
  }),
  rule('m_and_a', 0, 0.5, 'cuts stake in | sells stake in | exits stake in | trims stake in | sells stake'),
  rule(
    'm_and_a',
    -1,
    0.8,
    'drops bid for | abandons bid for | pulls out of deal with | scraps deal with | blocks takeover of | walks away from | ends talks to buy',
    { on: 'after' },
  ),
  rule(
    'm_and_a',
    -1,
    0.7,
    'dilutive | deal terminated | merger terminated | terminates merger | ends merger talks | block merger | blocks merger | calls off merger | scraps merger | ends talks',
  ),
  rule(
    'm_and_a',
    0,
    0.6,
    'item 2.01 | item 5.01 | merger | takeover | buyout | tender offer | definitive agreement | go private | spin off | acquisition | merge with | takeover battle | bidding war',
  ),

  rule(
    'analyst',
    1,
    0.6,
    'upgraded by | raised to buy | raised to overweight | raised to outperform | initiated at outperform | initiated at overweight | initiates at outperform | raises target | target raised | price target lifted | boosts price target | added to conviction list | upgraded to | upgrades | upgrade | price target raised | raises price target | lifts price target | hikes price target | doubles his price target | initiates at buy | initiated at buy | initiates with buy',
  ),
  rule(
    'analyst',
    -1,
    0.6,
    'downgraded by | cut to sell | cut to hold | cut to neutral | cut to underperform | cut to underweight | initiated at sell | initiated at underperform | lowers target | target cut | price target lowered | slashes price target | removed from conviction list | downgraded to | downgrades | downgrade | price target cut | cuts price target | lowers price target | trims price target | initiates at sell | credit downgrade',
  ),
  rule(
    'analyst',
    0,
    0.3,
    'maintains hold | maintains sell | maintains underperform | maintains buy rating | starts coverage | resumes coverage | coverage initiated | reiterated | initiates coverage | price target | reiterates | maintains neutral | maintains buy | maintains overweight | maintains outperform | analyst | analysts',
  ),

  rule(
    'contract',
    1,
    0.6,
    'wins multi year | awarded a contract | wins army contract | wins navy contract | wins pentagon contract | wins air force contract | wins government contract | wins supply contract | wins defense contract | gets contract | receives contract | receives order | gets order | lands deal | lands order | signs multi year deal | signs supply deal | signs agreement with | contract win | contract award | multi year contract | wins contract | awarded contract | wins order | wins jet order | wins deal | secures contract | lands contract | signs contract | signs deal with | contract worth | awarded | orders for | places order | wins bid | supply agreement | announces orders',
  ),
  rule(
    'contract',
    -1,
    0.6,
    'loses order | contract canceled | contract terminated | cancels orders | order cancelled | order canceled | terminates contract | terminates agreement | loses pentagon contract | termination of a material definitive agreement | item 1.02 | loses contract | contract cancelled | cancels order | cancels contract | loses bid',
  ),
  rule(
    'contract',
    0,
    0.4,
    'item 1.01 | material definitive agreement | teams up with | collaboration with | contract | jet order | partnership with | partners with',
  ),

  rule(
    'capital_action',
    1,
    0.5,
    'share repurchase | share buyback | stock buyback | buy back shares | buyback | raises dividend | raises quarterly dividend | boosts dividend | dividend increase | increases dividend | hikes dividend | special dividend | initiates dividend | repurchase program | repurchase plan | accelerated share repurchase',
  ),
  rule(
    'capital_action',
    -1,
    0.7,
    'cuts dividend | cuts quarterly dividend | slashes dividend | suspends dividend | dividend cut | omits dividend | halts dividend | suspends buyback | suspends share buyback | halts buyback | suspends share repurchases',
  ),
  rule('capital_action', 0, 0.3, 'dividend | declares dividend | ex dividend | item 3.03'),

  rule(
    'offering',
    -1,
    0.7,
    'secondary offering | stock offering | share offering | equity offering | follow on offering | public offering of common stock | public offering of shares | registered direct offering | direct offering | private placement | prices offering | prices public offering | prices upsized offering | proposed public offering | proposed offering | announces offering of | underwritten public offering | at the market offering | atm offering | atm program | convertible notes | convertible senior notes | shelf registration | sells new shares | to sell new shares | share sale to raise | dilutive offering | rights issue | rights offering | item 3.02',
  ),
  rule('offering', 1, 0.4, 'withdraws offering | cancels offering | terminates offering | withdraws public offering | cancels share sale'),
  rule(
    'offering',
    0,
    0.4,
    'offering | ipo | initial public offering | debt offering | notes offering | senior notes | bond sale | prices senior notes | item 2.03',
  ),

  rule(
    'split',
    1,
    0.4,
    'stock split | share split | forward split | forward stock split | for one stock split | for one split | for 1 stock split | for 1 split | for 1 forward split | announces split',
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
    'delisting notice | delisting warning | to be delisted | faces delisting | delisted from | delisting determination | receives delisting | notice of delisting | noncompliance notice | non compliance notice | minimum bid price requirement | deficiency notice | deficiency letter | trading suspended | suspends trading in | suspends trading of | sec suspends trading | item 3.01',
  ),
  rule('halt', 1, 0.4, 'regains compliance | back in compliance | regained compliance'),
  rule(
    'halt',
    0,
    0.5,
    'trading halted | trading halt | trading in shares halted | shares halted | stock halted | halted news pending | halted pending news | halted on circuit breaker | trading resumes | trading resumed | resumes trading | resumption of trading | resume trading | volatility pause | volatility halt | trading pause | luld pause | luld halt | news pending | halted trading | halts trading in | voluntary delisting',
  ),

  rule(
    'insider',
    1,
    0.5,
    'insider buying | insider buys | insiders buy | insider purchase | insider purchases | ceo buys shares | ceo buys stock | cfo buys shares | director buys shares | chairman buys shares | ceo bought shares | director bought shares | ceo purchases shares | director purchases shares | officer buys shares | insiders are buying | insider bought | ceo adds shares | raises his stake | raises her stake | ceo buys | director buys | cfo buys',
  ),
  rule(
    'insider',
    -1,
    0.3,
    'insider selling | insider sells | insiders sell | insider sale | insider sales | ceo sells shares | ceo sells stock | cfo sells shares | director sells shares | chairman sells shares | ceo sold shares | director sold shares | officer sells shares | insiders are selling | insider sold | ceo unloads | ceo dumps shares | ceo sells | director sells | cfo sells | ceo disposes of shares',
  ),
  rule('insider', 0, 0.2, 'form 4 | form 144 | insider transaction | insider trading activity | insider trades | stake by director'),

  rule(
    'management',
    -1,
    0.5,
    'ceo resigns | ceo steps down | ceo to step down | ceo quits | ceo departs | ceo to depart | ceo to leave | ceo leaves | ceo fired | ceo ousted | ousts ceo | fires ceo | cfo resigns | cfo steps down | cfo to step down | cfo quits | cfo departs | cfo leaves | cfo to leave | chairman resigns | chairman steps down | ceo dies | ceo resignation | abrupt departure | sudden departure | chief executive resigns | chief executive steps down | chief executive quits | chief executive to step down | founder steps down | president resigns | auditor resigns',
  ),
  rule(
    'management',
    0,
    0.3,
    'appoints ceo | appoints new ceo | names ceo | names new ceo | appointed ceo | named ceo | appoints cfo | names cfo | names new cfo | appointed cfo | named cfo | as ceo | as new ceo | as cfo | as chief executive | as chief executive officer | as chief financial officer | new ceo | new cfo | interim ceo | appoints chief executive | appoints chief financial officer | names chief executive | names chief financial officer | ceo succession | ceo to retire | ceo retires | to succeed | joins board | appoints director | board of directors appoints | management change | leadership change | item 5.02 | item 5.07',
  ),

  rule(
    'legal',
    1,
    0.4,
    'wins patent lawsuit | wins lawsuit against | lawsuit dismissed | court dismisses | charges dropped | drops lawsuit | drops probe | closes probe | ends probe | cleared of | acquitted | wins patent case | wins jury verdict | judge tosses | wins patent trial | wins dismissal | dismisses lawsuit | dismissed lawsuit | wins lawsuit | defeats lawsuit | judge dismisses | wins appeal | wins court',
  ),
  rule(
    'legal',
    -1,
    0.6,
    'loses lawsuit | loses patent lawsuit | loses court case | loses appeal | ordered to pay | found liable | found guilty | pleads guilty | indicted | charged with | sec charges | doj sues | sec sues | justice department sues | faces lawsuit | cyberattack | ransomware | item 1.03 | item 1.05 | item 2.04 | item 4.02 | non reliance | files for chapter 11 | seeks bankruptcy protection | securities fraud | product liability | sec investigation | sec probe | doj probe | opens probe | criminal probe | wells notice | ftc sues | class action | subpoena | restatement | going concern | chapter 11 | short report | short seller report | data breach | accounting fraud | fraud',
  ),
  rule(
    'legal',
    -1,
    0.4,
    'lawsuit | sues | sued | probe | probes | investigation | investigates | investigating | recall | recalls | fine | fined | files for bankruptcy | bankruptcy | charges | antitrust',
  ),
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
    'delays launch | delays product launch | launch delayed | halts production | production halt | halts sales of | stops production | pauses production | recalls product | product recall',
  ),
  rule(
    'product',
    0,
    0.3,
    'launched | unveiled | reveals new | product launch | releases new | launches | launch | unveils | introduces | rolls out | new product | new model | debuts',
  ),

  rule('macro', 1, 0.4, 'rate cut | cuts rates | fed cuts rates | tariff exemption | tariff relief | trade deal'),
  rule(
    'macro',
    -1,
    0.4,
    'rate hike | hikes rates | raises rates | lifts rates | trade war | new tariffs | government shutdown | debt ceiling',
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

const listed = (text: string): readonly string[] => text.split('|').map((phrase) => phrase.trim());

/** What gives a cue without a direction one, within five words of it. */
export const upModifiers = listed(
  'raises | raised | lifts | boosts | hikes | beats | beat | tops | top | above expectations | approved | approves | wins | win | record | jumps | soars | surges | rises | higher | strong | growth | exceeds',
);
export const downModifiers = listed(
  'cuts | cut | lowers | trims | slashes | misses | miss | below expectations | rejected | rejects | halted | plunges | falls | drops | dives | tumbles | slumps | lower | weak | decline | declines | disappoints | disappointing | warns | hurt | loses | lag | lags | lagged | missed | weaker | worst | widens | shrinks | sinks | slides | slips | guilty',
);

/** "Denies", "no plans": what is good no longer is, and what is bad is nothing. */
export const negations = listed(
  "not | no | never | denies | denied | without | won't | doesn't | didn't | isn't | cannot | can't | fails | failed | withdraws | scraps",
);

/** What somebody heard is worth less than what was announced. */
export const rumours = listed(
  'reportedly | source | sources | considering | considers | mulls | may | could | rumor | rumors | talks | possible',
);

/** Words before "to buy" that make it advice, not a bid. */
export const adviceWords = listed(
  'stocks | stock | time | reason | reasons | opportunity | how | when | where | what | ways | way | names | investors | shares | picks | companies',
);
