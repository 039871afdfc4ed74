import type { DrawnLine } from '#domain/patterns/setup';
import type { ChartBar } from '#domain/patterns/symbol-view';
import { printable } from '#main/commands/printable';

/** Prices in 1e-4; levels that are not known are left out. */
export type PictureOf = {
  readonly title: string;
  readonly bars: readonly ChartBar[];
  /** Minutes that a bar lasts. */
  readonly span: number;
  readonly drawing: readonly DrawnLine[];
  readonly levels: readonly { readonly name: 'entry' | 'stop' | 'target' | 'invalidation'; readonly price: number }[];
};

const WIDTH = 960;
const HEIGHT = 540;
const MARGIN = { left: 16, right: 144, top: 44, bottom: 34 } as const;
/** Below the candles a strip for the volume, as a share of the height. */
const VOLUME_SHARE = 0.16;
const TEXT_GAP = 13;
const CANDLE_MAX = 18;
const ink = { paper: '#ffffff', text: '#22252a', faint: '#e3e6ea', up: '#1f8a5b', down: '#c2443c', line: '#2457b3' } as const;
const levelInk = { entry: '#2457b3', stop: '#c2443c', target: '#1f8a5b', invalidation: '#b7791f' } as const;

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const dollars = (price: number): string => (price / 10_000).toFixed(2);
const safe = (text: string): string => printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const round = (value: number): string => value.toFixed(1);

/** A setup as a picture that needs nothing else: candles, volume, the lines of the pattern, and the plan at the right. */
export function setupPicture({ title, bars, span, drawing, levels }: PictureOf): string {
  const points = drawing.flatMap(({ points: of }) => of);
  const prices = [
    ...bars.flatMap(({ high, low }) => [high, low]),
    ...points.map(({ price }) => price),
    ...levels.map(({ price }) => price),
  ];
  const minutes = [...bars.flatMap(({ minute }) => [minute, minute + span]), ...points.map(({ minute }) => minute)];
  if (bars.length === 0) return frame(title, '');
  const x = scale(Math.min(...minutes), Math.max(...minutes), MARGIN.left, WIDTH - MARGIN.right);
  const floor = HEIGHT - MARGIN.bottom;
  const chartFloor = floor - VOLUME_SHARE * HEIGHT;
  const y = scale(Math.max(...prices), Math.min(...prices), MARGIN.top, chartFloor - 8);
  const busiest = Math.max(1, ...bars.map(({ volume }) => volume));
  const width = Math.min(CANDLE_MAX, Math.max(1, 0.68 * (x(span) - x(0))));
  const candles = bars.map(({ minute, open, high, low, close, volume }) => {
    const middle = x(minute + span / 2);
    const colour = close >= open ? ink.up : ink.down;
    const [top, bottom] = [y(Math.max(open, close)), y(Math.min(open, close))];
    const tall = (volume / busiest) * (floor - chartFloor - 6);
    return [
      `<line x1="${round(middle)}" x2="${round(middle)}" y1="${round(y(high))}" y2="${round(y(low))}" stroke="${colour}"/>`,
      `<rect x="${round(middle - width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(Math.max(1, bottom - top))}" fill="${colour}"/>`,
      `<rect x="${round(middle - width / 2)}" y="${round(floor - tall)}" width="${round(width)}" height="${round(tall)}" fill="${colour}" opacity="0.35"/>`,
    ].join('');
  });
  const hours = ticksOf(Math.min(...minutes), Math.max(...minutes)).map(
    (minute) =>
      `<line x1="${round(x(minute))}" x2="${round(x(minute))}" y1="${MARGIN.top}" y2="${floor}" stroke="${ink.faint}"/>` +
      `<text x="${round(x(minute))}" y="${HEIGHT - 14}" text-anchor="${x(minute) < 2 * MARGIN.left ? 'start' : 'middle'}">${clock(minute)}</text>`,
  );
  const body = [...hours, ...candles, ...planLines(levels, y), ...drawing.map((one) => shapeLine(one, x, y))].join('\n');
  return frame(title, body);
}

type Scale = (value: number) => number;

function scale(from: number, to: number, start: number, end: number): Scale {
  const range = to === from ? 1 : to - from;
  return (value) => start + ((value - from) / range) * (end - start);
}

/** Whole half hours, or quarters on a short chart. */
function ticksOf(from: number, to: number): readonly number[] {
  const every = to - from > 150 ? 60 : to - from > 60 ? 30 : 10;
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, i) => first + i * every);
}

/** Dashed from side to side, with their names one below the other at the right, never over each other. */
function planLines(levels: PictureOf['levels'], y: Scale): readonly string[] {
  let last = Number.NEGATIVE_INFINITY;
  return levels
    .toSorted((a, b) => b.price - a.price)
    .map(({ name, price }) => {
      const text = Math.max(y(price) + 4, last + TEXT_GAP);
      last = text;
      const colour = levelInk[name];
      return (
        `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right + 4}" y1="${round(y(price))}" y2="${round(y(price))}" stroke="${colour}" stroke-dasharray="5 4"/>` +
        `<text x="${WIDTH - MARGIN.right + 8}" y="${round(text)}" fill="${colour}">${name} ${dollars(price)}</text>`
      );
    });
}

/** A line with its role beside its middle, on the side away from the candles; a single point becomes a ring. */
function shapeLine({ role, points }: DrawnLine, x: Scale, y: Scale): string {
  const [first] = points;
  if (first === undefined) return '';
  const half = points[Math.floor(points.length / 2)] ?? first;
  const before = points.length === 2 ? first : half;
  const [at, on] = [(x(before.minute) + x(half.minute)) / 2, (y(before.price) + y(half.price)) / 2];
  const drop = isBelow(role) ? 17 : -7;
  const name = `<text x="${round(at)}" y="${round(on + drop)}" text-anchor="middle" fill="${ink.line}" stroke="${ink.paper}" stroke-width="3" paint-order="stroke">${safe(role)}</text>`;
  if (points.length === 1)
    return `<circle cx="${round(at)}" cy="${round(on)}" r="5" fill="none" stroke="${ink.line}" stroke-width="2"/>${name}`;
  const path = points.map(({ minute, price }) => `${round(x(minute))},${round(y(price))}`).join(' ');
  const dash = role === 'projection' ? ' stroke-dasharray="2 5"' : '';
  return `<polyline points="${path}" fill="none" stroke="${ink.line}" stroke-width="2"${dash}/>${name}`;
}

const isBelow = (role: string): boolean => /bottom|low|base|support|cup|handle/.test(role);

const frame = (title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12" fill="${ink.text}">
<title>${safe(title)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="${ink.paper}"/>
<text x="${MARGIN.left}" y="26" font-size="16">${safe(title)}</text>
${body}
</svg>
`;
