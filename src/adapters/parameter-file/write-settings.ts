import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isCollection, isScalar, type Node } from 'yaml';
import { defaultFile } from '#adapters/parameter-file/default-file';
import type { FileProblem } from '#adapters/parameter-file/file-problem';
import { parseFile } from '#adapters/parameter-file/parsed-file';
import { readText, settingsIn } from '#adapters/parameter-file/read-settings';
import { written } from '#adapters/parameter-file/written-value';
import { expectedOf } from '#domain/parameters/judge-value';
import { leafOf } from '#domain/parameters/leaves';
import type { Parameter, ParameterValue } from '#domain/parameters/parameter';
import { allParameters } from '#domain/parameters/table';
import { spokenOf } from '#domain/parameters/value-text';
import { canonicalJson } from '#domain/values/canonical-json';
import { fail, ok, type Result } from '#domain/values/result';

/** Puts one value into a file and leaves the rest of it, to the last comment, as it was. The old file stays until the new one is whole. */
export function writeSetting(file: string, parameter: Parameter, value: ParameterValue): Result<null, FileProblem> {
  const text = readText(file);
  if (!text.ok) return text;
  const next = withSetting({ file, text: text.value }, parameter, value);
  if (!next.ok) return next;
  return attempt(file, () => replaceFile(realpathSync(file), next.value));
}

/** The text of a file with another value in it; refused unless it reads back as the same settings but for that value. */
export function withSetting(
  { file, text }: { readonly file: string; readonly text: string },
  parameter: Parameter,
  value: ParameterValue,
): Result<string, FileProblem> {
  const before = settingsIn(file, text);
  if (!before.ok) return before;
  const parsed = parseFile(file, text);
  if (!parsed.ok) return parsed;
  const { document, at } = parsed.value;
  const path = parameter.name.split('.');
  const node = document.getIn(path, true) as Node | undefined;
  let next: string;
  if (node?.range != null && isPlain(node)) next = text.slice(0, node.range[0]) + written(parameter, value) + text.slice(node.range[1]);
  else {
    document.setIn(path, document.createNode(spokenOf(parameter, value), { flow: true }));
    next = document.toString({ lineWidth: 0 });
  }
  const after = settingsIn(file, next);
  if (!after.ok) return after;
  const kept = allParameters.every(({ name }) => {
    const wanted = name === parameter.name ? value : leafOf(before.value, name);
    return wanted !== undefined && canonicalJson(wanted) === canonicalJson(leafOf(after.value, name));
  });
  return kept ? ok(next) : fail(at(path, expectedOf(parameter.kind)));
}

/** On a line of its own, so that it can be cut out of the text: everything but a list with dashes. */
const isPlain = (node: Node): boolean => (isScalar(node) && node.source !== '') || (isCollection(node) && node.flow === true);

/** Writes the default file where there is none. */
export function createDefaultFile(file: string): Result<null, FileProblem> {
  return attempt(file, () => {
    const draft = writeDraft(file, defaultFile(), 0o644);
    try {
      linkSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  });
}

function replaceFile(file: string, text: string): void {
  const draft = writeDraft(file, text, statSync(file).mode & 0o777);
  try {
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

function writeDraft(file: string, text: string, mode: number): string {
  const draft = `${file}.${randomUUID()}.tmp`;
  const descriptor = openSync(draft, 'wx', mode);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return draft;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function attempt(file: string, work: () => void): Result<null, FileProblem> {
  try {
    work();
    return ok(null);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fail({ kind: 'unreadable', file, code: String(error.code) });
    throw error;
  }
}
