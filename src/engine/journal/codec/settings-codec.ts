import { defaultSettings, type Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';
import type { Codec } from '#engine/journal/codec/codec';

/** Settings as canonical JSON, names sorted: read by people and other programs, and the same text for the same settings. */
export const settingsCodec: Codec<Settings> = {
  write: (settings, out) => out.text(canonicalJson(settings)),
  read(from) {
    const settings = parsed(from.text());
    if (sameShape(settings, defaultSettings)) return settings as Settings;
    from.fail('settings of another shape');
    return defaultSettings;
  },
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sameShape(value: unknown, model: unknown): boolean {
  if (typeof value !== typeof model || Array.isArray(value) !== Array.isArray(model)) return false;
  if (Array.isArray(value)) return value.every((member) => typeof member === 'string');
  if (typeof value !== 'object' || value === null || typeof model !== 'object' || model === null) return true;
  const names = Object.keys(model);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => sameShape((value as Record<string, unknown>)[name], (model as Record<string, unknown>)[name]))
  );
}
