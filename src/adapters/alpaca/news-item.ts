import type { Instant } from '#domain/values/instant';
import { identityIn, listIn, shortly, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { type Headline, headline, saysSomething } from '#engine/ports/headline';
import type { NewsPage, RefusedItem } from '#engine/ports/news-source';

type Refusal = RefusedItem & { readonly kind: 'refused' };

/** An item of the REST answer, or a message "n" of the stream: the same fields. */
function readItem(raw: unknown, receivedAt: Instant): Result<Headline, Refusal> {
  if (typeof raw !== 'object' || raw === null) return refuse('not_an_object', raw);
  const vendorId = identityIn(raw, 'id');
  if (vendorId === null) return refuse('no_id', raw);
  const text = textIn(raw, 'headline')?.trim() ?? '';
  if (!saysSomething(text)) return refuse('no_text', vendorId);
  const created = textIn(raw, 'created_at');
  const updated = textIn(raw, 'updated_at');
  const publishedAt = created === null ? null : parseRfc3339(created);
  const updatedAt = updated === null ? publishedAt : parseRfc3339(updated);
  if (updatedAt === null || (created !== null && publishedAt === null)) return refuse('bad_time', `${created ?? ''} ${updated ?? ''}`);
  return ok(
    headline({
      vendor: 'alpaca',
      vendorId,
      publishedAt,
      updatedAt,
      receivedAt,
      outlet: textIn(raw, 'source') ?? '',
      text,
      url: textIn(raw, 'url') ?? '',
      symbols: (listIn(raw, 'symbols') ?? []).filter((symbol) => typeof symbol === 'string'),
    }),
  );
}

const refuse = (reason: RefusedItem['reason'], received: unknown) => fail({ kind: 'refused', reason, received: shortly(received) });

/** The headlines of a page or of a text of the stream; an item that is none is counted, and the rest is read. */
export function readItems(items: readonly unknown[], receivedAt: Instant): Omit<NewsPage, 'coveredTo'> {
  const headlines: Headline[] = [];
  const refused: RefusedItem[] = [];
  for (const item of items) {
    const read = readItem(item, receivedAt);
    if (read.ok) headlines.push(read.value);
    else refused.push({ reason: read.problem.reason, received: read.problem.received });
  }
  return { headlines, refused };
}
