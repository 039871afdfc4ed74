import type { SettingsStamp } from '#domain/events/decision';
import type { EventOf } from '#domain/events/event';
import type { Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';
import { sha256 } from '#domain/values/sha256';

/** Settings never change, and every service that stamps asks for the hash of the same ones. */
const hashes = new WeakMap<Settings, string>();

function hashOf(settings: Settings): string {
  const known = hashes.get(settings);
  if (known !== undefined) return known;
  const hash = sha256(canonicalJson(settings));
  hashes.set(settings, hash);
  return hash;
}

/** Before a run has begun: nothing is decided then. */
export const noStamp: SettingsStamp = { version: 0, hash: '' };

/** The stamp of the settings with which a run began. */
export const firstStamp = (settings: Settings): SettingsStamp => ({ version: 1, hash: hashOf(settings) });

/** The stamp of the settings that an event brings. */
export const stampOf = (event: EventOf<'run_started' | 'parameters_changed'>): SettingsStamp =>
  event.kind === 'run_started' ? firstStamp(event.settings) : event.stamp;

/** The stamp of settings that have taken the place of those with the stamp `before`. */
export const nextStamp = (before: SettingsStamp, settings: Settings): SettingsStamp => ({
  version: before.version + 1,
  hash: hashOf(settings),
});
