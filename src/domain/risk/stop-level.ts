/**
 * The four levels of the emergency stop; each does what those before it do. A place in the list is the number in the
 * journal and never changes. Source: controls.md C17.
 */
export const stopLevels = ['pause_entries', 'cancel_entries', 'flatten', 'suspend'] as const;

export type StopLevel = (typeof stopLevels)[number];

/** Why the house stopped itself, or that a person or a program asked for it. */
export const haltReasons = ['daily_loss', 'requested', 'weekly_loss', 'drawdown', 'repeated_execution'] as const;

export type HaltReason = (typeof haltReasons)[number];

/** With what a halt ends: the loss of the day with it, that of the week with it, the rest when a person clears it. */
export const haltEnds: Readonly<Record<HaltReason, 'session' | 'week' | 'cleared'>> = {
  daily_loss: 'session',
  requested: 'cleared',
  weekly_loss: 'week',
  drawdown: 'cleared',
  repeated_execution: 'cleared',
};

/** Whether `level` does at least what `other` does. */
export const reaches = (level: StopLevel, other: StopLevel): boolean => stopLevels.indexOf(level) >= stopLevels.indexOf(other);
