import { createHash } from 'node:crypto';
import { withoutEntities } from '#domain/news/entities';
import { matchingText } from '#domain/news/headline-text';
import type { Instant } from '#domain/values/instant';

/** A headline as a vendor tells it. Its text is data whatever it says. */
export type Headline = {
  /** The vendor's name, a colon and the vendor's own id: "alpaca:24918784". Updates of a story share it. */
  readonly id: string;
  /** Changes when text, tickers or address of the story change; together with the id it names what has been seen. */
  readonly revision: string;
  /** When the publisher says that it came out, where it says so. */
  readonly publishedAt: Instant | null;
  /** When the vendor last touched it; resuming counts by this. */
  readonly updatedAt: Instant;
  /** When it reached this machine. */
  readonly receivedAt: Instant;
  readonly vendor: string;
  /** Whose words they are: "benzinga", "Reuters". */
  readonly outlet: string;
  readonly text: string;
  readonly url: string;
  /** Tickers that the vendor names, as it writes them; those that can be none are left out. */
  readonly symbols: readonly string[];
};

const TEXT_MAX = 500;
const OUTLET_MAX = 80;
const URL_MAX = 1000;
const SYMBOLS_MAX = 100;
const REVISION_LENGTH = 12;

type Parts = Omit<Headline, 'id' | 'revision'> & { readonly vendorId: string };

/** Bounds every text, takes entities and line ends out, and marks the revision. */
export function headline({ vendorId, ...parts }: Parts): Headline {
  const text = oneLine(withoutEntities(parts.text), TEXT_MAX);
  const symbols = [...new Set(parts.symbols.filter((symbol) => tickerShape.test(symbol)))].slice(0, SYMBOLS_MAX);
  const url = parts.url.length <= URL_MAX && /^https?:\/\//i.test(parts.url) ? oneLine(parts.url, URL_MAX) : '';
  return {
    ...parts,
    id: `${parts.vendor}:${oneLine(vendorId, OUTLET_MAX)}`,
    revision: revisionOf(text, symbols, url),
    outlet: oneLine(withoutEntities(parts.outlet), OUTLET_MAX),
    text,
    url,
    symbols,
  };
}

/** Whether a reader would see anything of it: what hides or steers is no headline. */
export const saysSomething = (text: string): boolean => matchingText(oneLine(withoutEntities(text), TEXT_MAX)) !== '';

const tickerShape = /^[A-Z0-9][A-Z0-9.-]{0,9}$/;

const revisionOf = (text: string, symbols: readonly string[], url: string): string =>
  createHash('sha256')
    .update(JSON.stringify([text, [...symbols].sort(), url]))
    .digest('hex')
    .slice(0, REVISION_LENGTH);

/** No control characters, no line ends, no half of a pair at the cut. A megabyte is cut before it is looked at. */
function oneLine(text: string, max: number): string {
  const plain = text
    .slice(0, 4 * max)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  const cut = plain.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
