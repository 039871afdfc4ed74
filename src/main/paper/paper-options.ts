import type { SessionDate } from '#domain/values/session-date';
import type { ModeChoice } from '#main/commands/mode-option';

export type PaperOptions = {
  /** True for a simulated broker of this process, or the admin address of one that runs. */
  readonly sim?: true | string;
  readonly symbols: readonly string[];
  readonly symbolsFile?: string;
  readonly journal?: string;
  readonly mode: ModeChoice;
  readonly parameters?: string;
  readonly history: number;
  readonly sessions?: number;
  readonly seed: number;
  readonly names: number;
  readonly from: SessionDate;
  readonly at: number;
  readonly speed: number;
  /** What a start does after too many ends that nobody asked for. */
  readonly afterCrashes: 'protect' | 'trade';
  /** Where requests to Alpaca are counted. */
  readonly usage?: string;
};
