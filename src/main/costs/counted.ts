import { UsageLog } from '#adapters/usage-log/usage-log';
import type { Usage } from '#engine/ports/usage';
import { Failure } from '#main/commands/failure';
import { systemClock } from '#main/news/system-clock';

/** Told of each request that is sent. */
export type Sent = (url: URL) => void;

/** Counts the requests to a vendor; nothing where nobody wants to know. */
export const countedBy = (usage: Usage | null, vendor: string): Sent => {
  if (usage === null) return () => {};
  return (url) => usage.called({ vendor, endpoint: endpointOf(url) });
};

/** The path without what names one order, company or story: each of those would be a line of its own. */
export function endpointOf({ pathname }: URL): string {
  return pathname
    .split('/')
    .map((part) => (/\d{3}/.test(part) ? ':id' : part))
    .join('/');
}

/** The file that --usage names, while it is written; null without one. */
export type OpenUsage = { readonly usage: Usage | null; close(): void };

/** Opens the file. A disk that takes no more is told once by `say`, and ends nothing. */
export function openUsage(path: string | undefined, say: (text: string) => void): OpenUsage {
  if (path === undefined) return { usage: null, close: () => {} };
  const log = UsageLog.open(path, {
    now: systemClock.now,
    failed: ({ code }) => say(`${path} takes nothing more (${code}); what is used is counted on and tried again`),
  });
  if (!log.ok) throw new Failure('badInput', `${path} cannot be written (${log.problem.code}); give --usage another file`);
  return { usage: log.value, close: () => log.value.close() };
}
