import { type Instant, instant } from '#domain/values/instant';
import { fieldIn, identityIn, listIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { type Headline, headline } from '#engine/ports/headline';
import type { RefusedItem } from '#engine/ports/news-source';

type Refusal = RefusedItem & { readonly kind: 'refused' };

export function readItem(raw: unknown, receivedAt: Instant): Result<Headline, Refusal> {
  if (typeof raw !== 'object' || raw === null) return refuse('not_an_object', raw);
  const vendorId = identityIn(raw, 'id');
  if (vendorId === null) return refuse('no_id', raw);
  const text = textIn(raw, 'title')?.trim() ?? '';
  if (text === '') return refuse('no_text', vendorId);
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

const shape = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UT|UTC|Z|[ECMP][SD]T)$/;

/** "Tue, 24 Nov 2026 09:30:00 -0500"; `null` without a zone. */
export function parseRfc2822(text: string): Instant | null {
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : instant(ms);
}
