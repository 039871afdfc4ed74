import type { TableColumn, TableValue } from '#adapters/duckdb/table-file';
import { LABEL_VERSION } from '#domain/decisions/barrier-label';
import type { DecisionRecord } from '#domain/decisions/decision-record';
import { type FeatureUnit, features } from '#domain/decisions/feature';
import type { Road } from '#domain/decisions/judgement';
import { formatInstant } from '#domain/values/instant';

/** One example: an entry that was made or was not, and the road on which it was made. */
export type Example = { readonly record: DecisionRecord; readonly road: Road; readonly symbol: string; readonly run: string };

/** What a column is for: to name the row, to be learnt from, or to be learnt. */
export type ColumnPart = 'key' | 'feature' | 'label';

export type DatasetColumn = TableColumn & {
  readonly part: ColumnPart;
  readonly unit: FeatureUnit;
  readonly available: string;
  readonly means: string;
  readonly valueFor: (example: Example) => TableValue;
};

type Told = Omit<DatasetColumn, 'name' | 'part'>;

const text = (means: string, valueFor: Told['valueFor']): Told => ({
  type: 'text',
  unit: 'text',
  available: 'at the decision',
  means,
  valueFor,
});

const keys: Readonly<Record<string, Told>> = {
  run: text('SHA-256 of the last entry of the journal', ({ run }) => run),
  settings_hash: text('SHA-256 of the settings in force', ({ record }) => record.stamp.hash),
  settings_version: { ...text('how often they had changed, from 1', ({ record }) => record.stamp.version), type: 'integer', unit: 'count' },
  label_version: { ...text('version of the labels', () => LABEL_VERSION), type: 'integer', unit: 'count' },
  session: text('date of the session', ({ record }) => record.session),
  intent: {
    ...text('sequence of the intent; empty for a candidate that never became one', ({ record }) => record.intent),
    type: 'integer',
    unit: 'count',
  },
  decision: text('id of the decision, as catalyst decisions names it', ({ record }) => record.id),
  symbol: text('ticker', ({ symbol }) => symbol),
  decided_at: text('instant of the decision, UTC: no feature is known later', ({ record }) => formatInstant(record.at)),
  features_known_at: text('the latest instant from which one of the features could be known, UTC', ({ record }) => latest(record)),
  taken: {
    ...text(
      'whether it was really entered; otherwise the labels are those of a shadow',
      ({ record, road }) => record.chosen === road.choice,
    ),
    type: 'boolean',
    unit: 'yes_no',
  },
  refused_by: text('what kept it out: stage and reasons, or the rules; empty when it was entered', ({ record }) => refusedBy(record)),
};

const label = (unit: FeatureUnit, means: string, valueFor: (road: Road) => TableValue): Told => ({
  type: unit === 'text' ? 'text' : 'number',
  unit,
  available: 'after the exit',
  means,
  valueFor: ({ road }) => valueFor(road),
});

const labels: Readonly<Record<string, Told>> = {
  label_filled: { ...label('shares', 'most shares that were held', ({ outcome }) => outcome?.filled ?? null), type: 'integer' },
  label_entered_at: label('text', 'start of the minute of the first fill, UTC', ({ outcome }) =>
    outcome?.entered == null ? null : formatInstant(outcome.entered),
  ),
  label_r: label(
    'r',
    'P&L after fees over what the shares had at risk from the limit to the first stop',
    ({ outcome }) => outcome?.r ?? null,
  ),
  label_pnl: label('dollars', 'P&L after fees', ({ outcome }) => (outcome === null ? null : outcome.pnl / 10_000)),
  label_barrier: {
    ...label(
      'count',
      '1 target traded through first, −1 stop touched first, 0 neither by the close; a bar that does both is −1',
      ({ barrier }) => barrier,
    ),
    type: 'integer',
  },
  label_favourable_r: label('r', 'farthest in favour, between the fills', ({ outcome }) => outcome?.favourable.r ?? null),
  label_adverse_r: label('r', 'farthest against, between the fills', ({ outcome }) => outcome?.adverse.r ?? null),
  label_minutes: label('minutes', 'from the first fill to the last', ({ outcome }) => outcome?.minutes ?? null),
  label_exit_reason: label('text', 'why it ended', ({ outcome }) => outcome?.reason ?? null),
};

function latest({ snapshot }: DecisionRecord): string | null {
  const known = snapshot.features.map(({ availableAt }) => availableAt);
  return known.length === 0 ? null : formatInstant(known.reduce((late, at) => (at > late ? at : late)));
}

function refusedBy({ cause, chosen }: DecisionRecord): string | null {
  if (chosen === 'enter') return null;
  if (cause.kind === 'dropped') return `${cause.stage}: ${cause.reasons.join(' ')}`;
  if (cause.kind === 'refused') return cause.refusals.map(({ kind }) => kind).join(' ');
  if (cause.kind !== 'asked') return null;
  return [`asked: ${cause.settlement ?? 'open'}`, ...cause.refusals.map(({ kind }) => kind)].join(' ');
}

const columnsOf = (part: ColumnPart, rows: Readonly<Record<string, Told>>): readonly DatasetColumn[] =>
  Object.entries(rows).map(([name, told]) => ({ name, part, ...told }));

const availability = {
  close_of_the_minute: 'close of the last minute',
  scan: 'at the scan',
  headline: 'when the headline could be read',
  books: 'with the last fill or minute',
} as const;

/** All columns in their order: the key, the features, the labels. */
export const datasetColumns: readonly DatasetColumn[] = [
  ...columnsOf('key', keys),
  ...features.map(
    ({ name, unit, from, means }): DatasetColumn => ({
      name,
      part: 'feature',
      type: unit === 'text' ? 'text' : 'number',
      unit,
      available: availability[from],
      means,
      valueFor: ({ record }) => record.snapshot.features.find((feature) => feature.name === name)?.value ?? null,
    }),
  ),
  ...columnsOf('label', labels),
];
