import { defaultSettings, type Settings } from '#domain/settings';
import type { Codec } from '#engine/journal/codec/codec';

/** Settings as canonical JSON, names sorted: read by people and other programs, and the same text for the same settings. */
export const settingsCodec: Codec<Settings> = {
  write: (settings, out) => out.text(canonical(settings)),
  read(from) {
    const settings = parsed(from.text());
    if (sameShape(settings, defaultSettings)) return settings as Settings;
    from.fail('settings of another shape');
    return defaultSettings;
  },
};

/** JSON with the names of every object in order of their characters. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sameShape(value: unknown, model: unknown): boolean {
  if (typeof value !== typeof model) return false;
  if (typeof value !== 'object' || value === null || typeof model !== 'object' || model === null) return true;
  const names = Object.keys(model);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => sameShape((value as Record<string, unknown>)[name], (model as Record<string, unknown>)[name]))
  );
}
