import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import type { Result } from '#domain/values/result';

/** A database that takes connections. */
export type RunningDatabase = {
  /** For `newPool` and `newClient`, and for psql. It holds a password: it is not printed. */
  readonly connectionString: string;
  /** Such as 17.10. */
  readonly version: string;
  readonly startedBy: 'us' | 'adopted' | 'external';
  /** Of a server of our own; null when it is somebody else's. */
  readonly place: ServerPlace | null;
  /** Ends our use of it. A server of our own stops with the last one that leaves, unless it is kept. */
  close(): Promise<void>;
  /** Ends a server of our own, whoever else uses it; somebody else's is left alone. */
  stop(): Promise<Result<null, DatabaseProblem>>;
};

/** Where a server of our own is. */
export type ServerPlace = {
  readonly home: string;
  readonly pid: number;
  readonly port: number;
  /** Empty when it listens at a port of this machine. */
  readonly socketFolder: string;
  readonly startedAt: number;
};
