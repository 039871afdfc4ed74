import ts from 'typescript';

const parsed = new Map<string, { readonly file: ts.SourceFile; readonly nodes: readonly ts.Node[] }>();

/** The syntax of a text; parsed once, since several rules look at each file. Comments and strings are no words of it. */
export const syntaxOf = (path: string, text: string): ts.SourceFile => parse(path, text).file;

/** Every node of a text, outermost first. */
export const nodesIn = (path: string, text: string): readonly ts.Node[] => parse(path, text).nodes;

function parse(path: string, text: string): { readonly file: ts.SourceFile; readonly nodes: readonly ts.Node[] } {
  const known = parsed.get(path);
  if (known !== undefined && known.file.text === text) return known;
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : /\.m?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
  const result = { file, nodes: nodesOf(file) };
  parsed.set(path, result);
  return result;
}

/** The node and everything in it, outermost first. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const all: ts.Node[] = [node];
  const add = (child: ts.Node): void => {
    all.push(child);
    child.forEachChild(add);
  };
  node.forEachChild(add);
  return all;
}

/** "path:line", so that an editor opens the place. */
export function placeOf(path: string, file: ts.SourceFile, node: ts.Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}
