import type { SettingsStamp } from '#domain/events/decision';
import type { Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';
import { sha256 } from '#domain/values/sha256';

const hashOf = (settings: Settings): string => sha256(canonicalJson(settings));

/** Before a run has begun: nothing is decided then. */
export const noStamp: SettingsStamp = { version: 0, hash: '' };

/** The stamp of the settings with which a run began. */
export const firstStamp = (settings: Settings): SettingsStamp => ({ version: 1, hash: hashOf(settings) });

/** The stamp of settings that have taken the place of those with the stamp `before`. */
export const nextStamp = (before: SettingsStamp, settings: Settings): SettingsStamp => ({
  version: before.version + 1,
  hash: hashOf(settings),
});
