type Area = {
  readonly title: string;
  readonly about: string;
  /** Why each table is in third normal form: what determines what. */
  readonly tables: Readonly<Record<string, string>>;
};

/** Of tables that are keyed by the entry that told them: the journal numbers its entries, and each tells one fact. */
const anEntry = 'An entry tells one of them, so (journal_id, sequence) determines the rest';
const byEntry = (rest: string): string => `${anEntry}. ${rest}`;

const aSum = (of: string): string => `A session has one sum of each ${of}, so that the key determines the rest.`;
const whySums =
  'Deliberate: the sums follow from position_closings and what it refers to. They are made from those rows in one transaction with the session, neither is ever changed, and rebuilding compares both.';

/** The tables by area, each with the argument. */
export const areas: readonly Area[] = [
  {
    title: 'Markets, names, sessions',
    about: 'What facts refer to. The only table in which a symbol stands is `securities`.',
    tables: {
      markets:
        'market_id determines all; code and name are keys of their own. currency and time_zone belong to the market: two markets with one currency need not have one zone.',
      exchanges:
        'exchange_id determines all; mic and name are keys of their own. The pair with market_id is unique only so that a security can be held to an exchange of its own market.',
      sectors: 'sector_id determines all; code and name are keys of their own.',
      securities:
        'security_id stands for (market_id, symbol, valid_from), which is unique, and determines the rest. exchange_id determines market_id as well, which would be a transitive dependency: market_id stays since it is part of the natural key and the exchange may be unknown, and the foreign key on the pair keeps the two from contradicting one another. That no symbol has two holders on one day is held by an exclusion.',
      sessions:
        'session_id is a function of (market_id, session_date), which is unique; a check holds it to that. The hours are those of that one day and not of the market: half days and clock changes are why.',
    },
  },
  {
    title: 'Journals and settings',
    about: 'What each journal says of itself, how far it was read, and under which settings it ran.',
    tables: {
      journals: 'journal_id stands for the name, which is unique, and determines the rest.',
      journal_positions:
        '(journal_id, projection) determines the entry; head and entry_at are of that entry, which is not itself stored, and all three move in one statement.',
      journal_accounts: byEntry('environment, book and account are one naming of an account, of which a journal has one.'),
      session_runs:
        '(journal_id, session_id) determines whether it teaches and the entry that opened it; that entry determines the session, and is a key of its own.',
      session_closings:
        'The key is that of the run; both facts are of its end, which a run that was broken off does not have: hence no columns of session_runs that may be null.',
      state_hashes: 'The key is that of the run; one hash is taken after it.',
      config_versions:
        '(journal_id, version) determines entry, instant and hash. The hash is a function of all values of the version, which stand in config_values; it is stored as a proof of them.',
      config_values:
        'A path has one value in a version. Versions repeat values that did not change: a version is stated in full, so that none has to be computed from the ones before.',
      config_changes:
        'A version is made by at most one change, so (journal_id, version) determines it. Deliberate: value_before and value_after repeat config_values of this version and the one before, as the asker was told them; both come from one entry.',
    },
  },
  {
    title: 'The market',
    about: 'What the market did, as a journal saw it.',
    tables: {
      trading_history:
        'A journal has seen a name once in a minute: (journal_id, security_id, starts_at) determines the bar. None of its prices is determined by the others; checks hold high and low to the rest.',
      corporate_actions: byEntry('ratio is a property of the action and not of the name.'),
      asset_statuses: byEntry('The state holds until the next one of the name: no end is stored that the next row would tell.'),
      security_sectors:
        'An entry lists names, so its key has the name too. Deliberate: told determines sector_id where it is a word of GICS; told is what the file said, sector_id what we made of it, and the same words of another file may mean another sector.',
    },
  },
  {
    title: 'News',
    about: 'What was published, and what it was taken to mean.',
    tables: {
      news_items: byEntry(
        'vendor_id is the vendor’s, and may come again in another journal or after a correction: no key. source is a word of the headline’s line, not a thing of which we know more.',
      ),
      news_item_securities: 'All columns are the key: a headline names many, a name is in many.',
      catalyst_events: byEntry(
        'One headline may mean something for several names, each told by an entry of its own. story_sequence and outlets are of that moment, not of the headline: later ones have more outlets.',
      ),
      catalyst_evidence: 'A piece of evidence is named by its meaning and its place; the two characters are of that piece.',
      news_sentiment:
        'The key is that of the meaning; reliability is what the source was worth by then and changes with every outcome, so the source does not determine it.',
    },
  },
  {
    title: 'Scans',
    about: 'The funnel: who was kept at each stage, who was let go, and what was measured.',
    tables: {
      universe_selections:
        'The key is that of the run; size counts names that are not stored one by one (who was not rejected), so nothing here determines it.',
      universe_rejections: 'All columns are the key: a name may be let go for several reasons.',
      trading_cycles:
        '(journal_id, sequence) determines all; (session, scan) is a key of its own. Deliberate: minute follows from recorded_at and the zone of the market, yet stands as the stage told it: it is what rules were asked with.',
      scan_stages: '(journal_id, sequence) determines cycle and stage; (cycle, stage) is a key of its own.',
      scan_results:
        'Within a stage a name has one rank and one score, and a rank has one name, which is a key of its own. Two names may have one score.',
      scan_rejections: 'All columns are the key: a name may be let go for several reasons.',
      scan_moves: 'The key is that of the result: four measures of that name at that scan, none of which follows from the others.',
      scan_catalysts:
        'The key is that of the result. Deliberate: kind, direction, polarity and outlets are those of a meaning of news_sequence as they stood then; strength has faded, outlets have grown, and a surge has no headline, so the headline does not determine them.',
      technical_indicators:
        'The key is that of the result: each indicator is a measure of that name at that scan. They are columns and not rows since they are one vector with fixed members, always written and read together.',
      price_levels: 'A level is named by its result and its place from below; source and history are of that level.',
      setups:
        'The key is that of the result. Deliberate: the four record_ columns are the same for all setups of one pattern in one scan, as the house knew it then; they are part of what the setup claimed, and both are written from one entry.',
      setup_outcomes: byEntry(
        'scanned_sequence with the name determines pattern only while a scan finds one setup a name; the entry tells both, and nothing is updated.',
      ),
    },
  },
  {
    title: 'Intents, orders, positions',
    about: 'What was wanted, allowed, refused, sent, filled and closed.',
    tables: {
      intents: byEntry(
        'It is the unique document that the risk manager was asked with. Deliberate: with cycle_sequence known, pattern, target, atr, support and the record repeat the setup; the cycle is not always known, and an intent must stand without it. session_id follows from recorded_at and the calendar, and stands so that a session is asked without one.',
      ),
      intent_verdicts: byEntry(
        'An intent may get two, so none of it is the intent’s. risk follows from stop, shares and the intent’s limit only before fees and rounding: it is what was reserved.',
      ),
      intent_refusals: 'A verdict has many; its place names one, which has one reason.',
      refusal_numbers:
        'A number is named by its refusal and its name. Values are text since their kinds differ by rule; no two rows state the same fact.',
      refusal_securities: 'A refusal is about at most one other name.',
      orders: byEntry(
        'order_id is a key of its own within the journal. Deliberate: intent_sequence determines security_id; it stands here too since an exit may have no intent, and the foreign key on (journal_id, intent_sequence, security_id) keeps the two from contradicting one another. side follows from role only while nothing is sold short.',
      ),
      order_events: byEntry(
        'rejection, unfilled and before_sequence belong to one status each, and checks hold them to it; they are too few to be tables.',
      ),
      order_cancels: byEntry('An order may be asked to end more than once.'),
      fills: byEntry(
        'Name and side are those of the order, and are not here. fees are charged to this fill: the schedule that made them is in no table.',
      ),
      fill_flags: 'All columns are the key: a fill may have several.',
      positions: byEntry(
        'Shares and cost are those of its fills, and are not here. Deliberate: intent_sequence determines security_id and side; shares may come without an intent, and the foreign key on the pair with security_id holds them together.',
      ),
      position_closings:
        'A position ends once. Deliberate: shares, pnl and fees can be summed from its fills as long as none was corrected; they are what the house itself reckoned with that day, against which the sum is checked. intent_sequence is the one that the house told, which need not be that of the position. last_sequence is the last of its fills, as long as nobody has split or adjusted what is held; the others need bars that may be gone.',
      position_adjustments: byEntry('No order stands behind it, so the name stands here.'),
    },
  },
  {
    title: 'Account and risk',
    about: 'Cash, what the broker said, and what concerned the safety of the account.',
    tables: {
      cash_movements: byEntry('activity is a key of its own within the journal: each row of the broker’s is told once.'),
      account_reports: byEntry('equity is the broker’s word and does not follow from cash.'),
      risk_events: byEntry('What a kind has besides stands in a table of that kind: no columns that are null for all others.'),
      risk_losses:
        'The key is that of the event. limit_amount is the one in force then, as the warning told it; share is the threshold that was crossed and not pnl over the limit.',
      risk_halts: 'The key is that of the event; one reason may come with several levels.',
      risk_clearings: 'The key is that of the event.',
      risk_cover_gaps: 'The key is that of the event; the three numbers are of that instant.',
      risk_differences: 'The key is that of the event; two numbers beside one another, neither of which is ours to compute later.',
      risk_broker_states: 'The key is that of the event.',
    },
  },
  {
    title: 'People',
    about: 'What was asked of the house, and what the house asked.',
    tables: {
      requests: byEntry('asked_by does not determine asked_from: a program may bear a person’s name.'),
      request_terms: 'A term is named by its request and its name. Values are text since their kinds differ by request.',
      request_refusals: byEntry('detail says more than fault and does not follow from it.'),
      questions: byEntry(
        'Deliberate: intent_sequence determines security_id; a question may be about a position without an intent, and the foreign key on the pair holds them together. terms is a hash of all that was shown, stored as a proof.',
      ),
      question_options: 'A question shows a choice once; the four amounts are of that choice.',
      question_settlements:
        'A question ends once. Deliberate: is_override follows from choice and the question’s recommendation, and is what the journal told.',
    },
  },
  {
    title: 'Decisions',
    about: 'Every decision with what was known, what could be done, and what each way to go has made or would have made.',
    tables: {
      decision_points:
        '(journal_id, sequence, place) determines the rest: one entry may decide on several names. Deliberate: intent_sequence determines security_id where there is one, held by the foreign key; session_id and minute follow from recorded_at and stand as for intents. regime follows from market_move and market_spread by limits that may change.',
      decision_features: 'A feature is named by its decision and its name; it has one value and one instant from which it could be known.',
      decision_positions:
        'A position is named by its decision and its name. unrealised follows from the three numbers before it but for rounding of the mean: it is what was shown.',
      decision_options: 'A way to go is named by its decision and the choice.',
      decision_choices:
        'A decision has at most one. grade and the three amounts are judged from decision_outcomes by a rule that may change: they are the judgement of that build, and are computed anew with the record.',
      decision_outcomes: 'A way to go has at most one outcome; r_multiple needs what was at risk, which is not here.',
      human_overrides: 'The key is that of the choice; who and when stand there.',
    },
  },
  {
    title: 'Operations',
    about: 'What the operator was told, and what each day came to.',
    tables: {
      alerts: 'alert_id determines all. kind does not determine severity: the same may be worse the second time.',
      alert_deliveries: 'An attempt is named by its alert, its channel and its number.',
      alert_acknowledgements: 'An alert is acknowledged once.',
      performance_daily:
        'The key is that of the run. drawdown reaches back over all sessions; exposure, the deepest fall and the counts of minutes into their minutes: none follows from the row. last_sequence is the entry after which the sums of the next session begin.',
      session_pattern_results: `${aSum('pattern')} ${whySums}`,
      session_catalyst_results: `${aSum('kind of news')} ${whySums}`,
      session_hour_results: `${aSum('hour')} ${whySums}`,
    },
  },
];
