import { ReferenceMissing } from '#adapters/postgres/batch-references';
import { sqlStateOf } from '#adapters/postgres/client';
import { PlaceMoved } from '#adapters/postgres/record-store';
import { AssertionFailed } from '#domain/values/assert';

/**
 * States of a server that come and go by themselves (SQLSTATE classes): connections, rolled back transactions, resources, a lock that
 * was not to be had, a statement that took too long, somebody who shuts it down, its disk; and a server that takes nothing in, as a
 * standby after a failover does.
 */
const passing = ['08', '25006', '40', '53', '55P03', '57014', '57P', '58'];

/** Whether the database is away or busy, so that the same may work later; everything else is a mistake of ours, or its owner's to mend. */
export function isWeather(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null) return passing.some((beginning) => state.startsWith(beginning));
  if (error instanceof ReferenceMissing || error instanceof PlaceMoved || error instanceof AssertionFailed) return false;
  // A connection that broke says so in plain errors of node and of the driver.
  return error instanceof Error && !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError);
}
