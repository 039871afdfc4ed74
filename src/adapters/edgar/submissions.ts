import type { Instant } from '#domain/values/instant';
import { fieldIn, listIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { RefusedItem } from '#engine/ports/news-source';

export type Filing = {
  /** "0001437749-16-028287". */
  readonly accession: string;
  /** The digits as they are printed, read as UTC; `acceptance-clock.ts` tells what they mean. */
  readonly printedAt: Instant;
  readonly form: '8-K' | '8-K/A';
  readonly items: string;
  readonly document: string;
};

export type Filings = {
  readonly filings: readonly Filing[];
  readonly printed: readonly Instant[];
  readonly refused: readonly RefusedItem[];
};
export type Submissions = Filings & {
  readonly company: string;
  readonly tickers: readonly string[];
  readonly older: readonly { readonly name: string; readonly to: string }[];
};

type Unreadable = { readonly kind: 'unreadable_page'; readonly expected: string; readonly received: string };

const texts = (list: readonly unknown[] | null): readonly string[] => (list ?? []).filter((each) => typeof each === 'string');

/** `CIK##########.json`: a company, its latest filings in columns, and the names of files with older ones. */
export function readSubmissions(raw: unknown): Result<Submissions, Unreadable> {
  const filings = fieldIn(raw, 'filings');
  const recent = readFilings(fieldIn(filings, 'recent'));
  if (!recent.ok) return recent;
  const older = (listIn(filings, 'files') ?? []).flatMap((file) => {
    const name = textIn(file, 'name');
    return name !== null && olderShape.test(name) ? [{ name, to: textIn(file, 'filingTo') ?? '' }] : [];
  });
  return ok({ ...recent.value, company: textIn(raw, 'name') ?? '', tickers: texts(listIn(raw, 'tickers')), older });
}

/** It becomes a part of an address, so nothing looser. */
const olderShape = /^CIK\d{10}-submissions-\d{1,4}\.json$/;
const accessionShape = /^\d{10}-\d{2}-\d{6}$/;
const documentShape = /^[\w][\w.-]{0,150}$/;

export function readFilings(columns: unknown): Result<Filings, Unreadable> {
  const forms = listIn(columns, 'form');
  const accessions = listIn(columns, 'accessionNumber');
  const times = listIn(columns, 'acceptanceDateTime');
  if (forms === null || accessions === null || times === null)
    return fail({
      kind: 'unreadable_page',
      expected: 'columns form, accessionNumber, acceptanceDateTime',
      received: shortly(columns),
    });
  const items = listIn(columns, 'items') ?? [];
  const documents = listIn(columns, 'primaryDocument') ?? [];
  const filings: Filing[] = [];
  const printed: Instant[] = [];
  const refused: RefusedItem[] = [];
  for (const [row, form] of forms.entries()) {
    const time = times[row];
    const printedAt = typeof time === 'string' ? parseRfc3339(time) : null;
    if (printedAt !== null) printed.push(printedAt);
    if (form !== '8-K' && form !== '8-K/A') continue;
    const accession = accessions[row];
    if (typeof accession !== 'string' || !accessionShape.test(accession)) {
      refused.push({ reason: 'no_id', received: shortly(accession) });
      continue;
    }
    if (printedAt === null) {
      refused.push({ reason: 'bad_time', received: shortly(time) });
      continue;
    }
    const document = documents[row];
    const item = items[row];
    filings.push({
      accession,
      printedAt,
      form,
      items: typeof item === 'string' ? item : '',
      document: typeof document === 'string' && documentShape.test(document) ? document : '',
    });
  }
  return ok({ filings, printed, refused });
}
