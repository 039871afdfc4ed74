import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHeadline } from '#domain/news/headline-text';
import { Stories } from '#domain/news/stories';

const HOUR = 3_600_000;
const tell = (stories: Stories, id: string, text: string, source = id, at = 0, symbols: readonly number[] = [0]) =>
  stories.tell({ id, source, headline: readHeadline(text), symbols, since: at, at });

/** Whether the second is told as the first's story. */
function isOne(first: string, second: string, hours = 1, symbols: readonly number[] = [0]): boolean {
  const stories = new Stories();
  tell(stories, 'first', first);
  return !tell(stories, 'second', second, 'other', hours * HOUR, symbols).isNew;
}

const same: readonly [string, string][] = [
  ['Acme beats Q1 estimates as chip demand grows', 'UPDATE 1-Acme beats Q1 estimates as chip demand grows'],
  ['Acme to cut 500 jobs at plant in Ohio', 'Reuters: Acme to cut 500 jobs at plant in Ohio'],
  ['Acme to cut 500 jobs at plant in Ohio', 'Acme to cut 500 jobs at plant in Ohio - sources'],
  ['Acme to cut 500 jobs at plant in Ohio', 'ACME TO CUT 500 JOBS AT PLANT IN OHIO | CNBC'],
  ['Acme to cut 500 jobs at plant in Ohio', 'Acme to cut 500 jobs at its Ohio plant'],
  ['Acme names Jane Roe as new chief', 'Acme names Jane Roe as new chief: Bloomberg'],
  ['Acme sues Beta over patents on heart pumps', 'Beta sued by Acme over patents on heart pumps'],
  ['Regulator closes its two-year probe of Acme pumps', 'Regulator closes its 2-year probe of Acme pumps'],
];
test.each(same)('L6: "%s" and "%s" are one story', (first, second) => expect(isOne(first, second)).toBe(true));

const different: readonly [string, string][] = [
  ['Acme beats Q1 estimates as chip demand grows', 'Acme beats Q2 estimates as chip demand grows'],
  ['Jefferies raises Acme price target to $5', 'Jefferies raises Acme price target to $6'],
  ['Acme beats estimates for the first quarter', 'Acme beats estimates for the second quarter'],
  ['Acme beats estimates as chip demand grows', 'Acme misses estimates as chip demand grows'],
  ['Acme stock rises Monday and outperforms market', 'Acme stock rises Tuesday and outperforms market'],
  ['Mike makes surprise bid for the cake shop', 'Mike withdraws surprise bid for the cake shop'],
  ['Acme stock rises Tuesday still underperforms market', 'Beta stock rises Tuesday still underperforms market'],
  ['Acme up', 'Acme down'],
  ['Acme shares rise on chip demand outlook', 'Acme shares fall on chip demand outlook'],
  ['Acme shares gain after chip demand report', 'Acme shares drop after chip demand report'],
  ['Acme shares jump on chip demand outlook', 'Acme shares slump on chip demand outlook'],
  ['FDA to approve heart pump of Acme', 'FDA to reject heart pump of Acme'],
  ['Acme sues Beta', 'Beta sues Acme'],
  ['Acme sues Beta over patents on heart pumps', 'Beta sues Acme over patents on heart pumps'],
  ['Acme to buy Beta in USD 2 billion deal', 'Beta to buy Acme in USD 2 billion deal'],
];
test.each(different)('"%s" and "%s" are two', (first, second) => expect(isOne(first, second)).toBe(false));

test('another company tells another story, unless word for word', () => {
  expect(isOne('Shares of chip makers are falling today', 'Shares of chip makers are falling fast today', 1, [1])).toBe(false);
  expect(isOne('Shares of chip makers are falling today', 'Shares of chip makers are falling today', 1, [1])).toBe(true);
});

test('a story goes on while it is told again within two days, and ends after a week', () => {
  const text = 'Acme to cut 500 jobs at plant in Ohio';
  expect(isOne(text, text, 48)).toBe(true);
  expect(isOne(text, text, 49)).toBe(false);
  const stories = new Stories();
  const isNew = Array.from({ length: 9 }, (_, day) => tell(stories, `${day}`, text, 'wire', day * 24 * HOUR).isNew);
  expect(isNew).toEqual([true, false, false, false, false, false, false, false, true]);
});

test('the first id stays, and an outlet counts once', () => {
  const stories = new Stories();
  const text = 'Acme to cut 500 jobs at plant in Ohio';
  expect(tell(stories, 'a', text, 'Wire')).toMatchObject({ story: 'a', outlets: 1, isNew: true });
  expect(tell(stories, 'b', text, 'Paper')).toMatchObject({ story: 'a', outlets: 2, isNew: false, isNewOutlet: true });
  expect(tell(stories, 'c', text, ' wire ')).toMatchObject({ story: 'a', outlets: 2, isNewOutlet: false });
});

test('texts without a word are like no other, and ids may be any text', () => {
  const stories = new Stories();
  expect(tell(stories, '__proto__', '').isNew).toBe(true);
  expect(tell(stories, 'constructor', '').isNew).toBe(true);
  expect(tell(stories, '__proto__', '\ud800 Acme opens a plant in Ohio').story).toBe('__proto__');
  expect(tell(stories, 'b', 'Acme opens a plant in Ohio').story).toBe('__proto__');
});

test('the same headlines are the same stories, whatever was asked before', () => {
  const words = fc.constantFrom('Acme', 'Beta', 'opens', 'plant', 'Ohio', 'cuts', 'jobs', 'sales', 'Q1', 'Q2', 'chips', 'reports');
  fc.assert(
    fc.property(fc.array(fc.array(words, { maxLength: 8 }), { maxLength: 30 }), (texts) => {
      const run = () => {
        const stories = new Stories();
        return texts.map((text, at) => tell(stories, `${at}`, text.join(' '), `${at % 3}`, at * HOUR));
      };
      expect(run()).toEqual(run());
    }),
  );
});

/** What a session's hash is made of. */
function hashed(stories: Stories): { readonly texts: readonly string[]; readonly numbers: number } {
  const texts: string[] = [];
  let numbers = 0;
  stories.hashInto({ text: (value) => void texts.push(value), numbers: () => void numbers++ });
  return { texts, numbers };
}

test('a session hashes the stories that it has told, new ones and old ones, and what it wrote where they are found', () => {
  const stories = new Stories();
  tell(stories, 'first', 'Acme to cut 500 jobs at plant in Ohio');
  tell(stories, 'other', 'Beta names Jane Roe as new chief of pumps', 'wire', 0, [1]);
  expect(hashed(stories).texts).toHaveLength(3);
  stories.startSession();
  const quiet = hashed(stories);
  expect(quiet).toMatchObject({ texts: [expect.stringMatching(/^2 /)], numbers: 0 });
  tell(stories, 'again', 'Acme to cut 500 jobs at its Ohio plant', 'again', HOUR);
  const [again, written] = hashed(stories).texts;
  expect(again).toContain('first');
  expect(again).toContain('first|again');
  expect(written).toBe(quiet.texts[0]);
  tell(stories, 'new', 'Gamma wins approval for a heart pump in Japan', 'wire', HOUR, [2]);
  expect(hashed(stories).texts.at(-1)).not.toBe(written);
});

test('of a session with more stories than are kept no more are hashed than are kept', () => {
  const stories = new Stories();
  for (let i = 0; i < 9000; i++) tell(stories, `${i}`, `Acme opens store ${i} in town ${i} with ${i} seats`);
  expect(hashed(stories).texts).toHaveLength(8192 + 1);
});
