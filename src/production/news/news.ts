import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { Candidate, ConfirmedCandidate } from '#domain/events/funnel';
import type { NamedCompany } from '#domain/events/news';
import type { Emit, Service } from '#domain/events/service';
import { catalystsIn } from '#domain/news/classify';
import { type CompanyNames, companyNames, type Mention } from '#domain/news/company-names';
import { type HeadlineWords, readHeadline } from '#domain/news/headline-text';
import { KnownCatalysts, speaks } from '#domain/news/known-catalysts';
import { sentimentOf } from '#domain/news/sentiment/sentiment';
import { sideOf } from '#domain/news/side';
import { reliabilityFactor, SourceReliability } from '#domain/news/source-reliability';
import { Stories } from '#domain/news/stories';
import { defaultSettings, type Settings } from '#domain/settings';
import type { SessionDate } from '#domain/values/session-date';
import { type SymbolIndex, symbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';

const CONFIRMED_MAX = 35;
/** Price and volume alone never weigh more than this. Source: mission, the catalyst without a headline. */
const SURGE_STRENGTH_MAX = 0.5;

/** What speaks for a candidate, or against it. */
type Reason = Omit<ConfirmedCandidate, 'symbol' | 'score'>;

/** Says what headlines mean for each name, and confirms candidates by it: 100 → 35. */
export function news(): Service {
  return new News();
}

class News implements Service {
  readonly name = 'news';
  readonly consumes = [
    'run_started',
    'session_opened',
    'split_took_effect',
    'names_listed',
    'headline_published',
    'bars_closed',
    'session_closed',
    'candidates_found',
  ] as const;
  readonly hears = ['parameters_changed'] as const;
  readonly emits = ['catalyst_detected', 'catalysts_confirmed'] as const;
  #settings: Settings = defaultSettings;
  #date: SessionDate | undefined;
  /** Columns are given in the order of listing. */
  readonly #tickers = new Map<string, SymbolIndex>();
  #companies: readonly NamedCompany[] = [];
  #names: CompanyNames = companyNames([]);
  readonly #stories = new Stories();
  readonly #known = new KnownCatalysts();
  readonly #sources = new SourceReliability();

  step({ event, at }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'bars_closed':
        return this.#sources.update(event.frame);
      case 'headline_published':
        return this.#read(event, at, emit);
      case 'candidates_found':
        return emit(this.#confirm(event, at));
      case 'run_started':
      case 'parameters_changed':
        this.#settings = event.settings;
        return;
      case 'names_listed':
        this.#companies = event.companies;
        this.#names = companyNames(this.#companies, this.#tickers);
        return;
      case 'session_opened':
        return this.#open(event, at);
      case 'split_took_effect':
        return this.#sources.forget(event.symbol);
      case 'session_closed':
        return this.#sources.endSession();
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#stories.hashInto(sink);
    this.#known.hashInto(sink);
    this.#sources.hashInto(sink);
  }

  #open({ date, listed }: EventOf<'session_opened'>, at: number): void {
    this.#date = date;
    this.#stories.startSession();
    this.#known.sweep(at);
    if (listed.length === 0) return;
    for (const ticker of listed) this.#tickers.set(ticker, symbolIndex(this.#tickers.size));
    this.#sources.list(this.#tickers.size);
    this.#names = companyNames(this.#companies, this.#tickers);
  }

  #read(event: EventOf<'headline_published'>, at: number, emit: Emit): void {
    const headline = readHeadline(event.text);
    const mentions = this.#names.mentions(headline, this.#date);
    const symbols = this.#symbolsOf(event, headline, mentions);
    if (symbols.length === 0) return;
    const { id, source } = event;
    const published = Math.min(event.publishedAt ?? event.knownAt, at);
    const told = this.#stories.tell({ id, source, headline, symbols, since: published, at });
    const { story, outlets } = told;
    const reliability = this.#sources.of(source);
    for (const symbol of symbols) {
      const about = mentions.find((mention) => mention.symbols.includes(symbol)) ?? null;
      const others = mentions.filter((mention) => !mention.symbols.includes(symbol));
      const catalyst = catalystsIn(headline, about, others)[0];
      if (catalyst === undefined) continue;
      const { type, evidence } = catalyst;
      const place = about === null ? null : headline.original(about.from, about.to);
      const sentiment = sentimentOf(event.text, place).score;
      // A headline without any cue explains nothing, whatever its tone.
      const { direction, strength } = type === 'other_news' ? catalyst : sideOf(catalyst, sentiment);
      const says = { catalyst: type, direction, strength, sentiment, reliability, evidence };
      emit({ kind: 'catalyst_detected', headline: id, story, outlets, symbol, ...says });
      // An outlet that repeats itself is judged once.
      if (told.isNewOutlet) this.#sources.expect(source, symbol, direction, Math.max(event.knownAt, at));
      const known = this.#known.find(symbol, told.number);
      // Told again it counts one outlet more, but it neither gains strength nor grows young again.
      if (known !== undefined) known.outlets = outlets;
      else if (speaks({ type, strength })) {
        const { number, since } = told;
        this.#known.add(symbol, { story: number, headline: id, type, direction, strength, sentiment, reliability, since, outlets }, at);
      }
    }
  }

  /** Those that the vendor names, else those in the text; with the sister listings of each. */
  #symbolsOf(event: EventOf<'headline_published'>, headline: HeadlineWords, mentions: readonly Mention[]): readonly SymbolIndex[] {
    if (event.symbols.length > 0) return [...new Set(event.symbols.flatMap(this.#names.classes))];
    // Who writes a word in two alphabets means to be misread: such a text speaks for nobody.
    return headline.disguised.length > 0 ? [] : [...new Set(mentions.flatMap((mention) => mention.symbols))];
  }

  #confirm({ scan, minute, kept }: EventOf<'candidates_found'>, at: number): EventOf<'catalysts_confirmed'> {
    const drops = new Drops();
    const confirmed: ConfirmedCandidate[] = [];
    for (const candidate of kept) {
      const reason = this.#newsOf(candidate.symbol, at) ?? this.#surge(candidate);
      if (reason === null) drops.because(candidate.symbol, 'no_catalyst');
      else if (reason.direction < 0) drops.because(candidate.symbol, 'negative_catalyst');
      else {
        const score = candidate.score + this.#settings.weights.catalyst * reason.strength;
        confirmed.push({ symbol: candidate.symbol, score, ...reason });
      }
    }
    const { kept: chosen, rest } = best(confirmed, CONFIRMED_MAX);
    drops.ranked(rest);
    return { kind: 'catalysts_confirmed', scan, minute, kept: chosen, dropped: drops.taken() };
  }

  #newsOf(symbol: SymbolIndex, at: number): Reason | null {
    const found = this.#known.best(symbol, at);
    if (found === null) return null;
    const { type: catalyst, direction, sentiment, reliability, outlets, headline } = found.known;
    const strength = Math.min(1, found.strength * reliabilityFactor(reliability));
    return { catalyst, direction, strength, sentiment, reliability, outlets, headline };
  }

  /** Somebody knows something: a gap and a volume far beyond the usual, without a headline that explains them. */
  #surge({ gap, relativeVolume }: Candidate): Reason | null {
    const { on, gapMin, relativeVolumeMin } = this.#settings.unexplainedSurge;
    if (!on || gap < gapMin || relativeVolume < relativeVolumeMin) return null;
    const strength = Math.min(SURGE_STRENGTH_MAX, 0.1 * relativeVolume);
    return { catalyst: 'unexplained_surge', direction: 1, strength, sentiment: 0, reliability: 0.5, outlets: 0, headline: '' };
  }
}
