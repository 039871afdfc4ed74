import type { RunAlarm } from '#domain/alerts/alert';

/** A line of a run for people; with an `alarm` it is also told to whoever watches the run from outside. */
export type Say = (line: string, alarm?: RunAlarm) => void;
