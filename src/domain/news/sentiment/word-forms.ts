/** Forms that the rules of `formsOf` would get wrong. */
const irregular: ReadonlyMap<string, string> = new Map(
  [
    'beat beats beating beaten',
    'break breaks broke broken breaking',
    'bring brings brought bringing',
    'buy buys bought buying',
    'cancel cancels canceled cancelled canceling cancelling',
    'cut cuts cutting',
    'die dies died dying',
    'draw draws drew drawn drawing',
    'drive drives drove driven driving',
    'eat eats ate eaten eating',
    'fall falls fell fallen falling',
    'find finds found finding',
    'get gets got getting',
    'give gives gave given giving',
    'go goes went gone going',
    'grow grows grew grown growing',
    'hit hits hitting',
    'hold holds held holding',
    'lag lags lagged lagging',
    'lead leads led leading',
    'leap leaps leapt leaped leaping',
    'lose loses lost losing',
    'leave leaves left leaving',
    'make makes made making',
    'meet meets met meeting',
    'offset offsets offsetting',
    'outbid outbids outbidding',
    'overcome overcomes overcame overcoming',
    'pay pays paid paying',
    'quit quits quitting',
    'post posts posted posting',
    'rise rises rose risen rising',
    'see sees saw seen seeing',
    'sell sells sold selling',
    'shed sheds shedding',
    'shrink shrinks shrank shrunk shrinking',
    'shut shuts shutting',
    'sink sinks sank sunk sinking',
    'slide slides slid sliding',
    'spend spends spent spending',
    'strike strikes struck striking',
    'swing swings swung swinging',
    'take takes took taken taking',
    'win wins won winning',
    'withdraw withdraws withdrew withdrawn withdrawing',
  ].map((forms) => [forms.slice(0, forms.indexOf(' ')), forms]),
);

/** Verbs of one syllable that double their last letter. */
const doubling = new Set(
  'slip drop trim top hop flop tap tip jam ban scrap stop grab plan star spur snap dip chop slam rob bag cap axe rebut pip'.split(' '),
);

/** A verb in the forms that headlines use: "slip", "slips", "slipped", "slipping". */
function formsOf(verb: string): readonly string[] {
  const known = irregular.get(verb);
  if (known !== undefined) return known.split(' ');
  const last = verb.at(-1) ?? '';
  if (verb.endsWith('e')) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (last === 'y' && !/[aeiou]y$/.test(verb)) {
    const stem = verb.slice(0, -1);
    return [verb, `${stem}ies`, `${stem}ied`, `${verb}ing`];
  }
  const stem = doubling.has(verb) ? verb + last : verb;
  return [verb, /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`, `${stem}ed`, `${stem}ing`];
}

/** Phrases between bars; "~" before a word asks for its forms: "~cut jobs" is also "cuts jobs", "fda ~approve" "fda approved". */
export function phrasesOf(list: string): readonly (readonly string[])[] {
  return list.split('|').flatMap((phrase) => {
    const words = phrase.trim().split(/[\s-]+/);
    const at = words.findIndex((word) => word.startsWith('~'));
    return at < 0 ? [words] : formsOf((words[at] ?? '').slice(1)).map((form) => words.with(at, form));
  });
}
