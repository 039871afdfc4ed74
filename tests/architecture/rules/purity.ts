import ts from 'typescript';
import { nodesIn, placeOf, syntaxOf } from './syntax.js';
import { type Problem, place, sources, type Tree } from './tree.js';

/** Names that bring in a clock, chance, the machine or the network. A name that the file declares itself is another thing. */
const foreign = (
  'Date Intl fetch process globalThis performance crypto console require Buffer Promise WeakRef FinalizationRegistry ' +
  'setTimeout setInterval setImmediate queueMicrotask'
).split(' ');

/** Measured equal on Node 20 and 24 for 200,000 values; `pow` differs, the others nobody has measured yet. */
const agreedMath = (
  'abs ceil floor round trunc sign min max imul fround clz32 PI E LN2 LN10 SQRT2 ' + 'exp log sqrt sin cos tanh atan hypot'
).split(' ');

/** Methods whose answer depends on the machine's language. */
const localeMethods = ['localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase'];

const pure = { layers: ['domain', 'production'], names: foreign, control: true };
const steady = {
  layers: ['engine', 'simulation'],
  names: ['Date', 'Intl', 'fetch', 'performance', 'setTimeout', 'setInterval'],
  control: false,
};

/**
 * What would make the same journal decide differently: a clock, chance, the machine, sums that differ between versions of
 * Node. The engine and the simulation may use files and threads, but no clock and no chance either.
 */
export function impurities(files: Tree): readonly Problem[] {
  return sources(files).flatMap(([path, text]) => {
    const layer = place(path)?.layer ?? '';
    const rule = [pure, steady].find(({ layers }) => layers.includes(layer));
    if (rule === undefined) return [];
    const file = syntaxOf(path, text);
    const nodes = nodesIn(path, text);
    const own = declaredIn(nodes);
    const banned = new Set(rule.names.filter((name) => !own.has(name)));
    return nodes.flatMap((node) => {
      const what = impurity(node, banned, rule.control);
      return what === null ? [] : [`${placeOf(path, file, node)}: ${what}`];
    });
  });
}

function impurity(node: ts.Node, banned: ReadonlySet<string>, control: boolean): string | null {
  if (ts.isIdentifier(node) && node.text === 'Math') return mathImpurity(node);
  if (ts.isIdentifier(node) && banned.has(node.text) && isUsed(node)) return `${node.text} brings in the outside`;
  if (ts.isIdentifier(node) && localeMethods.includes(node.text) && !ts.isStringLiteral(node.parent))
    return `${node.text} depends on the machine`;
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken || node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
    return '** differs between versions of Node';
  if (control && ts.isTryStatement(node)) return 'try: a pure layer has no weather to catch';
  if (control && (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword)) return 'a pure layer never waits';
  return null;
}

function mathImpurity(node: ts.Identifier): string | null {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return isUsed(node) ? 'Math other than by Math.name' : null;
  return agreedMath.includes(parent.name.text) ? null : `Math.${parent.name.text} is not known to agree between versions of Node`;
}

/** Whether the name stands for a value or a type, and is not the name of somebody's property. */
function isUsed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  const names =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodDeclaration(parent);
  return !((names || ts.isMethodSignature(parent)) && parent.name === node);
}

function declaredIn(nodes: readonly ts.Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node) || ts.isBindingElement(node);
    if (
      (declares || ts.isImportSpecifier(node) || ts.isTypeAliasDeclaration(node)) &&
      node.name !== undefined &&
      ts.isIdentifier(node.name)
    ) {
      names.add(node.name.text);
    }
  }
  return names;
}
