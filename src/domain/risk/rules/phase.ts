import type { Rule } from '#domain/risk/risk-view';

export const entriesOpen: Rule = (_, { phase, minute }) => (phase.entriesMax > 0 ? null : { kind: 'entries_closed', minute });

export const phaseEntries: Rule = (_, { phase }) =>
  phase.entriesUsed < phase.entriesMax || phase.entriesMax === 0
    ? null
    : { kind: 'phase_entries_used', used: phase.entriesUsed, max: phase.entriesMax };
