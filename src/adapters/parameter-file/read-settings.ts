import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { FileProblem } from '#adapters/parameter-file/file-problem';
import { FILE_BYTES_MAX, type ParsedFile, parseFile } from '#adapters/parameter-file/parsed-file';
import { settingsShape } from '#adapters/parameter-file/settings-shape';
import { faultsOf } from '#domain/parameters/judge-change';
import { withLeaf } from '#domain/parameters/leaves';
import { allParameters } from '#domain/parameters/table';
import { settingOf } from '#domain/parameters/value-text';
import { defaultSettings, type Settings } from '#domain/settings';
import { fail, ok, type Result } from '#domain/values/result';

/** The settings of a file; what it does not name is at its default. */
export function readSettings(file: string): Result<Settings, FileProblem> {
  const text = readText(file);
  return text.ok ? settingsIn(file, text.value) : text;
}

/** The same for a text that was read; `file` is what its problems call it. */
export function settingsIn(file: string, text: string): Result<Settings, FileProblem> {
  const parsed = parseFile(file, text);
  if (!parsed.ok) return parsed;
  const given: unknown = parsed.value.document.toJS({ maxAliasCount: 0 }) ?? {};
  const shape = settingsShape.safeParse(given);
  if (!shape.success) return fail(problemOf(parsed.value, shape.error.issues));
  let settings: Settings = defaultSettings;
  for (const parameter of allParameters) {
    const path = parameter.name.split('.');
    if (!parsed.value.document.hasIn(path)) continue;
    const setting = settingOf(parameter, givenUnder(given, path));
    if (!setting.ok) return fail(parsed.value.at(path, setting.problem.expected));
    settings = withLeaf(settings, parameter.name, setting.value);
  }
  const [fault] = faultsOf(settings);
  return fault === undefined ? ok(settings) : fail(parsed.value.at(fault.name.split('.'), fault.expected));
}

const givenUnder = (given: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), given);

type Issue = { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] };

/** The first in the order of the file. */
function problemOf(parsed: ParsedFile, issues: readonly unknown[]): FileProblem {
  const problems = (issues as readonly Issue[]).map(({ path, message, keys: [unknown] = [] }) =>
    unknown === undefined ? parsed.at(path, message) : parsed.at([...path, unknown], `one of ${namesUnder(path).join(', ')}`),
  );
  return problems.sort((a, b) => placeOf(a) - placeOf(b))[0] ?? parsed.at([], 'names with values');
}

const placeOf = (problem: FileProblem): number => (problem.kind === 'unreadable' ? 0 : problem.line * 1_000_000 + problem.column);

/** What may stand on a level of the file. */
function namesUnder(path: readonly PropertyKey[]): readonly string[] {
  const above = path.length === 0 ? '' : `${path.map(String).join('.')}.`;
  return [...new Set(allParameters.flatMap(({ name }) => (name.startsWith(above) ? [name.slice(above.length).split('.')[0] ?? ''] : [])))];
}

/** A text of at most so many bytes, in UTF-8 without a fault. */
export function readText(file: string): Result<string, FileProblem> {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return fail({ kind: 'unreadable', file, code: 'not a file' });
      if (stat.size > FILE_BYTES_MAX) return fail(whole(file, `at most ${FILE_BYTES_MAX} bytes`));
      return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(readFileSync(descriptor)));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof TypeError) return fail(whole(file, 'a text in UTF-8'));
    if (error instanceof Error && 'code' in error) return fail({ kind: 'unreadable', file, code: String(error.code) });
    throw error;
  }
}

const whole = (file: string, expected: string): FileProblem => ({ kind: 'not_understood', file, line: 1, column: 1, key: '', expected });
