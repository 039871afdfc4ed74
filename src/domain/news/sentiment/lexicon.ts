/** Words that change what others say. */
export type WordKind =
  | 'negation'
  | 'unlikely'
  | 'relief'
  | 'relieved'
  | 'less_than_expected'
  | 'hedge'
  | 'intensifier'
  | 'diminisher'
  | 'comparator'
  | 'contrast'
  | 'concession'
  | 'clause'
  | 'nothing';

/**
 * What a word or phrase does in a sentence about business. Weights and lists are judgements of our own, written down
 * from how the trade speaks; no published list was copied and no weight was fitted by a machine.
 */
export type Entry =
  /** Good or bad by itself. */
  | { readonly kind: 'opinion'; readonly weight: number }
  /** Good or bad as the news of a headline; in running text it is background. */
  | { readonly kind: 'event'; readonly weight: number }
  /** A negation that is a blow where it negates nothing: "FDA rejects the drug". */
  | { readonly kind: 'refusal'; readonly weight: number }
  /** "Wins": good by itself, and what would be bad after it is won: "wins lawsuit". */
  | { readonly kind: 'victory'; readonly weight: number }
  /** A win of one over another: good for who stands before it, bad for who stands after it. */
  | { readonly kind: 'rivalry'; readonly weight: number }
  /** Says which way something moved; `bare` is its worth where nothing says what moved. `takes` an object: "cuts costs". */
  | { readonly kind: 'direction'; readonly way: 1 | -1; readonly strength: number; readonly bare: number; readonly takes: boolean }
  /** "Up" and "down", which are directions only beside a measure or a number. */
  | { readonly kind: 'particle'; readonly way: 1 | -1 }
  /** What moves: more of it is good (1), bad (-1) or neither (0). `bare` is its worth where nothing moves it. */
  | { readonly kind: 'measure'; readonly good: 1 | 0 | -1; readonly bare: number }
  | { readonly kind: WordKind };

/** Phrases between bars that all mean the same; "~" before a verb asks for its forms, "#" stands for a number. */
export type LexiconRow = { readonly phrases: string; readonly entry: Entry };

const row = (phrases: string, entry: Entry): LexiconRow => ({ phrases, entry });
const opinion = (weight: number, phrases: string): LexiconRow => row(phrases, { kind: 'opinion', weight });
const event = (weight: number, phrases: string): LexiconRow => row(phrases, { kind: 'event', weight });
const rivalry = (weight: number, phrases: string): LexiconRow => row(phrases, { kind: 'rivalry', weight });
const direction = (way: 1 | -1, strength: number, bare: number, phrases: string): LexiconRow =>
  row(phrases, { kind: 'direction', way, strength, bare: way * bare, takes: false });
const moves = (way: 1 | -1, strength: number, bare: number, phrases: string): LexiconRow =>
  row(phrases, { kind: 'direction', way, strength, bare: way * bare, takes: true });
const measure = (good: 1 | 0 | -1, bare: number, phrases: string): LexiconRow => row(phrases, { kind: 'measure', good, bare });
const word = (kind: WordKind, phrases: string): LexiconRow => row(phrases, { kind });

/** A phrase that stands in two rows means what it means in the first. */
export const lexicon: readonly LexiconRow[] = [
  word(
    'negation',
    "not|no|never|neither|nor|without|cannot|can't|couldn't|didn't|doesn't|don't|isn't|wasn't|weren't|won't|wouldn't|hasn't|haven't|hadn't|shouldn't|no longer|~deny|~fail to|~rule out|dismiss|dismisses|dismissing|~wipe out|far from|instead of|lack of|unable to|unlikely to|~refuse to|~stop|~halt|~end|hardly|little|least",
  ),
  word('unlikely', 'unlikely'),
  row('~reject|~oppose|~block', { kind: 'refusal', weight: -0.4 }),
  word(
    'relief',
    '~avoid|~escape|~dispel|~allay|~dodge|~shake off|~resolve|cleared of|~overturn|~beat off|~fend off|~shield|~swerve|~outweigh|~survive|~withstand|~recover from|~rebound from|~defuse|~restore|~emerge from|reversal in|reversal of|not affect|~compensate for',
  ),
  word('relieved', 'dismissed|thrown out|abating'),
  word('less_than_expected', 'less than expected|less than feared|less than forecast|less than estimated|less than thought'),
  word('nothing', 'not only|no doubt|no later than|no impact|little changed|nothing'),
  word(
    'hedge',
    'may|might|could|reportedly|possibly|perhaps|possible|potential|potentially|allegedly|rumour|rumours|rumor|rumors|rumoured|speculation|said to|~mull|~consider|~weigh|~explore|would|~hope|should|~seek to|likely|is seen|are seen|~aim to|~try to|~plan to|if',
  ),
  word(
    'intensifier',
    'sharply|strongly|significantly|considerably|markedly|dramatically|substantially|heavily|massive|massively|very|major|huge|hugely|steeply|clearly|notably|extremely|highly|most|far|much|severely|rapidly|deeply|nearly doubled',
  ),
  word('diminisher', 'slightly|marginally|somewhat|modestly|a little|a bit|slight|moderately|moderate|partly|partially|mild|mildly'),
  word(
    'comparator',
    'compared to|compared with|as compared to|as compared with|versus|vs|against|in comparison with|in comparison to|comparing to|compared',
  ),
  word(
    'contrast',
    'but|however|nevertheless|yet|still|nonetheless|overshadowed|overshadowing|which overshadowed|marred by|offset by|wiped out by',
  ),
  word(
    'concession',
    'despite|in spite of|although|though|even as|even though|~shrug off|~defy|~buck|~resist|~offset|~overcome|~brush off|~weather',
  ),
  word('clause', 'as|after|amid|while|whereas|when|because|following|before|since|ahead of|on'),

  moves(1, 1, 0.35, '~increase|~raise|~lift|~boost|~hike|~up its|~expand|~improve|~enhance|~strengthen|~accelerate'),
  moves(1, 1, 0, 'ups|upped'),
  direction(
    1,
    1,
    0.45,
    '~rise|~grow|~climb|~gain|~advance|~exceed|higher|bigger|larger|~edge up|~edge higher|~go up|~double|~triple|~quadruple|~tripled|~move up|~progress|~develop favourably|adds',
  ),
  direction(
    1,
    1.4,
    0.8,
    '~jump|~surge|~soar|~rally|~leap|~skyrocket|~rocket|~rebound|~recover|~bounce|~bounce back|~spike|~take off|~race ahead|~outpace',
  ),
  moves(
    -1,
    1,
    0.35,
    '~cut|~reduce|~lower|~decrease|~trim|~slash|~axe|~shed|~curb|~scale back|~pare|~chop|~weaken|~dent|~halve|~hurt|~squeeze|~weigh on|~drag|~erode|~narrow|~strip|~ease',
  ),
  direction(
    -1,
    1,
    0.5,
    '~fall|~decline|~drop|~slip|~dip|~retreat|~go down|smaller|contracted|contracting|~edge down|~edge lower|~shrink|~slow|~diminish|~soften|~dwindle|~deteriorate|fewer|~sag|~stall',
  ),
  direction(
    -1,
    1.4,
    0.85,
    '~plunge|~slump|~tumble|~crash|~collapse|~plummet|~sink|~slide|~dive|~nosedive|tanks|tanked|tanking|~flop|~crater|~rout|~evaporate|~melt',
  ),
  row('up', { kind: 'particle', way: 1 }),
  row('down', { kind: 'particle', way: -1 }),
  word(
    'nothing',
    'set up|sets up|setting up|up to|up to date|build up|built up|made up|makes up|make up|up for|back up|start up|starts up|follow up|speed up|take up|taken up|opens up|open up|come up|lines up|lining up|line up|sign up|grew up|gave up|give up|down under|down payment|down to earth|higher education|growing number of|raise money|raise funds|raised funds|raise awareness|gain access|gain control|most of the|one of the most|cut to|cut off|rising star|high rise|pick up|picked up|bring up|brought up|drop off|in addition|in advance|lower house|advance notice|progress report|lower floor|grow up|interest in|growing season|decrease of share capital',
  ),

  // More of it is better.
  measure(
    1,
    0,
    'working capital turnover|profit|profits|net profit|operating profit|pretax profit|pre tax profit|gross profit|net income|income|earnings|eps|earnings per share|profit per share|ebit|ebitda|ebita|result|results|net result|operating result|net sales|sales|revenue|revenues|turnover|margin|margins|profitability|order book|order books|order backlog|order intake|orders|backlog|order portfolio|new orders|market share|demand|sales volume|sales volumes|volume|volumes|traffic|passengers|passenger numbers|passenger volumes|passenger|dividend|dividends|payout|shares|share|stock|stocks|share price|stock price|share prices|index|ftse|market|markets|output|production|production levels|cash flow|return on investment|return on equity|return on capital|roi|roe|occupancy|occupancy rate|occupancy rates|exports|subscribers|subscriber base|customers|users|customer base|premiums|assets|capital ratio|rating|credit rating|price target|share target|target price|target|targets|forecast|forecasts|outlook|guidance|estimate|estimates|expectations|deliveries|delivery volumes|liquidity|productivity|efficiency|operational efficiency|competitiveness|performance|sales growth|growth|growth forecast|earnings growth|profit growth|royalties|fees|net interest income|commission income|interest income|bookings|consumption|advertising sales|circulation|value|fair value|net asset value|jobs|workforce|employment|confidence|reserves|consumer confidence|spending|purchases|market position|shareholder value|equity ratio|return|returns|prices|gdp|exposure to growth|selling prices|fund|funds|premium|stake|offer|bid|bonds|sales estimate|net sales estimate|capacity|pace|lead|payouts|bond|economy|satisfaction|quality|portfolio|cargo|load factor|utilisation|utilization|capacity utilisation|houses|bottom line|top line',
  ),
  // Less of it is better.
  measure(
    -1,
    -0.6,
    'loss|losses|net loss|net losses|operating loss|operating losses|pretax loss|pre tax loss|loss per share|loss before taxes|impairment|impairments|writedown|writedowns|write down|write downs|bad debts|bad loans|credit losses|deficit',
  ),
  measure(
    -1,
    0,
    'cost|costs|expense|expenses|unit costs|fixed costs|debt|net debt|debts|indebtedness|unemployment|complaints|customer complaints|errors|charges|risk|risks|churn|default|defaults|provisions|emissions|delays|uncertainty|inventories|overcapacity|energy consumption|pension plan obligation|waste|fuel consumption|claims|pension obligation|pension obligations|pension deficit|obligations|downtime|outflows|withdrawals|tariffs|duties|interest expenses|tax rate|spread|spreads|unemployment rate|job losses|pollution|energy costs|fears|worries|concerns|competition|pressure',
  ),
  // It moves, and nobody is better or worse for it.
  measure(
    0,
    0,
    'share capital|number of shares|shares outstanding|voting rights|votes|capital|holding|shareholding|ownership|interest rate|rates|temperature|age|staff|personnel|headcount|employees|weight|speed|level of ownership|registered capital|nominal value|par value|proportion|board|pay|wages|wage|salary|salaries|minimum wage|fee|petrol prices|gas prices|prices of|number of employees|number of members|total number of shares|size of the board',
  ),

  opinion(
    0.5,
    '~exit bankruptcy|~exit chapter 11|less bad than|not as bad as|not so bad|better than feared|milder than feared|smaller than feared',
  ),
  opinion(-0.6, 'secondary offering|share offering|stock offering|public offering|equity offering|direct offering'),
  opinion(
    0.9,
    '~beat estimates|~beat expectations|~beat forecast|~beat forecasts|~beat profit forecasts|~top estimates|~top forecasts|~top expectations|~exceed expectations|~exceed estimates|~surpass expectations|better than expected|above expectations|above estimates|stronger than expected|higher than expected|~surpass|profit beat|earnings beat|sales beat|results beat|ahead of expectations|~top the market|smaller than expected loss',
  ),
  rivalry(0.8, '~outperform|~beat|~overtake|~outsell|~outbid|~pip'),
  rivalry(-0.6, '~underperform|~lag|~trail|~lag behind|~lose out to|~fall behind'),
  opinion(
    -0.9,
    '~miss estimates|~miss expectations|~miss forecasts|~miss forecast|~miss|worse than expected|below expectations|below estimates|weaker than expected|lower than expected|larger than expected loss|short of expectations|~fall short|~fall below expectations|~come up short|~disappoint|disappointment|disappointments|profit warning|profit warnings|~warn on profit|~warn on profits|~warn on revenue|sales warning|earnings warning|profit alert',
  ),
  opinion(
    -0.7,
    '~warn of|~warn|warnings|~caution|~slip to a loss|~swing to loss|~swing to a loss|~swing to a net loss|~slip into loss|~turn to loss|loss making|~slip to a net loss|~slip to loss|~slump to a loss|~slide into loss|~slide to loss|~fall to a loss|~plunge to loss|~plunge into loss|~swing into loss|lossmaking|unprofitable|in the red|negative result|surprise loss|wider loss|~widen loss|negative territory|wider losses|to be negative|is negative|was negative|negative impact|negative impacts|negative effect|negative effects|mostly negative|negatively',
  ),
  opinion(
    0.8,
    '~swing to a net profit|~swing to net profit|~swing to an operating profit|~swing to profit|~turn to a profit|~move to a profit|~move to an operating profit|~turn to a net profit|~swing into profit|~swing back to profit|~bounce back to profit|~swing to a profit|~turn to profit|~return to profit|~return to growth|~return to profitability|~turn profitable|~move to profit|~turn a profit|back to profit|in the black|to be positive|positive territory|turned positive|positive impact|positive effect|positive effects|positive development|positive trend|positive result|positive results|positive start|profitable|most profitable|~turn around|turnaround|comfortable|positively|positive outlook|positive news|on the upside|upside|potential to rise',
  ),
  opinion(
    0.7,
    'record profit|record sales|record high|record highs|record year|record quarter|record results|record revenue|record earnings|all time high|new high|new highs|# month high|# week high|# year high|~hit # month high|~hit # year high|~hit new high|~hit a new high|~hit new record high|~hit new record highs|~hit record high|month high|week high|year high|high of the year|multi year high|best ever|best quarter|best year|highest ever|highest level|~hit record|~hit new record|~hit a record|record level|record levels|record orders|~lead the charge|milestone|breakthrough',
  ),
  opinion(
    -0.8,
    'record low|record loss|record fine|all time low|new low|~hit # month low|~hit # week low|~hit # year low|~hit three week low|~hit new low|# month low|# year low|month low|week low|year low|multi year low|three year low|lowest level|lowest since|worst ever|worst|~hit bottom|junk|~cut to junk|off record high|off its high|from high|~slip off',
  ),
  opinion(
    0.6,
    'strong|stronger|strongest|strength|robust|excellent|outstanding results|outstanding performance|impressive|~impress|favourable|favourably|favorable|favorably|healthy|buoyant|brisk|upbeat|bullish|optimistic|optimism|promising|encouraging|encouraged|successful|successfully|success|successes|delighted|pleased|satisfied|satisfying|satisfactory|recommendable|excited|proud|win win|rosy|bright|brighter|thriving|flourishing|booming|boom|lucrative|superior|attractive|good|great|well|better|best|on the right track|above the level|above last year|pays off|~pay off|~bear fruit|good news|good start|happy|progressed well|~buoy|resilient|resilience|steady growth|momentum|gathers pace|gather pace|tailwind|tailwinds|advantage|advantages|competitive advantage|benefit from|~facilitate|blockbuster|high quality|good demand|popular|popularity|awesome|feat|hopeful|resurgent|~thrive|early victory|victory|victorious|~hail|~regain|regains strength|~excel|increasing demand|profitable growth|confident|~cheer|opportunity|opportunities|leading position|leader in|world leader|cost savings|synergies|synergy|savings|~save|more efficient|cost efficient|improvement|improvements|upturn|recovery|upswing|shortlisted|been recognized|been recognised|been awarded the|wins award|won award|best in class|~reward|growth opportunities',
  ),
  opinion(
    -0.6,
    'weak|weaker|weakness|weakest|poor|poorly|poorer|bleak|gloomy|gloom|bad|worse|~worsen|~struggle|tough|tougher|challenging|challenge|challenges|difficult|difficulties|difficulty|sluggish|slowdown|slowdowns|downturn|recession|crisis|trouble|troubles|troubled|problem|problems|~suffer|pain|painful|~hamper|~plague|~burden|headwind|headwinds|negative development|unfavourable|unfavorable|unfavourably|uncertainties|~cloud|adverse|adversely|shortage|shortages|disruption|disruptions|disrupted|~disrupt|~delay|setback|setbacks|~fail|failure|failures|~damage|harm|~harm|threat|threats|~threaten|fear|~concern investors|worry|worried|panic|turmoil|skeptical|sceptical|skepticism|scepticism|pessimistic|bearish|downbeat|cautious|under pressure|under fire|~criticise|~criticize|criticism|anger|angry|revolt|~slam|~blast|~blame|tumult|chaos|volatile|unrest|woes|hit by|~hit|hit hard|knocked|~knock|~batter|blow|headache|hardship|dispute|disputes|strikes|~shock|bitter|stumble|~stumble|~falter|brick wall|in doubt|doubts|doubt|at risk|exposed to|most exposed|~depress|~drag down|~weigh down|~eat into|eaten by|malaise|gone wrong|~lose|lost contract|loses contract|~lose contract|~lose ground|uncompetitive|obsolete|tax jump|selloff|unprecedented|error|mistake|mistakes',
  ),
  opinion(
    -0.9,
    'fraud|fraudulent|scandal|scandals|bankrupt|bankruptcy|insolvent|insolvency|defaulted|~default|liquidation|receivership|chapter 11|going concern|~jail|prison|~sentence|guilty|~plead guilty|convicted|~convict|indicted|~indict|bribery|corruption|money laundering|cartel|price fixing|rigging|libor|ponzi|embezzlement|misconduct|irregularities|tax evasion|tax avoidance|fined|fines|to fine|~face fine|penalty|penalties|~sanction|subpoena|~sue|lawsuit|lawsuits|litigation|~probe|investigation|investigations|~investigate|prosecution|~prosecute|retrial|stand trial|~accuse|allegation|allegations|alleged|breach|~breach|~violate|violation|violations|recall|recalls|recalled|~halt production|shutdown|~invalidate|patent loss|rebuff|oil spill|spill|explosion|cyclone|accident|fatal|disaster|terrorism|war|cyberattack|data breach|hacked|outage|wrongdoing|inaccurate|lax|bans|banned|~ban|~suspend',
  ),
  opinion(
    -0.6,
    '~downgrade|price target cut|laid off|~lay off|~lay off staff|layoffs|layoff|lay offs|redundancies|redundancy|job cuts|~cut jobs|store closures|plant closure|personnel reductions|~give notice|exceptional charge|~book charge|rights issue|loss of jobs|write offs|writeoffs|~issue a profit warning|below the level|below last year|clearly below|overvalued|sell rating|to junk|going out of business|dilution|~dilute',
  ),
  event(
    -0.6,
    '~shut|closure|closures|~close|~dismiss workers|~terminate|termination|~cancel|~canceled|cancellation|~abandon|~scrap|~withdraw|withdrawal|~pull out|pulls plug|pull the plug|~discontinue|~quit|~resign|resignation|~step down|~depart|departure|~bow out|~oust|sacked|fired|~fire|~offload|~postpone|~downsize|restructuring costs|write off|charge on|capital raise|capital raising|share sale|~sell shares|sells more|~sell more|~sell off|cuts stake in|~cut stake|stake sale|to pay|~agree to pay|payout from|claims over|hostile|short seller|~drop interest|~brace|~gatecrash|trading update hits|clearout|shake up|expensive|~sue for|pay row|rebuffal|harder|wary|sceptics|~break up|secretive|~cost|~criticise pay',
  ),
  row('~win', { kind: 'victory', weight: 0.6 }),
  opinion(
    0.6,
    '~upgrade|~clinch|~bag|secures|secured|~snap up|~award contract|~award order|awarded a contract|has awarded|was awarded|been awarded|has received an order|~receive order|~receive an order|received a significant|received significant|received orders|received a major|new order from|major order|significant order|large order|~book order|~sign contract|signed a contract|green light|special dividend|share repurchase|dividend hike|~reinstate dividend|orphan drug|fast track|new find|oil find|significant milestone|joins forces|takeover interest|in play|exonerated|lawsuit dismissed|relief|~lead higher|leads ftse higher|~help ftse|~help lift|lifted by|~drive markets higher|drive higher|buy rating|undervalued|extend gains|extends gains|extends rebound|closes higher|ends higher|opens higher|~close higher|~end higher|~finish higher|~open higher|front of pack|~resume gains|broken out|to top of|leads ftse|~lead ftse|bright spot|poised for return|gives ftse|in savings|yearly savings|annual savings|make savings|customer satisfaction|market leadership',
  ),
  event(0.8, 'tops'),
  event(0.6, 'solid|~welcome|bargain'),
  event(
    0.5,
    '~secure|~land|~seal|~back|~approve|approval|~clear|nod|fda approves|~grant|buyback|buy back|~reinstate|~discover|strategic partnership|long term partnership|partnership agreement|cooperation agreement|collaboration|alliance|~team up|~partner with|tie up|~rescue|~drop probe|drops investigation|signs deal|signed a deal|~sign an agreement|~sell|unleashed|bidding|bidding war|bidders|potential bidders|pursuit of|~pursue|in talks|talks to|early deal talks|award|awards|recognised|recognized|~benefit|easier|faster|fight back|~hit back|~attract|~close in on|reach agreement|~agree on|rings up|poised|pays|~emerge as|spinoff|spin off|carve out|~strengthen ties|~beat rivals|~offer',
  ),
  opinion(
    -0.7,
    '~close lower|~end lower|~finish lower|~open lower|led lower|lead lower|leads lower|lead ftse lower|leads ftse lower|~drag lower|lower by|in retreat|rejects bid|rejects takeover|~reject bid',
  ),
  event(
    0.45,
    '~acquire|acquisition of|~buy|to buy|to acquire|takeover|takeover offer|merger|~merge|offers to buy|offer for|bid for|expansion|~extend|~launch|~complete|to supply|will supply|~deliver|~sell rights|joint venture|sells unit|~sign|agreement with|deal with|deal|deals|~invest in|~invest|ipo|float|listing|~introduce|higher offer|increased offer|raised bid|~approach|stake in|~build stake|deepen|~broaden|~widen range|new product|~support|supported by|~confirm outlook|~reiterate outlook|~meet forecast|meet expectations|meets expectations|on track|~backs view|~ship|chosen by|selected by|~select|chosen|~choose|~help|~outsource|~unveil|~rejoin|independence|~reaffirm',
  ),
  word(
    'nothing',
    'savings account|savings accounts|savings bank|aimed to raise|making up|took up|slide show|cold cuts|declined comment|declined to comment|declines comment|~decline to comment|this fall|the fall of|profit or loss|fine arts|~hit the market|~hit the shelves|~hit the road|restructuring of|on the market|to market|in the market|into the market|comes to market|brought to market|market cap|market value of|market based|stock market|market research|market price|test market|target group|target company|target market|in line with|well known|as well as|as well|good faith|goods|good morning|best practice|best practices|well being|consumer goods|deal value|long term contract|sign in|strike price|support services|support team|interest rate risk|risk management|risk factors|loss adjuster|back office|support for|customer support|technical support|windows|best regards|buy or sell|should you buy|time to buy|is it a buy|sell or buy|close to|close cooperation|closely|profit and loss|profit sharing|closing date|closing price|closing of the|closing conditions|terms of the deal|value of the deal|launch date|deal is subject|warning lights|fire department|fire and|back to|back in|on the back|buy side|ship owner|strike a balance|land use|for sale|extended family|delivered by|deliver to|delivery|new product releases|complete mill|complete delivery|support systems|sales force|marketing and sales|sales and marketing|sales manager|sales director|sales office|sales network|head of sales|market leader|shares of|capital market|capital markets|stock exchange|stock exchanges|market area|market areas|share of votes|stock options|share option|london stock exchange|performance management|fund management|result of|as a result|as a result of|results presentation|value added|in order to|in order|share subscription|income tax|portfolio of|fine paper|fine papers|fine chemicals|success factor|well established|customer benefits|employee benefits|user experience|charges the|big hit|open market|breaking news|award winning',
  ),

  // What headlines say in pictures.
  opinion(
    0.6,
    '~smash|~shine|~outshine|~sizzle|~roar|pops|popped|perks up|ticks up|inches up|creeps up|snaps losing streak|ends losing streak|breakout|cheered by|firmer|steadies|~stabilise|~stabilize|~reassure|~revive|revival|comeback|landmark deal|bumper|blowout|stellar|ramps up|ramp up|creates jobs|create jobs|to create # jobs|new jobs|wins nod|wins backing|wins ruling|windfall|jackpot|cashes in|~capitalise on|overweight|top pick|to outperform|strong buy|to overweight|oversubscribed|best performer|top performer|biggest gainer|top gainer|leads gainers|top risers|gains ground|~gain ground|on the rise|on the up|in demand|turns corner|turns the corner|ahead of schedule|ahead of target|trial success|positive data|shows promise|show promise|meets goal|meets main goal|met its goal|gets approval|gets ok|go ahead|gets nod|blessing|preferred bidder|multi year deal|sweetens bid|sweetens offer|sweetened|raises offer|hikes offer|hikes bid|debt free|pays down debt|~repay debt|rating raised|outlook raised|stable outlook|upward|recovers ground|gainers|fresh high|new peak|peak profit|highs|best day|best week|best month|best gain|rescue deal|bailout|lifeline|deal wins|contract win|order win|order wins|contract wins|lands deal|lands contract|lands order|soothes|thumbs up|vote of confidence|outstrips|outstripped|smooth|crown|lauded|praised|~praise|applaud|applauds|boon|sweet spot|bullishness|booming sales|trounces|hot demand|strong appetite|sold out|sells out|surprise profit|swells|swelled|fatter|rosier|sunny|back in favour|back in favor|unexpected rise|accretive|earnings enhancing|market beating',
  ),
  opinion(
    -0.6,
    '~skid|~wobble|jitters|jittery|nervous|~spook|~rattle|~roil|~hammer|pummelled|pummeled|clobbered|~punish|~dump|~shun|mired|embattled|beleaguered|ailing|cash strapped|stricken|~flounder|flags|~misfire|~fizzle|~sour|bites|~sting|dogged by|saddled with|~grapple|muted|lacklustre|lackluster|subdued|tepid|~stagnate|stagnant|soft demand|~dampen|~overshadow|losing streak|bear market|meltdown|exodus|outflow|to underperform|cut to sell|downgraded to sell|rated sell|cut to hold|cut to neutral|bubble|goes bust|gone bust|into administration|negative outlook|rating cut|outlook cut|covenant breach|cyber attack|hack|hackers|glitch|blackout|blunder|~botch|fiasco|debacle|gaffe|backlash|boycott|outcry|uproar|walkout|feud|rift|spat|showdown|ultimatum|~blacklist|clampdown|crackdown|antitrust|trade war|trade tensions|tensions|windfall tax|tax bill|tax hit|~raid|arrested|arrest|arrests|charged with|insider trading|manipulation|mis selling|misled|misleading|cheating|rigged|whistleblower|cover up|toxic|contamination|contaminated|deaths|~kill|injured|evacuates|grounded|grounds fleet|~idle|~mothball|hiring freeze|furlough|furloughs|pay cut|profit hit|takes hit|takes a hit|take a hit|taking a hit|sets aside|compensation bill|liable|loses appeal|loses case|loses battle|loses bid|snubbed|snubs|turned down|walks away|walk away|falls through|fall through|~shelve|scuppered|~derail|pushed back|behind schedule|bogged down|overrun|overruns|shortfall|slow start|pinch|hurt by|under scrutiny|scrutiny|shareholder revolt|investor revolt|questions over|uncertain|uncertainty over|limbo|vulnerable|in peril|peril|in jeopardy|jeopardy|jeopardise|jeopardize|stripped of|relegated|relegation|demoted|demotion|losers|top losers|top fallers|biggest faller|fallers|leads fallers|lead fallers|leads losers|led fallers|led losers|led decliners|worst performer|worst day|worst week|worst month|dark clouds|in tatters|on the brink|brink|dire|grim|wrath|ire|blast at|drubbing|thrashed|snarled|snarl|chill|chills|fallout|knock on|casualty|victim|victims|blight|blighted|tarnished|tarnish|disgraced|shamed|shame|stung|stuck|stalemate|deadlock|impasse|heavy blow|blow for|blow to|deals blow|dealt blow|bad debt|toxic loans|non performing loans|downward|pessimism|gloomier|bleaker|anxious|anxiety|dismal|disastrous|catastrophe|catastrophic|awful|terrible|ugly|brutal|bruising|bruised|sell off fears|crunch|credit crunch|contraction|deepening losses|deep in the red|cash burn|burns cash|strained|strains|strain|undercut|undercuts|~undermine|insufficient|inadequate|unable|incapable|slower|unexpected fall|unexpected drop|surprise fall|surprise drop|exposed|exposure to losses|suspicion|suspicious|suspected|complaint|complains|~complain|controversy|controversial|illegal|illegally|unlawful|unfair|guilty of|infringed|~infringe|infringement|offence|offense|offences|misuse|abuse|abused|counterfeit|fake|hoax|overcharged|overcharging',
  ),
  event(
    -0.5,
    '~shut down|~replace ceo|leaves|leaving|row|clash|clashes|charge|levy|protest|protests|to leave|writes off|late|faces|~sack|culls|cull|~relinquish|~forgo|drops plan|drops plans|drops bid|ditches|ditch|ditched|ends deal|ends talks|ends partnership|calls off|called off|turns down|snub|stake cut|trims stake|pares stake|sells stake in|to stop|slower growth|flat|weighs exit|pulled|pulls|stripped|votes against|vote against|opposition|critics|critical|bill for|compensation|repay|liability|toll|hit to|retreat from|vacates',
  ),
  event(
    0.45,
    '~hire|~commit|~renew|renewal|licence|license|rights to|orders from|supplier deal|opens|to open|new plant|new factory|~roll out|~debut|~showcase|~add jobs|~partner|partnership|~upgrade plant|~raise stake|boosts stake|ups stake|lifts stake|~increase stake|~double down|~win over|~prepare ipo|~pledge|~recommend|~favour|~favor|stake buy|boosts offer|~merge with|tie up with|~accelerate plan|~return cash|hands shareholders|gets ready|breakthroughs|makes progress|~fund|~raise fund|~advance in|~resume|restart|restarts|~restart|~reopen|~agree deal|strikes deal|struck deal|~strike deal|deal to|agreement|pact|accord|truce',
  ),
  word('relief', '~ward off|~sidestep|~stave off|~clear of|freed from|wins dismissal of|wins appeal|~defeat'),
  word(
    'nothing',
    '~speed up|home improvement|higher inflation|faces off|fund manager|fund managers|hedge fund|mutual fund|sovereign wealth fund|order of|in charge|person in charge|late as|late on|as late|credit default swap|charge of|corporate tax|before tax|after tax|front row|build quality|order to|leaves of|exposed brick|kill time|flat rate|flat screen|flat glass|flat rolled|flat roof|flat panel|stuck to|uncertain terms|opens doors|charging station|charging stations|slow cooker|tap water|partner network|board of directors|tax authorities|bill of',
  ),
];
