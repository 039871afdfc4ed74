import { posix } from 'node:path';
import ts from 'typescript';
import { nodesIn } from './syntax.js';
import type { Tree } from './tree.js';

/** Every module that a file names: imports, exports from, `import()` with a text, types, and paths of scripts beside it. */
export const importsOf = (path: string, text: string): readonly string[] => modulesNamed(path, text, () => true);

/** Imports, and the declarations that a file refers to: those can only be named by their path. */
export const referencesOf = (path: string, text: string): readonly string[] => [
  ...importsOf(path, text),
  ...[...text.matchAll(/^\/\/\/ <reference path="([^"]+)" \/>/gm)].map(([, to = '']) => to),
];

/** Those of them that are still there when the types are erased. */
export const loadsOf = (path: string, text: string): readonly string[] => modulesNamed(path, text, (node) => !isErased(node));

function modulesNamed(path: string, text: string, counts: (node: ts.Node) => boolean): readonly string[] {
  const found: string[] = [];
  for (const node of nodesIn(path, text)) {
    const name = moduleName(node);
    if (name !== undefined && ts.isStringLiteralLike(name) && counts(node)) found.push(name.text);
  }
  return found;
}

function isErased(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isExportDeclaration(node) ? node.isTypeOnly : ts.isImportTypeNode(node);
}

function moduleName(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  const script = ts.isStringLiteral(node) && /^\.\.?\/[\w./-]+\.(ts|m?js)$/.test(node.text) && ts.isCallLikeExpression(node.parent);
  return script ? node : undefined;
}

/** The file of this repository that an import means, or null for node's own and third-party modules. */
export function targetOf(path: string, to: string): string | null {
  if (to.startsWith('#')) return `src/${to.slice(1)}.ts`;
  if (!to.startsWith('.')) return null;
  return posix
    .join(posix.dirname(path), to)
    .replace(/^dist\//, 'src/')
    .replace(/^((src|tests)\/.*)\.js$/, '$1.ts');
}

/** Which files of the tree each file names, by one of the two readings above. */
export function importGraph(files: Tree, paths: readonly string[], named: typeof importsOf): ReadonlyMap<string, readonly string[]> {
  const targets = (path: string): readonly string[] =>
    named(path, files.get(path) ?? '')
      .map((to) => targetOf(path, to))
      .filter((target): target is string => target !== null && files.has(target));
  return new Map(paths.map((path) => [path, [...new Set(targets(path))]]));
}

/** "@scope/name" or "name" of a third-party import; null for our own files and node's modules. */
export function packageOf(to: string): string | null {
  if (/^[#./]|^node:/.test(to)) return null;
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}
