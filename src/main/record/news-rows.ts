import type { Entry, EventOf } from '#domain/events/event';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

export function headlineRows({ sequence }: Entry, event: EventOf<'headline_published'>, rows: Rows, names: Names): void {
  const { id, knownAt, publishedAt, source, text, symbols } = event;
  rows.into('news_items', sequence).text(id).instant(knownAt).instant(publishedAt).text(source).text(text).end();
  for (const symbol of new Set(symbols)) rows.into('news_item_securities', sequence).int(names.security(symbol)).end();
}

export function catalystRows({ sequence, at }: Entry, event: EventOf<'catalyst_detected'>, rows: Rows, names: Names): void {
  const { headline, story, outlets, symbol, catalyst, direction, strength, sentiment, reliability, evidence } = event;
  const events = rows.into('catalyst_events', sequence).instant(at).int(names.headline(headline)).int(names.security(symbol));
  events.int(names.headline(story)).int(outlets).word(catalyst).int(direction).float(strength).end();
  for (const [place, { from, to }] of evidence.entries())
    rows
      .into('catalyst_evidence', sequence)
      .int(place + 1)
      .int(from)
      .int(to)
      .end();
  rows.into('news_sentiment', sequence).float(sentiment).float(reliability).end();
}
