import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Road } from '#domain/decisions/judgement';
import type { Entry } from '#domain/events/event';
import { DecisionFold } from '#main/decisions/decision-fold';
import { unreadKinds } from '#main/decisions/read-decisions';
import type { Fold } from '#main/record/fold';
import { type LookBack, Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';
import { inCurrency } from '#main/record/scans-rows';
import { trading } from '#production/trading/trading';

/** Decisions with the roads that were not taken; those of a session when it has closed. */
export class DecisionsFold implements Fold {
  readonly names: Names;
  readonly remembers = null;
  readonly reads = null;
  readonly #fold = new DecisionFold(trading);

  constructor(look: LookBack) {
    this.names = new Names(look);
  }

  see(entry: Entry, rows: Rows | null): void {
    this.names.see(entry);
    const { kind } = entry.event;
    if (unreadKinds.has(kind)) return;
    this.#fold.see(entry, rows === null ? 'forgets' : 'resolves');
    if (kind !== 'session_closed' && kind !== 'session_opened') return;
    const places = new Map<number, number>();
    for (const record of this.#fold.taken()) {
      const place = places.get(record.sequence) ?? 0;
      places.set(record.sequence, place + 1);
      if (rows !== null) decisionRows(record, place, rows, this.names);
    }
  }
}

function decisionRows(record: DecisionRecord, place: number, rows: Rows, names: Names): void {
  const { sequence, snapshot, chosen, chosenBy, judgement } = record;
  const { market, dayPnl, features, positions } = snapshot;
  const point = rows.into('decision_points', sequence).int(place).instant(record.at).int(names.sessionOf(record.session));
  point.int(record.minute).word(record.kind).word(record.cause.kind).int(names.securityOrNull(record.symbol)).int(record.intent);
  point.int(record.stamp.version).e4(dayPnl).float(market.regime.move).float(market.regime.spread).word(market.regime.kind);
  point.float(market.spy).word(record.recommended).int(record.repeats).end();
  if (record.kind !== 'candidate')
    for (const { name, value, availableAt } of features) {
      const feature = rows.into('decision_features', sequence).int(place).word(name);
      if (typeof value === 'number') feature.float(value).null();
      else feature.null().text(value);
      feature.instant(availableAt).end();
    }
  for (const held of positions) {
    const row = rows.into('decision_positions', sequence).int(place).int(names.security(held.symbol)).int(held.shares);
    row.float(inCurrency(held.entry)).e4(Math.round(held.price)).e4(held.unrealised).int(held.minutes);
    row.float(held.sentiment?.value ?? null);
    if (held.technical === null) row.null();
    else row.bool(held.technical.atSupport);
    row.instant(held.availableAt).end();
  }
  for (const road of record.roads) roadRows(road, { sequence, place }, rows);
  if (chosen === null || chosenBy === null) return;
  const { grade, advantage, avoidedLoss, missedGain } = judgement;
  const choice = rows.into('decision_choices', sequence).int(place).word(chosen).text(chosenBy.by).instant(chosenBy.at);
  choice.word(grade).e4(advantage).e4(avoidedLoss).e4(missedGain).end();
  if (record.override) rows.into('human_overrides', sequence).int(place).text(chosenBy.because).word(chosenBy.code).end();
}

function roadRows({ choice, outcome, shares, sizedAlone, barrier }: Road, at: { sequence: number; place: number }, rows: Rows): void {
  rows.into('decision_options', at.sequence).int(at.place).word(choice).int(shares).bool(sizedAlone).end();
  if (outcome === null) return;
  const { filled, pnl, fees, r, favourable, adverse, minutes, entered, reason } = outcome;
  const row = rows.into('decision_outcomes', at.sequence).int(at.place).word(choice).int(filled).e4(pnl).e4(fees).float(r);
  row.float(favourable.r).e4(favourable.money).float(adverse.r).e4(adverse.money).int(minutes);
  row.instant(entered).word(reason).int(barrier).end();
}
