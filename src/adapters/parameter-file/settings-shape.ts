import { z } from 'zod';
import { expectedOf } from '#domain/parameters/judge-value';
import type { Parameter } from '#domain/parameters/parameter';
import { allParameters } from '#domain/parameters/table';
import { settingOf } from '#domain/parameters/value-text';

type Branch = Map<string, Branch | Parameter>;

const leaf = (parameter: Parameter): z.ZodType =>
  z.unknown().refine((value) => value === undefined || settingOf(parameter, value).ok, { error: expectedOf(parameter.kind) });

/** The settings as a file may give them: every name known, everything optional, each value as its parameter wants it. */
export const settingsShape: z.ZodType = shapeOf(treeOf(allParameters));

function treeOf(all: readonly Parameter[]): Branch {
  const root: Branch = new Map();
  for (const parameter of all) {
    const names = parameter.name.split('.');
    let at = root;
    for (const name of names.slice(0, -1)) {
      const below = at.get(name);
      const branch: Branch = below instanceof Map ? below : new Map();
      at.set(name, branch);
      at = branch;
    }
    at.set(names.at(-1) ?? '', parameter);
  }
  return root;
}

/** A branch may be empty: all its lines may stand behind a comment. */
function shapeOf(branch: Branch): z.ZodType {
  const members = [...branch].map(([name, below]) => [name, below instanceof Map ? shapeOf(below).nullish() : leaf(below).optional()]);
  return z.strictObject(Object.fromEntries(members), {
    error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'names with values below it'),
  });
}
