import { disagreements } from '#domain/parameters/agreement';
import { faultOfValue, isTighter } from '#domain/parameters/judge-value';
import { leafOf, withLeaf } from '#domain/parameters/leaves';
import type { Parameter } from '#domain/parameters/parameter';
import { allParameters, parameterNamed } from '#domain/parameters/table';
import { parsedValue } from '#domain/parameters/value-text';
import type { Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';

/** What a change comes to: what would hold after it, or why it cannot be. `before` and `after` are canonical JSON. */
export type Judgement =
  | { readonly kind: 'tighter' | 'looser' | 'same'; readonly settings: Settings; readonly before: string; readonly after: string }
  | { readonly kind: 'fault'; readonly fault: 'unknown_parameter' | 'bad_value'; readonly detail: string };

/** Looks at a wish for another value, given as JSON in the settings' own units. Whoever makes it, no ceiling is passed. */
export function judgeChange(settings: Settings, name: string, valueJson: string): Judgement {
  const parameter = parameterNamed(name);
  if (parameter === undefined) return { kind: 'fault', fault: 'unknown_parameter', detail: unknownText(name) };
  const value = parsedValue(valueJson);
  const expected = value === undefined ? 'a value as JSON' : faultOfValue(parameter, value);
  const before = leafOf(settings, name);
  if (expected !== null || value === undefined || before === undefined) return bad(`${name}: expected ${expected}`);
  const next = withLeaf(settings, name, value);
  const texts = { settings: next, before: canonicalJson(before), after: canonicalJson(value) };
  if (texts.before === texts.after) return { kind: 'same', ...texts };
  const contradiction = disagreements(next).find(({ names }) => names.includes(name));
  if (contradiction !== undefined) return bad(contradiction.expected);
  return { kind: isTighter(parameter, before, value) ? 'tighter' : 'looser', ...texts };
}

const bad = (detail: string): Judgement => ({ kind: 'fault', fault: 'bad_value', detail });

const unknownText = (name: string): string =>
  allParameters.some((one) => one.name === name) ? `${name} cannot be changed while running` : `there is no parameter ${name.slice(0, 80)}`;

/** Everything that is wrong with whole settings: what each value should have been, then what does not go together. */
export function faultsOf(settings: Settings): readonly { readonly name: string; readonly expected: string }[] {
  const alone = allParameters.flatMap((parameter: Parameter) => {
    const expected = faultOfValue(parameter, leafOf(settings, parameter.name));
    return expected === null ? [] : [{ name: parameter.name, expected }];
  });
  return [...alone, ...disagreements(settings).map(({ names: [name], expected }) => ({ name, expected }))];
}
