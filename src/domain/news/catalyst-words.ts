import { phrasesOf } from '#domain/news/sentiment/word-forms';

const listed = (text: string): readonly string[] => phrasesOf(text).map((words) => words.join(' '));
const set = (text: string): ReadonlySet<string> => new Set(listed(text));

/** More of something: good for profits, bad for what is a burden. */
export const moreWords = listed(
  '~rise | ~raise | ~lift | ~boost | ~hike | ~jump | ~soar | ~surge | ~gain | ~climb | ~grow | ~increase | ~widen | ~rally | ~rebound | ~double | ~triple | ~swell | ~leap | ~skyrocket | ~spike | ups | upped | higher | up',
);

/** Less of something. */
export const lessWords = listed(
  '~fall | ~cut | ~lower | ~trim | ~slash | ~drop | ~plunge | ~dive | ~tumble | ~slump | ~decline | ~shrink | ~sink | ~slide | ~slip | ~narrow | ~reduce | ~plummet | ~sag | ~slow | ~halve | ~dip | ~crash | ~erode | ~clip | ~decrease | ~shed | lower | slower | down',
);

/** Good, whatever it is said of. */
export const goodWords = listed(
  '~beat | tops | topped | topping | ~exceed | ~surpass | ~win | ~approve | clears | cleared | awards | awarded | grants | granted | above expectations | record | strong | stronger | robust | upbeat | bright | rosy | bumper | stellar | ~impress',
);

/** Bad, whatever it is said of. */
export const badWords = listed(
  '~miss | ~disappoint | ~warn | ~hurt | ~lose | ~lag | ~reject | ~oppose | ~block | halted | ~delay | ~demolish | ~suspend | ~cancel | ~scrap | ~fail | ~falter | ~struggle | ~fall short | ~collapse | below expectations | weak | weaker | bleak | poor | gloomy | dismal | downbeat | worst | worse | guilty | liable',
);

/** Words of rise and good news, and of fall and bad news: the turn of a story. */
export const upTurns: ReadonlySet<string> = new Set([...moreWords, ...goodWords]);
export const downTurns: ReadonlySet<string> = new Set([...lessWords, ...badWords]);

/** More of them is worse. */
export const burdens = set(
  'cost | costs | expense | expenses | loss | losses | debt | tariff | tariffs | charges | claims | fears | worries | concerns | unemployment | spending | defaults',
);

/** "Not", "no plans": right before a thing they deny it. */
export const negations = set(
  "not | no | never | without | won't | doesn't | didn't | isn't | hasn't | haven't | wasn't | wouldn't | cannot | can't | ~fail | ~withdraw | ~scrap | ~refuse | unlikely | hardly",
);

/** After "no" and "not" these say the opposite of a denial: "not only", "no surprise". */
export const stressed = set('only | just | surprise | doubt | wonder | secret | less | merely');

/** What they deny may be far: "denies report that it will cut guidance". */
export const denials = set('~deny | ~refute | ~rebut | ~dispel | denial');

/** What was good is bad once somebody does this to it: "blocks takeover of", "cuts orders for". */
export const refusals = set(
  '~block | ~reject | ~oppose | ~suspend | ~cancel | ~scrap | ~halt | ~delay | ~postpone | ~appeal | ~challenge | ~lose | ~drop | ~abandon | ~withdraw | ~end | ~terminate | ~refuse | ~stop | ~bar | ~ban | ~veto | ~thwart | ~derail | ~threaten | ~reverse | ~overturn | ~revoke | ~rescind | ~decline | ~cut | ~reduce | ~lower | ~slash | ~shelve | ~defer | ~freeze | ~pause | ~undo | ~dash | ~snub | ~rebuff | ~dismiss | ~miss | ~fail | ~question | ~doubt | against | unlikely | lack',
);

/** What was bad is nothing once somebody does this to it. */
export const reliefs = set(
  '~drop | ~dismiss | ~reject | ~block | ~end | ~scrap | ~halt | ~overturn | ~avoid | ~escape | ~withdraw | ~cancel | ~toss | ~settle | ~resolve | ~survive | ~pause | ~reverse | ~undo | ~quash | ~void | ~close | ~dodge | ~win | ~defeat | ~beat | victory',
);

/** Who pays to settle is not relieved. */
export const payments = set('~pay');

/** Whoever does this to a lawsuit has good news. */
export const victories = set('~win | ~defeat | ~beat | victory');

/** "Fights effort to block the merger": who stands against what is against it. */
export const counters = set('~fight | ~oppose | ~resist');

/** After a thing: it is not to be, or not yet. */
export const undone = set(
  'unlikely | delayed | denied | rejected | blocked | suspended | canceled | cancelled | withdrawn | overturned | revoked | postponed | doubtful | uncertain | stalled | scrapped | terminated | collapses | collapsed | fails | fades | jeopardy | doubt',
);

/** Where another thought begins: what stands before does nothing to what stands after. */
export const breakers = set(
  'as | after | amid | while | whereas | but | despite | although | though | because | when | following | before | if | since | however',
);

/** "Apple gains while Intel cuts forecast": what follows is said of the other. */
export const parting = set('while | whereas | but');

/** What somebody heard is worth less than what was announced. */
export const rumours = set(
  'reportedly | source | sources | considering | considers | mulls | may | could | rumor | rumors | talks | possible',
);

/** Words before "to buy" that make it advice, not a bid. */
export const adviceWords = set(
  'stocks | stock | time | reason | reasons | opportunity | how | when | where | what | ways | way | names | investors | shares | picks | companies',
);

/** One of them stands where somebody rates a share: the first words of houses with the rest. */
export const ratingWords = set(
  "analyst | analysts | analyst's | rating | ratings | stock | shares | credit | moody's | fitch | s&p | brokerage | broker | buy | outperform | overweight | neutral | citi | citigroup | goldman | jpmorgan | morgan | barclays | ubs | bofa | hsbc | bernstein | cowen | evercore | jefferies | keybanc | mizuho | nomura | oppenheimer | piper | raymond | rbc | stifel | susquehanna | wedbush | needham | deutsche | suisse | wells | baird | guggenheim | loop",
);

/** Who is named beside them is whom another is measured by. */
export const rivals = set('rival | rivals | competitor | competitors | challenger');
