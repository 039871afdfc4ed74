import type { NewsEvent } from '#domain/events/news';
import type { CatalystType } from '#domain/news/catalyst';
import { type Instant, instant } from '#domain/values/instant';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import type { Company } from '#simulation/market/company';
import type { Catalyst } from '#simulation/market/day-plan';
import type { RandomStream } from '#simulation/market/seeded-random';

/** Exactly what the house may read; what the headline does to the price is in `CatalystTruth`, which it never sees. */
export type SimulatedHeadline = Extract<NewsEvent, { readonly kind: 'headline_published' }>;

type Wording = { readonly good: readonly string[]; readonly bad: readonly string[] };

/** # stands for the company. */
const wordings: Readonly<Partial<Record<CatalystType, Wording>>> = {
  earnings: {
    good: [
      '# beats quarterly earnings estimates, revenue up 14%',
      '# tops Q3 profit estimates on record sales',
      '# reports earnings above expectations',
    ],
    bad: [
      '# misses quarterly earnings estimates, revenue falls 9%',
      '# posts wider than expected loss',
      '# reports earnings below expectations',
    ],
  },
  guidance: {
    good: ['# raises full-year guidance', '# lifts outlook above analyst estimates'],
    bad: ['# cuts full-year guidance', '# lowers outlook, warns of weak demand'],
  },
  fda: {
    good: [
      '# receives FDA approval for lead drug',
      '# phase 3 trial meets primary endpoint',
      '# granted FDA breakthrough therapy designation',
    ],
    bad: [
      '# receives FDA complete response letter',
      '# phase 3 trial fails to meet primary endpoint',
      'FDA places clinical hold on # trial',
    ],
  },
  m_and_a: {
    good: ['# to be acquired in all-cash deal at a premium', '# confirms takeover offer, agrees to merger'],
    bad: ['# merger terminated, buyer walks away', '# to acquire rival in dilutive all-stock merger'],
  },
  analyst: {
    good: ['# upgraded to buy, price target raised', 'Analyst upgrades # to outperform'],
    bad: ['# downgraded to sell, price target cut', 'Analyst downgrades # to underperform'],
  },
  contract: {
    good: ['# awarded $250 million contract', '# wins multi-year government contract'],
    bad: ['# loses contract with largest customer', '# contract cancelled by government agency'],
  },
  capital_action: {
    good: ['# announces $500 million share buyback', '# raises dividend by 20%, expands share repurchase'],
    bad: ['# prices public offering of common stock at a discount', '# suspends dividend, announces secondary offering'],
  },
  legal: {
    good: ['# wins patent lawsuit', 'Court dismisses lawsuit against #'],
    bad: ['# faces SEC investigation', '# loses patent lawsuit, ordered to pay damages'],
  },
  product: {
    good: ['# launches new product line ahead of schedule', '# unveils new platform, first orders exceed plan'],
    bad: ['# recalls product over safety issue', '# delays product launch'],
  },
};

const idle: readonly string[] = [
  '# to present at investor conference',
  '# names new chief marketing officer',
  '# publishes annual sustainability report',
  '# announces date of annual meeting',
  '# opens regional office',
];

const macro: readonly string[] = [
  'Fed leaves interest rates unchanged',
  'Consumer prices rise as expected in latest CPI report',
  'Weekly jobless claims little changed',
  'Treasury yields edge higher before auction',
  'Oil prices steady after inventory report',
];

/** A headline for each catalyst, in the same order: the company by its name, in two of three also tagged with its symbol. */
export function wordedHeadline(
  stream: RandomStream,
  date: SessionDate,
  open: Instant,
  company: Company,
  catalyst: Catalyst,
): SimulatedHeadline {
  stream.restart(dayOf(date), catalyst.symbol);
  const wording = wordings[catalyst.type];
  const texts = wording === undefined ? idle : catalyst.direction > 0 ? wording.good : wording.bad;
  const name = stream.pick(company.names);
  const written = stream.chance(0.5) ? `${name} (${company.ticker})` : name;
  const symbols = stream.chance(2 / 3) ? [symbolIndex(catalyst.symbol)] : [];
  return headline(`sim-${date}-${company.ticker}`, open + catalyst.knownAfterOpen, stream.pick(texts).replace('#', written), symbols);
}

/** Up to two headlines that name no company and move nothing. */
export function macroHeadlines(stream: RandomStream, date: SessionDate, open: Instant): readonly SimulatedHeadline[] {
  stream.restart(dayOf(date), 0);
  return Array.from({ length: stream.below(3) }, (_, index) =>
    headline(`sim-${date}-macro-${index}`, open + stream.integer(-120, 180) * 60_000, stream.pick(macro), []),
  );
}

const headline = (id: string, knownAt: number, text: string, symbols: SimulatedHeadline['symbols']): SimulatedHeadline => ({
  kind: 'headline_published',
  id,
  knownAt: instant(knownAt),
  publishedAt: instant(knownAt),
  source: 'simulated wire',
  text,
  symbols,
});
