import { asNewYork, clockOf } from '#adapters/edgar/acceptance-clock';
import { firstSentence } from '#adapters/edgar/filing-text';
import { itemWords } from '#adapters/edgar/item-names';
import { type Filing, type Filings, readFilings, readSubmissions, type Submissions } from '#adapters/edgar/submissions';
import { DAY_MS, formatInstant, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import { type Headline, headline } from '#engine/ports/headline';
import type { Http, HttpProblem } from '#engine/ports/http';
import type { NewsPage, NewsProblem, NewsSource, NewsWindow } from '#engine/ports/news-source';

export type EdgarSettings = {
  readonly http: Http;
  readonly clock: Clock;
  /** data.sec.gov, for the lists of filings. */
  readonly lists: URL;
  /** www.sec.gov, for the documents. */
  readonly documents: URL;
  /** "Company Name contact@example.com", as the SEC demands. */
  readonly userAgent: string;
  readonly companies: readonly { readonly cik: number; readonly symbol: string | null }[];
};

/** Over its rate the SEC refuses everything until ten minutes have gone by. */
const BLOCKED_WAIT_MS = 10 * MINUTE_MS;
const CIK_DIGITS = 10;

/** 8-K filings of chosen companies: a question a company, and one a new filing for its first sentence. */
export class EdgarFilings implements NewsSource {
  readonly name = 'edgar';
  /** A whole day costs nothing here: the list of a company comes in one piece anyway. */
  readonly overlapMs = DAY_MS;
  readonly pollMs = MINUTE_MS;
  readonly question: string;
  readonly #settings: EdgarSettings;
  /** Headlines that were made, so that a document is asked for once. */
  readonly #made = new Map<string, Headline>();

  constructor(settings: EdgarSettings) {
    this.#settings = settings;
    this.question = settings.companies.map(({ cik }) => cik).join();
  }

  async *pages(window: NewsWindow): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    for (const { cik, symbol } of this.#settings.companies) {
      const name = `CIK${String(cik).padStart(CIK_DIGITS, '0')}.json`;
      const raw = await this.#list(name);
      if (!raw.ok && isMissing(raw.problem)) {
        // A number that nobody has, or has no more, must not silence all companies behind it.
        yield ok({ headlines: [], refused: [{ reason: 'no_such_company', received: name }], coveredTo: null });
        continue;
      }
      if (!raw.ok) return yield raw;
      const read = readSubmissions(raw.value);
      if (!read.ok) return yield read;
      const symbols = symbol === null ? read.value.tickers : [symbol];
      const company = { cik, symbols, name: read.value.company, clock: clockOf(read.value.printed) };
      yield* this.#page(company, read.value, window);
      for (const file of this.#olderFiles(read.value, window.since)) {
        const more = await this.#list(file);
        if (!more.ok) return yield more;
        const filings = readFilings(more.value);
        if (!filings.ok) return yield filings;
        yield* this.#page(company, filings.value, window);
      }
    }
  }

  /** Older files are needed only when the window begins before what they end with. */
  #olderFiles({ older }: Submissions, since: Instant): readonly string[] {
    const day = formatInstant(instant(since - DAY_MS)).slice(0, 10);
    return older.filter(({ to }) => to >= day).map(({ name }) => name);
  }

  async *#page(
    company: Company,
    { filings, refused }: Filings,
    { since, until }: NewsWindow,
  ): AsyncGenerator<Result<NewsPage, NewsProblem>> {
    const headlines: Headline[] = [];
    for (const filing of filings) {
      const times = this.#times(filing, company);
      if (times.updatedAt < since || (until !== null && times.publishedAt > until)) continue;
      const made = await this.#headline(company, filing, times);
      if (!made.ok) {
        // What was made so far is handed over before the problem ends this.
        yield ok({ headlines, refused, coveredTo: null });
        return yield made;
      }
      headlines.push(made.value);
    }
    yield ok({ headlines, refused, coveredTo: null });
  }

  /** Where the clock cannot be told, it is published as printed, and counts as known only by the later reading. */
  #times({ printedAt }: Filing, { clock }: Company): { readonly publishedAt: Instant; readonly updatedAt: Instant } {
    const later = asNewYork(printedAt);
    if (clock === 'new_york') return { publishedAt: later, updatedAt: later };
    return { publishedAt: printedAt, updatedAt: clock === 'utc' ? printedAt : later };
  }

  async #headline(
    { cik, symbols, name }: Company,
    filing: Filing,
    { publishedAt, updatedAt }: { readonly publishedAt: Instant; readonly updatedAt: Instant },
  ): Promise<Result<Headline, NewsProblem>> {
    const known = this.#made.get(filing.accession);
    if (known !== undefined) return ok(known);
    const { documents, clock } = this.#settings;
    const folder = `Archives/edgar/data/${cik}/${filing.accession.replaceAll('-', '')}/`;
    const url = new URL(folder + filing.document, documents);
    const sentence = filing.document === '' ? ok(null) : await this.#sentence(url);
    if (!sentence.ok) return sentence;
    const words = itemWords(filing.items);
    const title = `${name} ${filing.form === '8-K' ? 'files 8-K' : 'amends 8-K'}${words === '' ? '' : `: ${words}`}`;
    const receivedAt = clock.now();
    const made = headline({
      vendor: 'edgar',
      vendorId: filing.accession,
      publishedAt,
      updatedAt: updatedAt > receivedAt && publishedAt <= receivedAt ? receivedAt : updatedAt,
      receivedAt,
      outlet: 'SEC',
      text: sentence.value === null ? title : `${title}. ${sentence.value}`,
      url: url.href,
      symbols,
    });
    this.#made.set(filing.accession, made);
    return ok(made);
  }

  /** A document that is not there, or too large, does not hold up the filing: its items stand in the list. */
  async #sentence(url: URL): Promise<Result<string | null, NewsProblem>> {
    const { http } = this.#settings;
    const answer = await http.text({ url, headers: this.#headers('text/html') });
    if (answer.ok) return ok(firstSentence(answer.value));
    const { problem } = answer;
    if (problem.kind === 'too_large' || isMissing(problem)) return ok(null);
    return fail(blocked(problem));
  }

  async #list(name: string): Promise<Result<unknown, HttpProblem>> {
    const { http, lists } = this.#settings;
    const answer = await http.json({ url: new URL(`submissions/${name}`, lists), headers: this.#headers('application/json') });
    return answer.ok ? answer : fail(blocked(answer.problem));
  }

  #headers(accept: string): Readonly<Record<string, string>> {
    return { 'user-agent': this.#settings.userAgent, accept, 'accept-encoding': 'gzip, deflate' };
  }
}

type Company = {
  readonly cik: number;
  readonly symbols: readonly string[];
  readonly name: string;
  readonly clock: ReturnType<typeof clockOf>;
};

const isMissing = (problem: HttpProblem): boolean => problem.kind === 'refused' && problem.status === 404;

/** Too many requests come as 403 with a page of HTML that says so; a missing or bad User-Agent is a 403 as well. */
function blocked(problem: HttpProblem): HttpProblem {
  const tooMany = problem.kind === 'refused' && problem.status === 403 && /rate threshold|too many requests/i.test(problem.said);
  return tooMany ? { kind: 'rate_limited', waitMs: BLOCKED_WAIT_MS, said: 'request rate threshold exceeded' } : problem;
}
