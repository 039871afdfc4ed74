import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A test, or a group of tests, whose title begins with the ids of what it proves: "A1: …" or "A1, A8: …". */
export type FaultTitle = {
  readonly ids: readonly string[];
  /** From the root of the repository, with slashes on every system. */
  readonly file: string;
  /** What is made when the test runs stands as "…". */
  readonly title: string;
};

const begins = /^([A-Z][1-9]\d?(?:(?:, ?| and |\/)[A-Z][1-9]\d?)*): /;
const callers = new Set(['test', 'it', 'describe']);
/** A test that does not run proves nothing; one that a condition skips runs somewhere. */
const silent = new Set(['skip', 'todo', 'fails']);

/** Every title of a test file that begins with an id, in the order of the file. */
export function titlesIn(file: string, text: string): readonly FaultTitle[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  const found: FaultTitle[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { caller, words, rows } = chainOf(node.expression);
      if (callers.has(caller) && words.some((word) => silent.has(word))) return;
      const title = callers.has(caller) ? textOf(node.arguments[0]) : null;
      if (title !== null) for (const one of spelledOut(title, rows, source)) add(one);
    }
    node.forEachChild(visit);
  };
  const add = (title: string): void => {
    const ids = begins.exec(title)?.[1]?.split(/, ?| and |\//);
    if (ids !== undefined) found.push({ ids, file, title });
  };
  visit(source);
  return found;
}

/** Every title of the repository that begins with an id, by path and place. */
export function allTitles(root: string): readonly FaultTitle[] {
  const files = ['src', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => slashed(join(folder, path))),
  );
  const tests = files.filter((path) => path.endsWith('.test.ts')).sort((a, b) => (a < b ? -1 : 1));
  return tests.flatMap((path) => titlesIn(path, readFileSync(join(root, path), 'utf8')));
}

/** A path as it is written in the page, also on a system that parts folders otherwise. */
export const slashed = (path: string): string => path.replaceAll('\\', '/');

type Chain = { readonly caller: string; readonly words: readonly string[]; readonly rows: ts.Node | null };

/** "test", the words "skipIf" and "each", and the rows, of `test.skipIf(x).each(rows)`. */
function chainOf(expression: ts.Expression): Chain {
  if (ts.isIdentifier(expression)) return { caller: expression.text, words: [], rows: null };
  if (ts.isPropertyAccessExpression(expression)) {
    const before = chainOf(expression.expression);
    return { ...before, words: [...before.words, expression.name.text] };
  }
  if (ts.isCallExpression(expression)) {
    const before = chainOf(expression.expression);
    const isTable = before.words.at(-1) === 'each' || before.words.at(-1) === 'for';
    return { ...before, rows: isTable ? (expression.arguments[0] ?? null) : before.rows };
  }
  return { caller: '', words: [], rows: null };
}

function textOf(node: ts.Node | undefined): string | null {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  return null;
}

/** A title that begins with a value of its row is spelled out for every row that is written down in the same file. */
function spelledOut(title: string, rows: ts.Node | null, source: ts.SourceFile): readonly string[] {
  const place = /^(?:%s|\$(\w+))/.exec(title);
  if (place === null || rows === null) return [title];
  const [token, name] = place;
  return elementsOf(rows, source).flatMap((row) => {
    const cell = textOf(name === undefined ? firstOf(row) : memberOf(row, name));
    return cell === null ? [] : [cell + title.slice(token.length)];
  });
}

function elementsOf(rows: ts.Node, source: ts.SourceFile): readonly ts.Node[] {
  const bare = bareOf(rows);
  if (ts.isArrayLiteralExpression(bare)) return bare.elements;
  if (!ts.isIdentifier(bare)) return [];
  let found: readonly ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const isIt = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === bare.text;
    const made = isIt && node.initializer !== undefined ? bareOf(node.initializer) : null;
    if (made !== null && ts.isArrayLiteralExpression(made)) found = made.elements;
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function firstOf(row: ts.Node): ts.Node | undefined {
  const bare = bareOf(row);
  return ts.isArrayLiteralExpression(bare) ? bare.elements[0] : bare;
}

function memberOf(row: ts.Node, name: string): ts.Node | undefined {
  const bare = bareOf(row);
  if (!ts.isObjectLiteralExpression(bare)) return undefined;
  const members = bare.properties.filter(ts.isPropertyAssignment);
  return members.find((member) => ts.isIdentifier(member.name) && member.name.text === name)?.initializer;
}

const bareOf = (node: ts.Node): ts.Node =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node) ? bareOf(node.expression) : node;
