import { denials, downTurns, negations, upTurns } from '#domain/news/catalyst-words';
import type { HeadlineWords, Word } from '#domain/news/headline-text';
import { phrasesOf } from '#domain/news/sentiment/word-forms';

/** What of a headline tells its story, as sorted hashes without repeats. */
export type StoryWords = {
  /** Words that are left once small words, outlets and the marks of an update are gone. */
  readonly words: Int32Array;
  /** Numbers, quarters, months and weekdays: they must agree. */
  readonly figures: Int32Array;
  /** The first of the words, mostly who it is about: of two stories with an opening that the other lacks, neither is the other. */
  readonly opening: number;
  /** A bit each for words of rise, of fall and of denial: they must agree as well. */
  readonly turn: number;
  /** Who does something to another ("sues", "buys"), 0 where nobody does: "Google sues Uber" is not "Uber sues Google". */
  readonly actor: number;
};

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that tell nothing of a story, with those that wires add when they tell it again. */
const dropped = set(`
  a an the and or of to in on at as for by from with is are was were be been its it this that these those their his her
  after amid over into than then will would has have had not-yet s inc corp co ltd plc company
  update updated exclusive breaking correction corrected refile wrapup timeline factbox brief watch live report reports
  says said say source sources video analysis opinion alert
`);
/** Who told it: at the end of a headline, after a dash, a colon or a bar. */
const outlets = set(`
  reuters bloomberg cnbc cnn bbc benzinga barrons barron's marketwatch wsj ft nyt axios politico forbes fortune zacks
  marketbeat thestreet investopedia investorplace nasdaq yahoo finance seeking alpha motley fool business insider
  the wall street journal financial times new york post guardian associated press ap afp dow jones newswires techcrunch
  verge cnet engadget 9to5mac macrumors appleinsider times news daily network tech radar pc gamer globenewswire prnewswire
  source sources report reports filing statement says ceo cfo exec executive official officials spokesman spokeswoman
  media paper newspaper minister memo document documents analyst analysts com net investor's
`);
const TAIL_WORDS_MAX = 4;
const LEAD_WORDS_MAX = 3;
const tailGap = /^ ?[:|\u2013\u2014-]+ $|^ [-:|\u2013\u2014]+ ?$/;
const periods = set(`
  first second third fourth january february march april june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
  annual quarterly monthly weekly yearly half one two three four five six seven eight nine ten
`);
const numbers: ReadonlyMap<string, string> = new Map(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map((word, at) => [word, String(at)]),
);
const refused = new Set(phrasesOf('~reject | ~withdraw | ~cancel | ~delay | ~dismiss').map((words) => words.join(' ')));
const denying = new Set([...negations, ...denials, ...refused]);
/** What one does to another. */
const deeds = set(
  phrasesOf(
    '~sue | ~acquire | ~buy | ~beat | ~overtake | ~accuse | ~outbid | ~upgrade | ~downgrade | ~join | ~leave | ~drop | ~pick | ~replace',
  )
    .map((words) => words.join(' '))
    .join(' '),
);
const edition = /^(?:update|wrapup|refile|corrected|correction)$/;

export function storyWords({ words }: HeadlineWords): StoryWords {
  const told: number[] = [];
  const figures: number[] = [];
  let turn = 0;
  let actor = 0;
  for (let i = startOf(words), end = endOf(words); i < end; i++) {
    const word = words[i];
    if (word === undefined || dropped.has(word.base)) continue;
    const stem = stemOf(word.base);
    if (actor === 0 && deeds.has(word.base)) actor = actorOf(words, i, told);
    told.push(hashOf(stem));
    if (/\d/.test(stem) || periods.has(word.base)) figures.push(hashOf(stem));
    if (upTurns.has(word.base)) turn |= 1;
    if (downTurns.has(word.base)) turn |= 2;
    if (denying.has(word.base)) turn |= 4;
  }
  return { words: distinct(told), figures: distinct(figures), opening: told[0] ?? 0, turn, actor };
}

/** Who stands before the deed; of "sued by" who comes after. */
function actorOf(words: readonly Word[], deed: number, told: readonly number[]): number {
  const passive = words[deed + 1]?.base === 'by' ? words[deed + 2] : undefined;
  return passive === undefined ? (told.at(-1) ?? 0) : hashOf(stemOf(passive.base));
}

/** After "UPDATE 1-", "Reuters:" or "Exclusive -". */
function startOf(words: readonly Word[]): number {
  if (edition.test(words[0]?.base ?? '') && /^\d$/.test(words[1]?.base ?? '')) return 2;
  for (let i = 1; i <= LEAD_WORDS_MAX && i < words.length; i++) {
    if (!/^ ?:/.test(words[i]?.gap ?? '')) continue;
    return words.slice(0, i).every(({ base }) => outlets.has(base) || dropped.has(base)) ? i : 0;
  }
  return 0;
}

/** Before " - Reuters", ": sources", "| CNBC". */
function endOf(words: readonly Word[]): number {
  for (let i = words.length - 1; i > 0 && i >= words.length - TAIL_WORDS_MAX; i--) {
    const word = words[i];
    if (word === undefined || !(outlets.has(word.base) || dropped.has(word.base))) return words.length;
    if (tailGap.test(word.gap)) return i;
  }
  return words.length;
}

/** "Shares" and "share", "two" and "2" tell the same. */
function stemOf(base: string): string {
  const number = numbers.get(base);
  if (number !== undefined) return number;
  return base.length > 4 && base.endsWith('s') && !base.endsWith('ss') ? base.slice(0, -1) : base;
}

/** FNV-1a over the characters: the same everywhere and for ever. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Sorted by insertion: a headline has ten words, and a typed array's own sort costs more than all else here. */
function distinct(hashes: readonly number[]): Int32Array {
  const sorted = new Int32Array(hashes.length);
  let count = 0;
  for (const hash of hashes) {
    let place = count;
    while (place > 0 && (sorted[place - 1] as number) > hash) place--;
    if (place > 0 && sorted[place - 1] === hash) continue;
    sorted.copyWithin(place + 1, place, count);
    sorted[place] = hash;
    count++;
  }
  return sorted.slice(0, count);
}
