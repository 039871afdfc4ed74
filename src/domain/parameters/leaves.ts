import type { ParameterValue } from '#domain/parameters/parameter';
import type { Settings } from '#domain/settings';

type Branch = { readonly [name: string]: Branch | ParameterValue };

const isBranch = (value: Branch | ParameterValue | undefined): value is Branch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value under a name such as limits.lossTodayMax; the name is one of the table. */
export function leafOf(settings: Settings, name: string): ParameterValue | undefined {
  let at: Branch | ParameterValue | undefined = settings as Branch;
  for (const part of name.split('.')) at = isBranch(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return isBranch(at) ? undefined : at;
}

/** The same settings with another value under that name. */
export const withLeaf = (settings: Settings, name: string, value: ParameterValue): Settings =>
  grafted(settings as Branch, name.split('.'), value) as unknown as Settings;

function grafted(branch: Branch, [name = '', ...rest]: readonly string[], value: ParameterValue): Branch {
  const below = branch[name];
  return { ...branch, [name]: isBranch(below) ? grafted(below, rest, value) : value };
}

/** The names of all leaves. */
export function leafNames(settings: Settings): readonly string[] {
  const names = (branch: Branch): readonly string[] =>
    Object.entries(branch).flatMap(([name, below]) => (isBranch(below) ? names(below).map((rest) => `${name}.${rest}`) : [name]));
  return names(settings as Branch);
}
