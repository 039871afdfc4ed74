import type { StageEvent } from '#domain/events/funnel';
import type { FunnelCounts } from '#production/reporting/session-report';

const nothing: FunnelCounts = { universe: 0, scanned: 0, catalyst: 0, technical: 0, pattern: 0, intents: 0 };
const stages = ['scanned', 'catalyst', 'technical', 'pattern', 'intents'] as const;

/** Follows the stages of each scan and keeps the widest: the most names scanned, and where equal the most further down. */
export class WidestScan {
  #current: FunnelCounts = nothing;
  widest: FunnelCounts = nothing;
  scans = 0;

  clear(): void {
    this.#current = nothing;
    this.widest = nothing;
    this.scans = 0;
  }

  see(event: StageEvent): void {
    const kept = event.kept.length;
    switch (event.kind) {
      case 'candidates_found':
        this.scans++;
        this.#current = { ...nothing, universe: event.universe, scanned: kept };
        return;
      case 'catalysts_confirmed':
        this.#current = { ...this.#current, catalyst: kept };
        return;
      case 'indicators_agreed':
        this.#current = { ...this.#current, technical: kept };
        return;
      case 'setups_found':
        this.#current = { ...this.#current, pattern: kept };
        return;
      case 'intents_chosen':
        this.#current = { ...this.#current, intents: kept };
        if (isWider(this.#current, this.widest)) this.widest = this.#current;
    }
  }
}

function isWider(a: FunnelCounts, b: FunnelCounts): boolean {
  for (const stage of stages) if (a[stage] !== b[stage]) return a[stage] > b[stage];
  return a.universe > b.universe;
}
