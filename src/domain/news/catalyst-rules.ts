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
    'beats estimates | beats expectations | tops estimates | tops expectations | beats profit estimates | tops revenue estimates | beats on earnings | results beat | earnings beat | tops profit estimates | beats revenue estimates | earnings top | beats on top and bottom lines',
  ),
  rule(
    'earnings',
    -1,
    0.8,
    'misses estimates | misses expectations | misses profit estimates | misses revenue estimates | earnings miss | results miss | below estimates | below expectations | profit plunges | profit warning | posts loss | surprise loss | wider loss | record loss',
  ),
  rule(
    'earnings',
    0,
    0.5,
    'earnings | quarterly results | quarterly profit | quarterly revenue | first quarter results | second quarter results | third quarter results | fourth quarter results | preliminary results | same store sales | comparable sales | eps | net income | quarterly loss | profit | q1 | q2 | q3 | q4',
  ),

  rule(
    'guidance',
    1,
    0.8,
    'raises guidance | raises forecast | raises outlook | lifts forecast | lifts outlook | lifts guidance | hikes forecast | boosts forecast | boosts outlook | raises profit forecast | raises full year forecast | raises full year guidance',
  ),
  rule(
    'guidance',
    -1,
    0.8,
    'cuts guidance | cuts forecast | cuts outlook | lowers guidance | lowers forecast | lowers outlook | trims forecast | trims profit margin forecast | cuts profit forecast | slashes forecast | withdraws guidance | guidance cut | cuts full year forecast | cuts sales forecast | warns on profit',
  ),
  rule('guidance', 0, 0.5, 'guidance | outlook | forecast | forecasts | expects profit | expects revenue'),

  rule(
    'fda',
    1,
    0.9,
    'fda approves | fda approval | wins fda approval | fda clears | fda clearance | breakthrough therapy designation | breakthrough designation | fast track designation | meets primary endpoint | met primary endpoint | positive phase 3 | positive phase iii | positive trial results | priority review',
  ),
  rule(
    'fda',
    -1,
    0.9,
    'complete response letter | crl | clinical hold | fda rejects | fda declines | misses primary endpoint | missed primary endpoint | trial fails | study fails | halts trial | fails late stage trial | fda warning letter',
  ),
  rule(
    'fda',
    0,
    0.5,
    'fda | pdufa | advisory committee | adcom | phase 3 | phase iii | phase 2 | primary endpoint | clinical trial | 510(k) | new drug application | late stage trial',
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
    'deal terminated | merger terminated | terminates merger | ends merger talks | block merger | blocks merger | calls off merger | scraps merger | ends talks',
  ),
  rule(
    'm_and_a',
    0,
    0.6,
    'merger | takeover | buyout | tender offer | definitive agreement | go private | spin off | acquisition | merge with | takeover battle | bidding war',
  ),

  rule(
    'analyst',
    1,
    0.6,
    'upgraded to | upgrades | upgrade | price target raised | raises price target | lifts price target | hikes price target | doubles his price target | initiates at buy | initiated at buy | initiates with buy',
  ),
  rule(
    'analyst',
    -1,
    0.6,
    'downgraded to | downgrades | downgrade | price target cut | cuts price target | lowers price target | trims price target | initiates at sell | credit downgrade',
  ),
  rule(
    'analyst',
    0,
    0.3,
    'initiates coverage | price target | reiterates | maintains neutral | maintains buy | maintains overweight | maintains outperform | analyst | analysts',
  ),

  rule(
    'contract',
    1,
    0.6,
    'wins contract | awarded contract | wins order | wins jet order | wins deal | secures contract | lands contract | signs contract | signs deal with | contract worth | awarded | orders for | places order | wins bid | supply agreement | announces orders',
  ),
  rule('contract', -1, 0.6, 'loses contract | contract cancelled | cancels order | cancels contract | loses bid'),
  rule('contract', 0, 0.4, 'contract | jet order | partnership with | partners with'),

  rule(
    'capital_action',
    1,
    0.5,
    'share repurchase | share buyback | stock buyback | buy back shares | buyback | raises dividend | dividend increase | hikes dividend | special dividend | stock split',
  ),
  rule(
    'capital_action',
    -1,
    0.7,
    'reverse split | reverse stock split | secondary offering | stock offering | share offering | public offering of common stock | prices offering | at the market offering | atm offering | convertible notes | cuts dividend | suspends dividend | dividend cut | shelf registration',
  ),
  rule('capital_action', 0, 0.4, 'dividend | offering | ipo | debt offering'),

  rule(
    'legal',
    1,
    0.4,
    'wins dismissal | dismisses lawsuit | dismissed lawsuit | wins lawsuit | defeats lawsuit | judge dismisses | wins appeal | wins court',
  ),
  rule(
    'legal',
    -1,
    0.6,
    'sec investigation | sec probe | doj probe | opens probe | criminal probe | wells notice | ftc sues | class action | subpoena | restatement | going concern | chapter 11 | delisting notice | short report | data breach | accounting fraud | fraud',
  ),
  rule(
    'legal',
    -1,
    0.4,
    'lawsuit | sues | sued | probe | probes | investigation | investigates | investigating | recall | recalls | fine | fined | files for bankruptcy | bankruptcy | charges | antitrust',
  ),
  rule('legal', 0, 0.3, 'settles | settlement | trial | appeals court | supreme court'),

  rule('product', 0, 0.3, 'launches | launch | unveils | introduces | rolls out | new product | new model | debuts'),

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
    'tariff | tariffs | fomc | federal reserve | cpi | nonfarm payrolls | jobless claims | gdp | retail sales | inflation | treasury auction | jackson hole | ism manufacturing',
  ),
];

const listed = (text: string): readonly string[] => text.split('|').map((phrase) => phrase.trim());

/** What gives a cue without a direction one, within five words of it. */
export const upModifiers = listed(
  'raises | raised | lifts | boosts | hikes | beats | beat | tops | top | above expectations | approved | approves | wins | win | record | jumps | soars | surges | rises | higher | strong | growth | exceeds',
);
export const downModifiers = listed(
  'cuts | cut | lowers | trims | slashes | misses | miss | below expectations | rejected | rejects | halted | plunges | falls | drops | dives | tumbles | slumps | lower | weak | decline | declines | disappoints | warns | hurt | loses',
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
