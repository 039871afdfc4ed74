import { safe } from '#main/report/html/markup';

export type Scale = (value: number) => number;

/** A straight line from values to places; of a range without an extent, the middle. */
export function scale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  if (to === from) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** A coordinate: a tenth of a pixel is enough. */
export const at = (value: number): string => String(Math.round(value * 10) / 10);

/** Round values of a range, about so many: 1, 2 or 5 of a power of ten apart. */
export function ticks([from, to]: readonly [number, number], about: number): readonly number[] {
  const range = to - from;
  if (!(range > 0)) return [from];
  let step = 1;
  while (step * 10 <= range / about) step *= 10;
  while (step > range / about) step /= 10;
  const factor = range / about / step;
  step *= factor > 5 ? 10 : factor > 2 ? 5 : factor > 1 ? 2 : 1;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
}

export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What it shows, in words, for whoever does not see it. */
  readonly description: string;
  readonly body: string;
  /** The classes by which the style tells wide pictures from narrow ones. */
  readonly kind?: string;
  /** Whether parts of it lead somewhere; then it is no single image to whoever hears it. */
  readonly hasLinks?: boolean;
};

/** A picture that scales with its box. */
export const picture = ({ width, height, title, description, body, kind = '', hasLinks = false }: Picture): string =>
  `<svg class="${kind}" viewBox="0 0 ${width} ${height}" role="${hasLinks ? 'group' : 'img'}" aria-label="${safe(`${title}: ${description}`)}"><title>${safe(title)}</title>${body}</svg>`;

export const text = (
  x: number,
  y: number,
  words: string,
  { anchor = 'start', kind = 'lbl' }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly kind?: string } = {},
): string => `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" class="${kind}">${safe(words)}</text>`;

export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" class="${kind}"/>`;

export const rect = (x: number, y: number, width: number, height: number, kind: string, told = ''): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(Math.max(0, height))}" class="${kind}">${told === '' ? '' : `<title>${safe(told)}</title>`}</rect>`;

/** A part of a picture that leads to an anchor; what it says is what it is called. */
export const linked = (anchor: string, told: string, part: string): string => `<a href="#${anchor}" aria-label="${safe(told)}">${part}</a>`;

export const path = (points: readonly (readonly [number, number])[], kind: string, close = ''): string =>
  points.length === 0 ? '' : `<path d="M${points.map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}${close}" class="${kind}"/>`;
