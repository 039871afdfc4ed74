import type { Parameter, ParameterValue } from '#domain/parameters/parameter';
import { spokenOf } from '#domain/parameters/value-text';

/** A value as it stands in the file, on one line. */
export function written(parameter: Parameter, value: ParameterValue): string {
  const spoken = spokenOf(parameter, value);
  return typeof spoken === 'object' ? `[${spoken.map(word).join(', ')}]` : String(spoken);
}

/** What YAML could take for a number, a truth or a mark of its own stands in quotes. */
const word = (name: string): string =>
  /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !/^(true|false|null)$/i.test(name) ? name : JSON.stringify(name);
