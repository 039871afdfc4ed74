import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asNewYork, clockOf } from '#adapters/edgar/acceptance-clock';
import { firstSentence } from '#adapters/edgar/filing-text';
import { itemWords } from '#adapters/edgar/item-names';
import { instant } from '#domain/values/instant';
import { hasReference, reference } from '#tests/reference-data';
import { NOW, since, stories, walk } from './source-contract.js';
import { TestClock } from './test-clock.js';
import { VendorServer } from './vendor-server.js';
import { edgar } from './vendors.js';

let server: VendorServer;
beforeEach(async () => {
  server = await VendorServer.start();
});
afterEach(() => server.stop());

const asked = () => walk(edgar.source(server, new TestClock(NOW)), since('2026-11-20T00:00:00Z'));
const at = (text: string) => instant(Date.parse(text));

const told = (times: readonly string[], files: readonly unknown[] = []) => ({
  name: 'Example Inc.',
  tickers: ['EXMP'],
  filings: {
    recent: {
      accessionNumber: times.map((_, row) => `0001234567-26-00000${row}`),
      acceptanceDateTime: times,
      form: times.map(() => '8-K'),
      items: times.map(() => '2.02,9.01'),
      primaryDocument: times.map(() => 'report.htm'),
    },
    files,
  },
});

test('a filing says who, which items in words, and its first sentence', async () => {
  server.answer = ({ url }) =>
    url.pathname.startsWith('/submissions/')
      ? told(['2026-11-24T21:30:00.000Z', '2026-11-23T02:30:00.000Z'])
      : '<p>Item 2.02 Results</p><p>On November 24, 2026, Example Inc. announced its results for the quarter. More follows here.</p>';
  const { headlines } = await asked();
  expect(headlines[0]?.text).toBe(
    'Example Inc. files 8-K: results of operations and financial condition (2.02). On November 24, 2026, Example Inc. announced its results for the quarter.',
  );
  expect(headlines[0]?.url).toContain('/Archives/edgar/data/320193/000123456726000000/report.htm');
  expect(server.asked[0]?.url.pathname).toBe('/submissions/CIK0000320193.json');
  expect(server.asked.every(({ headers }) => headers['user-agent'] === 'Tester tester@example.com')).toBe(true);
});

test('a document is asked for once, and its absence does not hold up the filing', async () => {
  server.answer = ({ url }) =>
    url.pathname.startsWith('/submissions/') ? told(['2026-11-23T21:30:00.000Z', '2026-11-23T02:30:00.000Z']) : null;
  const source = edgar.source(server, new TestClock(NOW));
  for (let round = 0; round < 3; round++) {
    const { headlines, problem } = await walk(source, since('2026-11-20T00:00:00Z'));
    expect(problem).toBeNull();
    expect(headlines[0]?.text).toBe('Example Inc. files 8-K: results of operations and financial condition (2.02)');
  }
  expect(server.asked.filter(({ url }) => url.pathname.startsWith('/Archives/'))).toHaveLength(2);
});

test('the page of the rate limit is a rate limit; the one of a missing name is a refusal', async () => {
  server.always = {
    kind: 'status',
    status: 403,
    body: '<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head></html>',
  };
  expect((await asked()).problem).toMatchObject({ kind: 'rate_limited', waitMs: 600_000 });
  server.always = { kind: 'status', status: 403, body: '<html><title>Undeclared Automated Tool</title></html>' };
  expect((await asked()).problem).toMatchObject({ kind: 'refused', status: 403 });
  expect(server.asked).toHaveLength(2);
});

test('a document whose name is no name is asked for nowhere', async () => {
  for (const primaryDocument of ['../../../evil', 'https://evil.example/x', 'a/b.htm', '.htm', '']) {
    server.asked.length = 0;
    server.answer = edgar.tellingRaw(stories(1).map((story) => ({ ...edgar.raw(story), primaryDocument })));
    expect((await asked()).headlines).toHaveLength(1);
    expect(server.asked.map(({ url }) => url.pathname)).toEqual(['/submissions/CIK0000320193.json']);
  }
});

test('a number that no company has is counted, and those behind it are asked for', async () => {
  const told = edgar.telling(() => stories(2));
  server.answer = (request) => (request.url.pathname.includes('0000000404') ? null : told(request));
  const { headlines, reasons, problem } = await walk(
    edgar.source(server, new TestClock(NOW), undefined, [404, 320193]),
    since('2026-11-20T00:00:00Z'),
  );
  expect(headlines).toHaveLength(2);
  expect(reasons).toEqual(['no_such_company']);
  expect(problem).toBeNull();
});

test('older files are read only where the window reaches them', async () => {
  const older = told(['2026-11-21T21:00:00.000Z']).filings.recent;
  server.answer = ({ url }) => {
    if (url.pathname.endsWith('-submissions-001.json')) return older;
    if (!url.pathname.startsWith('/submissions/')) return null;
    return told(
      ['2026-11-24T21:30:00.000Z'],
      [
        { name: 'CIK0000320193-submissions-001.json', filingTo: '2026-11-22' },
        { name: 'CIK0000320193-submissions-002.json', filingTo: '2016-11-22' },
        { name: '../../../etc/passwd', filingTo: '2026-11-22' },
      ],
    );
  };
  expect((await asked()).headlines).toHaveLength(2);
  expect(server.asked.map(({ url }) => url.pathname).filter((path) => path.includes('-submissions-'))).toEqual([
    '/submissions/CIK0000320193-submissions-001.json',
  ]);
});

test('a filer whose times are the clock of New York is found out by hours at which EDGAR is closed', () => {
  // 07:30 in New York, printed with a Z: read as UTC it would be 02:30 or 03:30.
  expect(clockOf([at('2026-04-30T07:30:32Z'), at('2026-05-01T16:21:59Z')])).toBe('new_york');
  expect(clockOf([at('2026-05-01T22:21:59Z'), at('2026-05-01T20:21:59Z')])).toBe('utc');
  expect(clockOf([at('2026-05-01T20:21:59Z')])).toBe('unknown');
  expect(clockOf([])).toBe('unknown');
});

test('the clock of New York is four hours behind in summer and five in winter', () => {
  expect(asNewYork(at('2026-05-01T16:21:59Z'))).toBe(at('2026-05-01T20:21:59Z'));
  expect(asNewYork(at('2026-12-01T16:21:59Z'))).toBe(at('2026-12-01T21:21:59Z'));
});

test('where the clock is unknown, a filing counts as known by the later reading only', async () => {
  server.answer = ({ url }) => (url.pathname.startsWith('/submissions/') ? told(['2026-11-23T15:00:00.000Z']) : null);
  const [filing] = (await asked()).headlines;
  expect(filing?.publishedAt).toBe(at('2026-11-23T15:00:00Z'));
  expect(filing?.updatedAt).toBe(at('2026-11-23T20:00:00Z'));
});

test('items become words', () => {
  expect(itemWords('2.02,9.01')).toBe('results of operations and financial condition (2.02)');
  expect(itemWords('5.02, 8.01')).toBe('departure, election or appointment of directors or officers (5.02), other events (8.01)');
  expect(itemWords('9.01')).toBe('financial statements and exhibits (9.01)');
  expect(itemWords('9.99')).toBe('item (9.99)');
  expect(itemWords('')).toBe('');
});

test('markup, scripts and hidden headers are no part of the sentence', () => {
  const html = `<head><title>Item 8.01</title></head><ix:header>Item 8.01 hidden text that is long enough to be prose here.</ix:header>
    <script>Item 8.01</script><div>IT<b>EM</b> 8.01.&nbsp;Other</div><div>The <i>Comp</i>any &amp; Co. was bought by a larger rival today. Next.</div>`;
  expect(firstSentence(html)).toBe('The Company & Co. was bought by a larger rival today.');
  expect(firstSentence('<p>nothing</p>')).toBeNull();
});

test('no markup makes the search for it long', () => {
  // With a pattern that looks for the end of each anew, any of these takes minutes.
  for (const part of ['<', '<!--', '<head', '<title>', '<p']) expect(firstSentence(`<p>Item 8.01</p>${part.repeat(400_000)}`)).toBeNull();
});

const real: readonly [file: string, begins: string | null][] = [
  ['0001437749-16-028287.html.gz', 'On March 23, 2016'],
  ['BuckleInc.8-K.html.gz', 'On November 22, 2024'],
  ['NextPoint.8K.html.gz', 'Effective December 19, 2023'],
  ['form8k.Nordstrom.html.gz', 'On March 1, 2023'],
  ['BuckleInc.8-K.EX99.1.html.gz', null],
];
for (const [file, begins] of real) {
  test.skipIf(!hasReference)(`the real filing ${file} begins with what it says${hasReference ? '' : ' (no reference data)'}`, () => {
    const sentence = firstSentence(gunzipSync(readFileSync(reference(`data/open/filings/8k/${file}`))).toString('utf8'));
    if (begins === null) expect(sentence).toBeNull();
    else expect(sentence?.startsWith(begins)).toBe(true);
    expect(sentence ?? '').not.toMatch(/[<>]/);
  });
}
