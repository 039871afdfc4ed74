import type { Entry, EventOf } from '#domain/events/event';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

export function splitRow({ sequence, at }: Entry, { symbol, ratio }: EventOf<'split_took_effect'>, rows: Rows, names: Names): void {
  rows.into('corporate_actions', sequence).instant(at).int(names.security(symbol)).word('split').float(ratio).end();
}

export function statusRow({ sequence, at }: Entry, { symbol, status }: EventOf<'asset_status_changed'>, rows: Rows, names: Names): void {
  rows.into('asset_statuses', sequence).instant(at).int(names.security(symbol)).word(status).end();
}

export function sectorRows({ sequence }: Entry, { sectors }: EventOf<'sectors_listed'>, rows: Rows, names: Names): void {
  // A file may say it twice: the last word counts.
  for (const [symbol, sector] of new Map(sectors.map((one) => [one.symbol, one.sector])))
    rows.into('security_sectors', sequence).int(names.security(symbol)).text(sector).int(sectorOf(sector)).end();
}

/** As the table `sectors` numbers them: the names of GICS, and words by which they are often called. */
const sectorWords: readonly (readonly [id: number, ...words: readonly string[]])[] = [
  [1, 'energy'],
  [2, 'materials', 'basic materials'],
  [3, 'industrials'],
  [4, 'consumer discretionary'],
  [5, 'consumer staples'],
  [6, 'health care', 'healthcare'],
  [7, 'financials'],
  [8, 'information technology'],
  [9, 'communication services'],
  [10, 'utilities'],
  [11, 'real estate'],
];
const sectorIds: ReadonlyMap<string, number> = new Map(sectorWords.flatMap(([id, ...words]) => words.map((word) => [word, id] as const)));

const sectorOf = (told: string): number | null => sectorIds.get(told.trim().toLowerCase()) ?? null;
