import { instant } from '#domain/values/instant';
import { ok, type Result } from '#domain/values/result';
import type { BarHistory, KnownSplit } from '#simulation/broker-market/bar-history';
import { instantIn, type Misunderstood, type Query, wordsIn } from '#simulation/broker-market/data-query';

/** The splits that are known: those that took effect, and those of the next session. Other actions are not simulated. */
export function corporateActions({ history }: { readonly history: BarHistory }, query: Query): Result<unknown, Misunderstood> {
  const start = instantIn(query, 'start');
  const end = instantIn(query, 'end');
  if (!start.ok) return start;
  if (!end.ok) return end;
  const symbols = wordsIn(query, 'symbols');
  const types = wordsIn(query, 'types');
  const found = history
    .splits()
    .filter(
      ({ ticker, session }) =>
        (symbols.length === 0 || symbols.includes(ticker)) &&
        (start.value === null || session.postClose >= start.value) &&
        (end.value === null || session.preOpen <= instant(end.value)),
    );
  const forward = found.filter(({ ratio }) => ratio > 1);
  const reverse = found.filter(({ ratio }) => ratio < 1);
  const wanted = (type: string, splits: readonly KnownSplit[]) =>
    splits.length > 0 && (types.length === 0 || types.includes(type)) ? { [`${type}s`]: splits.map(splitJson) } : {};
  return ok({
    corporate_actions: { ...wanted('forward_split', forward), ...wanted('reverse_split', reverse) },
    next_page_token: null,
  });
}

const splitJson = ({ ticker, ratio, session }: KnownSplit) => ({
  id: `split-${ticker}-${session.date}`,
  symbol: ticker,
  cusip: '',
  new_rate: ratio >= 1 ? ratio : 1,
  old_rate: ratio >= 1 ? 1 : Math.round(1 / ratio),
  process_date: session.date,
  ex_date: session.date,
  record_date: session.date,
  payable_date: session.date,
});
