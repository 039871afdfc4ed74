import { Drops } from '#domain/events/drops';
import type { Entry, EventOf } from '#domain/events/event';
import type { Candidate, ConfirmedCandidate } from '#domain/events/funnel';
import type { NamedCompany } from '#domain/events/news';
import type { Emit, Service } from '#domain/events/service';
import type { CatalystType } from '#domain/news/catalyst';
import { classify } from '#domain/news/classify';
import { type CompanyNames, companyNames, type Mention } from '#domain/news/company-names';
import { defaultSettings, type Settings } from '#domain/settings';
import { type SymbolIndex, symbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';
import { best } from '#domain/values/top';

const CONFIRMED_MAX = 35;
/** Price and volume alone never weigh more than this. Source: mission, the catalyst without a headline. */
const SURGE_STRENGTH_MAX = 0.5;
/** What a full-strength catalyst adds to a candidate's score. */
const STRENGTH_WEIGHT = 5;

type Known = { readonly type: CatalystType; readonly direction: number; readonly strength: number; readonly headline: string };

/** Confirms candidates by what has been published about them since the last close: 100 → 35. */
export function news(): Service {
  return new News();
}

class News implements Service {
  readonly name = 'news';
  readonly consumes = [
    'run_started',
    'session_opened',
    'names_listed',
    'headline_published',
    'session_closed',
    'candidates_found',
  ] as const;
  readonly hears = [] as const;
  readonly emits = ['catalysts_confirmed'] as const;
  #settings: Settings = defaultSettings;
  /** Columns are given in the order of listing. */
  readonly #tickers = new Map<string, SymbolIndex>();
  #companies: readonly NamedCompany[] = [];
  #names: CompanyNames = companyNames([]);
  /** What counts of each symbol since the last close: bad news before any other, then the strongest, then the latest. */
  readonly #known = new Map<number, Known>();

  step({ event }: Entry, emit: Emit): void {
    switch (event.kind) {
      case 'run_started':
        this.#settings = event.settings;
        return;
      case 'names_listed':
        this.#companies = event.companies;
        this.#names = companyNames(this.#companies, this.#tickers);
        return;
      case 'session_opened':
        return this.#list(event);
      case 'headline_published':
        return this.#read(event);
      case 'session_closed':
        return this.#known.clear();
      case 'candidates_found':
        return emit(this.#confirm(event));
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    for (const [symbol, { type, direction, strength, headline }] of this.#known)
      sink.text(`${symbol} ${type} ${direction} ${strength} ${headline}`);
  }

  #list({ listed }: EventOf<'session_opened'>): void {
    if (listed.length === 0) return;
    for (const ticker of listed) this.#tickers.set(ticker, symbolIndex(this.#tickers.size));
    this.#names = companyNames(this.#companies, this.#tickers);
  }

  #read({ id, text, symbols }: EventOf<'headline_published'>): void {
    const mentions = this.#names.mentions(text);
    const named = symbols.length > 0 ? symbols : new Set(mentions.flatMap((mention) => mention.symbols));
    for (const symbol of named) {
      const { type, direction, strength } = classify(text, firstOf(mentions, symbol));
      // A headline without any cue explains nothing: it neither confirms a name nor speaks against it.
      if (type !== 'other_news') this.#learn(symbol, { type, direction, strength, headline: id });
    }
  }

  #confirm({ scan, minute, kept }: EventOf<'candidates_found'>): EventOf<'catalysts_confirmed'> {
    const drops = new Drops();
    const confirmed: ConfirmedCandidate[] = [];
    for (const candidate of kept) {
      const known = this.#known.get(candidate.symbol) ?? this.#surge(candidate);
      if (known === null) drops.because(candidate.symbol, 'no_catalyst');
      else if (known.direction < 0) drops.because(candidate.symbol, 'negative_catalyst');
      else {
        const { type: catalyst, direction, strength, headline } = known;
        confirmed.push({
          symbol: candidate.symbol,
          score: candidate.score + STRENGTH_WEIGHT * strength,
          catalyst,
          direction,
          strength,
          sentiment: 0,
          reliability: 0.5,
          outlets: 1,
          headline,
        });
      }
    }
    const { kept: chosen, rest } = best(confirmed, CONFIRMED_MAX);
    drops.ranked(rest);
    return { kind: 'catalysts_confirmed', scan, minute, kept: chosen, dropped: drops.taken() };
  }

  #learn(symbol: SymbolIndex, news: Known): void {
    const before = this.#known.get(symbol);
    const worse = news.direction < 0 && (before === undefined || before.direction >= 0);
    const hopeful = news.direction >= 0 && before !== undefined && before.direction < 0;
    if (worse || before === undefined || (!hopeful && news.strength >= before.strength)) this.#known.set(symbol, news);
  }

  /** Somebody knows something: a gap and a volume far beyond the usual, without a headline that explains them. */
  #surge({ gap, relativeVolume }: Candidate): Known | null {
    const { on, gapMin, relativeVolumeMin } = this.#settings.unexplainedSurge;
    if (!on || gap < gapMin || relativeVolume < relativeVolumeMin) return null;
    const strength = Math.min(SURGE_STRENGTH_MAX, 0.1 * relativeVolume);
    return { type: 'unexplained_surge', direction: 1, strength, headline: '' };
  }
}

const firstOf = (mentions: readonly Mention[], symbol: SymbolIndex): Mention | null =>
  mentions.find((mention) => mention.symbols.includes(symbol)) ?? null;
