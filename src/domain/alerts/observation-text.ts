import { runAlarms } from '#domain/alerts/alert';
import type { Observation } from '#domain/alerts/observation';
import { firstWords } from '#domain/values/first-words';
import { fieldIn, numberIn, textIn } from '#domain/values/json-field';

const WORDS_MAX = 160;

const count = (raw: unknown, name: string): number | null => {
  const found = numberIn(raw, name);
  return found !== null && Number.isSafeInteger(found) && found >= 0 ? found : null;
};

const words = (raw: unknown, name: string): string => firstWords(textIn(raw, name) ?? '', WORDS_MAX);

/** What a script or another process may tell the watch, from JSON; null for what is none. Who writes the journal the watch sees itself. */
export function observationOf(raw: unknown): Observation | null {
  switch (textIn(raw, 'kind')) {
    case 'database_seen': {
      const reachable = fieldIn(raw, 'reachable');
      return typeof reachable === 'boolean' ? { kind: 'database_seen', reachable, detail: words(raw, 'detail') } : null;
    }
    case 'projection_seen': {
      const entries = count(raw, 'entries');
      const behindMs = count(raw, 'behindMs');
      return entries === null || behindMs === null ? null : { kind: 'projection_seen', entries, behindMs };
    }
    case 'record_differs_from_broker': {
      const trades = count(raw, 'trades');
      const cash = count(raw, 'cash');
      const differs = trades !== null && cash !== null && trades + cash > 0;
      return differs ? { kind: 'record_differs_from_broker', trades, cash, first: words(raw, 'first') } : null;
    }
    case 'run_alarm': {
      const what = runAlarms.find((each) => each === textIn(raw, 'what'));
      const says = words(raw, 'says');
      return what === undefined || says === '' ? null : { kind: 'run_alarm', what, says };
    }
    case 'rate_seen': {
      const used = count(raw, 'used');
      const limit = count(raw, 'limit');
      const service = words(raw, 'service');
      return used === null || limit === null || limit === 0 || service === '' ? null : { kind: 'rate_seen', service, used, limit };
    }
    case 'disk_seen': {
      const freeBytes = count(raw, 'freeBytes');
      const folder = words(raw, 'folder');
      return freeBytes === null || folder === '' ? null : { kind: 'disk_seen', folder, freeBytes };
    }
    default:
      return null;
  }
}
