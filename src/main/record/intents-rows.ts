import type { Entry, EventOf } from '#domain/events/event';
import type { Refusal } from '#domain/risk/refusal';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';
import { inCurrency, knownPrice } from '#main/record/scans-rows';

export function intentRow(entry: Entry, { intent }: EventOf<'intent_formed'>, rows: Rows, names: Names): void {
  const { symbol, side, limit, target, pattern, confidence, atr, support, liquidShares, record } = intent;
  const row = rows.into('intents', entry.sequence).instant(entry.at).int(names.session).int(names.cycleOf(entry));
  row.int(names.security(symbol)).word(side).e4(limit).e4(target).word(pattern).float(confidence);
  row.float(inCurrency(atr)).float(knownPrice(support)).int(Math.floor(liquidShares));
  row.int(record.count).int(record.won).float(record.meanR).float(record.deviationR).end();
}

export function passedRow({ sequence, at }: Entry, event: EventOf<'intent_approved' | 'approval_wanted'>, rows: Rows): void {
  const { kind, intent, order, stamp } = event;
  const row = rows.into('intent_verdicts', sequence).instant(at).int(intent).int(stamp.version);
  row
    .word(kind === 'intent_approved' ? 'approved' : 'approval_wanted')
    .e4(order.stop)
    .int(order.shares)
    .e4(order.risk)
    .end();
}

export function refusedRows({ sequence, at }: Entry, event: EventOf<'intent_refused'>, rows: Rows, names: Names): void {
  const { intent, stop, shares, stamp, refusals } = event;
  const row = rows.into('intent_verdicts', sequence).instant(at).int(intent).int(stamp.version);
  row.word('refused').e4(stop).int(shares).null().end();
  for (const [index, refusal] of refusals.entries()) {
    const place = index + 1;
    const { kind, ...numbers } = refusal;
    rows.into('intent_refusals', sequence).int(place).text(kind).end();
    const other = otherName(refusal);
    for (const [name, value] of Object.entries<number | string | null>(numbers))
      if (name !== other?.field && value !== null) rows.into('refusal_numbers', sequence).int(place).text(name).text(String(value)).end();
    if (other !== null) rows.into('refusal_securities', sequence).int(place).int(names.security(other.symbol)).end();
  }
}

/** The field that names a security. */
function otherName(refusal: Refusal): { readonly field: string; readonly symbol: SymbolIndex } | null {
  if ('other' in refusal) return { field: 'other', symbol: refusal.other };
  return 'symbol' in refusal ? { field: 'symbol', symbol: refusal.symbol } : null;
}
