import { type Dimension, dimensions } from '#domain/performance/breakdown';
import type { Metric } from '#domain/performance/metric';
import type { Group, Period } from '#domain/performance/performance';
import { ENOUGH_SESSIONS, ENOUGH_TRADES } from '#domain/performance/stage-targets';
import type { Day, Trade } from '#domain/performance/trade';
import { formatInstant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { words } from '#main/explain/words';
import { calendar } from '#main/report/html/calendar';
import { cumulativeR, equityChart, hourChart, rHistogram } from '#main/report/html/charts';
import { binAnchor, groupAnchor, metricAnchor, pageAnchor, rowAnchor, safe, TRADES, table } from '#main/report/html/markup';
import { binWords, rBins } from '#main/report/html/r-bins';
import { style } from '#main/report/html/style';
import { BEST, TradeLinks, WORST } from '#main/report/html/trade-links';
import { tradePicture } from '#main/report/html/trade-picture';
import type { Report } from '#main/report/report-of';
import { headLines } from '#main/report/report-text';
import {
  dimensionWords,
  dollars,
  FEW,
  intervalText,
  keyWords,
  metricWords,
  plain,
  realityText,
  sampleText,
  targetText,
  targetWords,
  valueText,
  verdictWords,
} from '#main/report/report-words';
import { clockOf, noteText, priceText, rText, titleOf, tradeFacts } from '#main/report/trade-page';
import type { TradeBar } from '#main/report/trade-source';

/** A longer table of trades is closed to begin with. */
const OPEN_ROWS = 500;

/** The report as one file that asks for nothing else: no script, no request, no font. */
export function htmlReport(report: Report, bars: ReadonlyMap<string, readonly TradeBar[]>): string {
  const { performance, trades, days, record, range } = report;
  const { whole } = performance;
  const reality = realityText(record.source);
  const title = whole === null ? 'Catalyst report' : `Catalyst report, ${whole.from} to ${whole.to}`;
  const page = new ReportPage(report, bars);
  const [, ...lines] = reality === null ? ['', ...headLines(report)] : headLines(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${safe(reality === null ? title : `${title} (${reality.split(/[:.]/)[0]})`)}</title>
<style>${style}</style>
</head>
<body>
<header>
${reality === null ? '' : `<p class="reality">${safe(reality)}</p>`}
<h1>${safe(title)}</h1>
${lines.map((text, place) => `<p class="${place === 0 ? 'soft' : 'caution'}">${safe(text)}</p>`).join('\n')}
${whole === null ? '' : parts}
</header>
<main>
${whole === null ? '' : page.body(whole, days)}
</main>
<footer>
<p>Intervals are of 95 %; ~ marks fewer than ${FEW} trades. Money is in dollars, after fees unless it says otherwise; what was paid in or out is no profit. Times are New York time where they have no Z. How each number is made: docs/reference/report.md.</p>
<p>Journal of Catalyst ${safe(record.source.version)}, targets of stage ${range.stage}, ${trades.length} trades.</p>
</footer>
</body>
</html>
`;
}

const parts = `<nav aria-label="Parts"><a href="#charts">Charts</a><a href="#targets">Targets</a><a href="#periods">Periods</a><a href="#numbers">All numbers</a>${dimensions.map((one) => `<a href="#by-${one}">By ${one === 'reason' ? 'exit' : one}</a>`).join('')}<a href="#by-r">By R</a><a href="#${TRADES}">Trades</a><a href="#journal">Trade journal</a></nav>`;

class ReportPage {
  readonly #report: Report;
  readonly #bars: ReadonlyMap<string, readonly TradeBar[]>;
  readonly #links: TradeLinks;

  constructor(report: Report, bars: ReadonlyMap<string, readonly TradeBar[]>) {
    this.#report = report;
    this.#bars = bars;
    this.#links = new TradeLinks(report.trades);
  }

  body(whole: Period, days: readonly Day[]): string {
    const { trades, performance } = this.#report;
    const { groups } = performance;
    return [
      cards(whole),
      '<h2 id="charts">Charts</h2><div class="charts">',
      `<figure class="whole"><figcaption>Equity and drawdown</figcaption>${equityChart(days)}</figure>`,
      `<figure><figcaption>R of the trades</figcaption>${rHistogram(trades)}</figure>`,
      `<figure><figcaption>Sum of R, trade after trade</figcaption>${cumulativeR(trades)}</figure>`,
      `<figure><figcaption>By hour</figcaption>${hourChart(groups.hour)}</figure>`,
      `<figure><figcaption>Against the targets of stage ${this.#report.range.stage}</figcaption>${this.#targetsShort()}</figure>`,
      '</div>',
      `<h3>Each session: P&amp;L in dollars</h3>${calendar(days, this.#firstOf())}`,
      `<h2 id="targets">Target against actual, stage ${this.#report.range.stage}</h2>${this.#targets()}`,
      `<h2 id="periods">By ${this.#report.range.period === 'all' ? 'period' : this.#report.range.period}</h2>${this.#periods(whole)}`,
      `<h2 id="numbers">All numbers</h2><h3>The account</h3>${this.#metrics(Object.values(whole.account), whole, 'the account')}`,
      `<h3>The trades</h3>${this.#metrics(Object.values(whole.metrics), whole, 'the trades')}`,
      ...dimensions.map(
        (dimension) => `<h2 id="by-${dimension}">By ${dimensionWords[dimension]}</h2>${this.#groups(dimension, groups[dimension])}`,
      ),
      `<h2 id="by-r">By R</h2>${this.#byR()}`,
      `<h2 id="${TRADES}">Trades</h2>${this.#table()}`,
      `<h2 id="journal">Trade journal</h2>${this.#pages()}`,
    ].join('\n');
  }

  /** Rows of a session stand together, in the order in which its trades ended. */
  #firstOf(): (date: SessionDate) => string | undefined {
    const first = new Map(this.#report.trades.toReversed().map(({ session, id }) => [session, rowAnchor(id)]));
    return (date) => first.get(date);
  }

  #targetsShort(): string {
    const rows = this.#report.performance.targets.map((one) => [
      safe(targetWords[one.name]),
      safe(targetText(one)),
      one.actual === null ? '–' : safe(valueText(one.actual)),
      `<span class="verdict">${verdictWords[one.verdict]}</span>`,
    ]);
    return table([{ head: 'what' }, { head: 'target' }, { head: 'actual', isNumber: true }, { head: 'verdict' }], rows, {
      label: 'targets in short',
    });
  }

  #targets(): string {
    const { performance } = this.#report;
    const all = performance.whole?.trades ?? [];
    const rows = performance.targets.map((one) => {
      const { actual } = one;
      return [
        safe(targetWords[one.name]),
        safe(targetText(one)),
        actual === null ? 'not in this record' : safe(valueText(actual)),
        actual === null ? '' : safe(intervalText(actual)),
        actual === null ? '' : this.#links.behind(actual.trades ?? all, safe(sampleText(actual))),
        `<span class="verdict">${verdictWords[one.verdict]}</span>`,
      ];
    });
    const columns = [
      { head: 'what' },
      { head: 'target' },
      { head: 'actual', isNumber: true },
      { head: '95 % interval', isNumber: true },
      { head: 'made of' },
      { head: 'verdict' },
    ];
    return `${table(columns, rows, { label: 'target against actual' })}<p class="soft">A verdict is given only when the whole interval lies on one side of the target. A drawdown that has happened is not met, whatever the interval says. Nothing is met before ${ENOUGH_SESSIONS} sessions, and nothing that trades measure before ${ENOUGH_TRADES} trades.</p>`;
  }

  #periods(whole: Period): string {
    const { performance } = this.#report;
    const rows = [...performance.periods, whole].map((period) => {
      const { metrics, account, trades, from, to, sessions, halted } = period;
      return [
        period === whole ? '<b>all</b>' : safe(from === to ? from : `${from} to ${to}`),
        String(sessions),
        this.#links.behind(trades, `${trades.length}${few(trades)}`),
        cell(metrics.win_rate),
        cell(metrics.expectancy),
        cell(metrics.profit_factor),
        coloured(account.day_pnl),
        money(account.all_fees),
        cell(account.return),
        cell(account.max_drawdown, false),
        cell(account.exposure_mean),
        halted === 0 ? '' : String(halted),
      ];
    });
    const columns = [
      'period',
      'n',
      'trades',
      'won',
      'expectancy',
      'profit factor',
      'P&amp;L',
      'fees',
      'return',
      'max drawdown',
      'exposure',
      'halted',
    ];
    return table(
      columns.map((head, place) => ({ head: place === 1 ? 'sessions' : head, isNumber: place !== 0 && place !== 2 })),
      rows,
      { label: 'by period' },
    );
  }

  #metrics(metrics: readonly Metric[], whole: Period, label: string): string {
    const rows = metrics.map((one) => [
      safe(metricWords[one.name as keyof typeof metricWords]),
      safe(valueText(one)),
      safe(intervalText(one)),
      // What is made of sessions opens to their trades.
      this.#links.behind(
        one.trades ?? whole.trades,
        safe(one.of === 'trades' ? sampleText(one) : `${sampleText(one)}, ${whole.trades.length} trades`),
      ),
    ]);
    return table(
      [{ head: 'number' }, { head: 'value', isNumber: true }, { head: '95 % interval', isNumber: true }, { head: 'made of' }],
      rows,
      { label, ids: metrics.map(({ name }) => metricAnchor(name)) },
    );
  }

  #byR(): string {
    const bins = rBins(this.#report.trades);
    const rows = bins.flatMap(({ trades }, place) =>
      trades.length === 0
        ? []
        : [{ anchor: binAnchor(place), cells: [binWords(bins, place), this.#links.behind(trades, `${trades.length}`)] }],
    );
    return table(
      [{ head: 'R' }, { head: 'trades' }],
      rows.map(({ cells }) => cells),
      { label: 'by R', ids: rows.map(({ anchor }) => anchor) },
    );
  }

  #groups(dimension: Dimension, groups: readonly Group[]): string {
    const rows = groups.map(({ key, trades, metrics }) => [
      safe(keyWords(dimension, key)),
      this.#links.behind(trades, `${trades.length}${few(trades)}`),
      cell(metrics.win_rate),
      cell(metrics.expectancy),
      cell(metrics.profit_factor),
      coloured(metrics.net_pnl),
      money(metrics.fees),
      cell(metrics.favourable, false),
      cell(metrics.adverse, false),
      cell(metrics.slippage_entry, false),
      cell(metrics.slippage_exit, false),
      cell(metrics.minutes_mean, false),
    ]);
    const columns = [
      dimensionWords[dimension],
      'trades',
      'won',
      'expectancy',
      'profit factor',
      'P&amp;L',
      'fees',
      'MFE',
      'MAE',
      'entry slippage',
      'exit slippage',
      'time',
    ];
    return table(
      columns.map((head, place) => ({ head, isNumber: place > 1 })),
      rows,
      { label: `by ${dimensionWords[dimension]}`, ids: rows.map((_, place) => groupAnchor(dimension, place)) },
    );
  }

  #table(): string {
    const { trades, record } = this.#report;
    const rows = trades.map((trade) => [
      this.#links.hasPage(trade.id) ? `<a href="#${pageAnchor(trade.id)}">${trade.id}</a>` : trade.id,
      `${trade.session} ${clockOf(trade)}`,
      safe(record.nameOf(trade.symbol)),
      trade.plan === null ? 'none' : safe(words(trade.plan.pattern)),
      trade.plan === null ? 'none' : safe(words(trade.plan.catalyst)),
      String(trade.shares),
      priceText(trade.entry),
      priceText(trade.exit),
      `<span class="${trade.pnl < 0 ? 'lossink' : 'gainink'}">${dollars(trade.pnl)}</span>`,
      trade.rMultiple === null ? '–' : plain(trade.rMultiple, 2),
      trade.favourable.r === null ? '–' : plain(trade.favourable.r, 2),
      trade.adverse.r === null ? '–' : plain(trade.adverse.r, 2),
      safe(words(trade.reason)) + (trade.noMarket ? ', no market' : ''),
    ]);
    const columns = [
      'trade',
      'decided',
      'name',
      'setup',
      'catalyst',
      'shares',
      'entry',
      'exit',
      'P&amp;L',
      'R',
      'MFE R',
      'MAE R',
      'ended by',
    ];
    const whole = table(
      columns.map((head, place) => ({ head, isNumber: place > 4 && place < 12 })),
      rows,
      { label: 'all trades', ids: trades.map(({ id }) => rowAnchor(id)) },
    );
    // What is closed is not laid out: a page of twenty thousand rows opens at once. An anchor into it opens it.
    return trades.length <= OPEN_ROWS ? whole : `<details><summary>all ${trades.length} trades</summary>${whole}</details>`;
  }

  #pages(): string {
    const { trades } = this.#report;
    const shown = trades.filter(({ id }) => this.#links.hasPage(id));
    const said =
      shown.length === trades.length
        ? ''
        : `<p class="caution">Of ${trades.length} trades the ${BEST} best and the ${WORST} worst by R and the last ones have a page, ${shown.length} in all. Every trade stands in the table above; catalyst report --trade &lt;id&gt; opens any of them.</p>`;
    return said + shown.map((trade) => this.#page(trade)).join('\n');
  }

  #page(trade: Trade): string {
    const { record } = this.#report;
    const title = titleOf(trade, record);
    const minutes = this.#bars.get(trade.id);
    const headline = trade.plan?.headline ?? null;
    return `<article id="${pageAnchor(trade.id)}"><h3><a href="#${rowAnchor(trade.id)}">${safe(title)}</a>: <span class="${trade.pnl < 0 ? 'lossink' : 'gainink'}">${dollars(trade.pnl)}, ${rText(trade.rMultiple)}</span></h3><div class="two"><div>${
      minutes === undefined ? '<p class="soft">No minutes of it are in the record.</p>' : tradePicture(trade, minutes, title)
    }</div><div><dl>${tradeFacts(trade)
      .map(([name, value]) => `<dt>${name}</dt><dd>${safe(value)}</dd>`)
      .join('')}</dl></div></div>${
      headline === null
        ? '<p class="soft">No headline spoke for it.</p>'
        : `<blockquote>${safe(headline.text)}<br><span class="soft">${headline.source === '' ? '' : `${safe(headline.source)}, `}known ${formatInstant(headline.knownAt)}</span></blockquote>`
    }${trade.notes.map((note) => `<p>${safe(noteText(note))}</p>`).join('')}</article>`;
  }
}

const few = (trades: readonly string[]): string => (trades.length < FEW ? ' ~' : '');
const money = ({ value }: Metric): string => (value === null ? '–' : dollars(value));
const coloured = (one: Metric): string => `<span class="${(one.value ?? 0) < 0 ? 'lossink' : 'gainink'}">${money(one)}</span>`;

/** A number and its unit stay on one line. */
const unparted = (told: string): string => safe(told).replace(/ (?=%|R\b|min\b)/g, '&nbsp;');

/** A value with its interval under it. */
function cell(one: Metric, isBetween = true): string {
  if (one.value === null) return '–';
  const interval = isBetween ? intervalText(one) : '';
  return `${unparted(valueText(one))}${interval === '' || one.interval === null ? '' : `<br><span class="soft">${unparted(interval)}</span>`}`;
}

/** The numbers that one looks at first. */
function cards({ metrics, account, trades }: Period): string {
  const shown: readonly (readonly [name: string, metric: Metric])[] = [
    ['P&L, after fees', account.day_pnl],
    ['return', account.return],
    [`won, of ${trades.length} trades`, metrics.win_rate],
    ['expectancy a trade', metrics.expectancy],
    ['profit factor', metrics.profit_factor],
    ['Sharpe ratio', account.sharpe],
    ['max drawdown, by the minute', account.max_drawdown],
    ['exposure, mean', account.exposure_mean],
  ];
  return `<div class="cards">${shown
    .map(([name, one]) => {
      const sign = one.unit === 'money' || one.name === 'return' ? ((one.value ?? 0) < 0 ? ' class="lossink"' : ' class="gainink"') : '';
      const interval = intervalText(one);
      return `<a class="card" href="#${metricAnchor(one.name)}"><span>${safe(name)}</span><b${sign}>${safe(valueText(one))}</b><span>${interval === '' ? safe(sampleText(one)) : `${safe(interval)}; ${safe(sampleText(one))}`}</span></a>`;
    })
    .join('')}</div>`;
}
