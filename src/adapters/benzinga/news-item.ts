import type { Instant } from '#domain/values/instant';
import { fieldIn, identityIn, listIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { type Headline, headline, saysSomething } from '#engine/ports/headline';
import type { RefusedItem } from '#engine/ports/news-source';

type Refusal = RefusedItem & { readonly kind: 'refused' };

export function readItem(raw: unknown, receivedAt: Instant): Result<Headline, Refusal> {
  if (typeof raw !== 'object' || raw === null) return refuse('not_an_object', raw);
  const vendorId = identityIn(raw, 'id');
  if (vendorId === null) return refuse('no_id', raw);
  const text = textIn(raw, 'title')?.trim() ?? '';
  if (!saysSomething(text)) return refuse('no_text', vendorId);
  const created = textIn(raw, 'created');
  const updated = textIn(raw, 'updated');
  const publishedAt = created === null ? null : parseRfc2822(created);
  const updatedAt = updated === null ? publishedAt : parseRfc2822(updated);
  if (updatedAt === null || (created !== null && publishedAt === null)) return refuse('bad_time', `${created ?? ''} ${updated ?? ''}`);
  return ok(
    headline({
      vendor: 'benzinga',
      vendorId,
      publishedAt,
      updatedAt,
      receivedAt,
      outlet: textIn(raw, 'author') ?? 'Benzinga',
      text,
      url: textIn(raw, 'url') ?? '',
      symbols: (listIn(raw, 'stocks') ?? []).map((stock) => fieldIn(stock, 'name')).filter((name) => typeof name === 'string'),
    }),
  );
}

const refuse = (reason: RefusedItem['reason'], received: unknown) => fail({ kind: 'refused', reason, received: shortly(received) });

const shape = /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d)(:\d\d)? ([+-]\d{4}|[A-Z]{1,3})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The names of RFC 2822 for zones; all others would be a guess. */
const zones: ReadonlyMap<string, string> = new Map([
  ['GMT', 'Z'],
  ['UT', 'Z'],
  ['UTC', 'Z'],
  ['Z', 'Z'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
]);

/** "Tue, 24 Nov 2026 09:30:00 -0500"; `null` without a zone, and for a day that no calendar has, which `Date.parse` would move. */
export function parseRfc2822(text: string): Instant | null {
  const [, day = '', name = '', year = '', minute = '', second = ':00', offset = ''] = shape.exec(text) ?? [];
  const zone = zones.get(offset) ?? `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const month = String(months.indexOf(name) + 1).padStart(2, '0');
  return parseRfc3339(`${year}-${month}-${day.padStart(2, '0')}T${minute}${second}${zone}`);
}
