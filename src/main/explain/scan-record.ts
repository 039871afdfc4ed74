import type { Entry } from '#domain/events/event';
import {
  type AgreedCandidate,
  type Candidate,
  type ChosenCandidate,
  type ConfirmedCandidate,
  type DropReason,
  dropReasonsOf,
  type FoundSetup,
  type StageEvent,
} from '#domain/events/funnel';
import type { Settings } from '#domain/settings';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** The stages of a scan in their order, by the kind of their event. */
export const stageKinds = [
  'candidates_found',
  'catalysts_confirmed',
  'indicators_agreed',
  'setups_found',
  'intents_chosen',
] as const satisfies readonly StageEvent['kind'][];

type Kept =
  | { readonly stage: 'candidates_found'; readonly item: Candidate }
  | { readonly stage: 'catalysts_confirmed'; readonly item: ConfirmedCandidate }
  | { readonly stage: 'indicators_agreed'; readonly item: AgreedCandidate }
  | { readonly stage: 'setups_found'; readonly item: FoundSetup }
  | { readonly stage: 'intents_chosen'; readonly item: ChosenCandidate };

/** How a stage judged one name: in which place it was kept, or why it was let go. */
export type StageRecord = {
  readonly stage: StageEvent['kind'];
  readonly sequence: number;
  /** Names kept, and the score of the last of them; null when nobody was. */
  readonly keptCount: number;
  readonly lastKept: number | null;
} & (
  | { readonly outcome: 'kept'; readonly rank: number; readonly kept: Kept }
  | { readonly outcome: 'dropped'; readonly reasons: readonly DropReason[]; readonly settings: Settings }
);

/** One scan as it went for one name; `stages` ends where it fell out, and is empty when it was not looked at. */
export type ScanRecord = { readonly scan: number; readonly minute: number; readonly at: Instant; readonly stages: StageRecord[] };

/** The last scan by that minute; null when there was none yet. */
export const scanBy = (scans: readonly ScanRecord[], minute: number): ScanRecord | null =>
  scans.findLast((scan) => scan.minute <= minute) ?? null;

/** What a stage says of a name under these settings; null when it did not come that far. */
export function stageRecordOf({ sequence, event }: Entry<StageEvent['kind']>, symbol: SymbolIndex, settings: Settings): StageRecord | null {
  const common = { stage: event.kind, sequence, keptCount: event.kept.length, lastKept: event.kept.at(-1)?.score ?? null };
  const place = event.kept.findIndex((kept) => kept.symbol === symbol);
  const item = event.kept[place];
  if (item !== undefined) return { ...common, outcome: 'kept', rank: place + 1, kept: { stage: event.kind, item } as Kept };
  const dropped = event.dropped.symbols.indexOf(symbol);
  if (dropped < 0) return null;
  return { ...common, outcome: 'dropped', reasons: dropReasonsOf(event.dropped.reasons[dropped] ?? 0), settings };
}
