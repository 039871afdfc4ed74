import ts from 'typescript';
import { nodesIn, nodesOf, placeOf, syntaxOf } from './syntax.js';
import { code, type Problem, sources, type Tree } from './tree.js';

/** The one file that may say `as Approved`: everything else has to ask for its approval there. */
const APPROVAL = 'src/domain/risk/approval.ts';

/** Casts to `Approved`, which would let an order pass that risk never saw. */
export function forgedApprovals(files: Tree): readonly Problem[] {
  return sources(files).flatMap(([path, text]) => {
    if (path === APPROVAL) return [];
    const file = syntaxOf(path, text);
    const casts = nodesIn(path, text).filter(
      (node) => (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && names(node.type, 'Approved'),
    );
    return casts.map((node) => `${placeOf(path, file, node)}: only ${APPROVAL} approves`);
  });
}

const names = (type: ts.Node, name: string): boolean => nodesOf(type).some((node) => ts.isIdentifier(node) && node.text === name);

const silencer = /@ts-(ignore|nocheck|expect-error)/;

/** Where the compiler was told to look away: `any`, `!`, and comments that silence it. Tests are held to it as well. */
export function looseTypes(files: Tree): readonly Problem[] {
  return code(files).flatMap(([path, text]) => {
    const file = syntaxOf(path, text);
    const loose = nodesIn(path, text).filter((node) => node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node));
    const silenced = silencer.test(text) ? commentsOf(file).filter((comment) => silencer.test(comment)) : [];
    return [
      ...loose.map(
        (node) => `${placeOf(path, file, node)}: ${ts.isNonNullExpression(node) ? 'a non-null assertion' : 'the type that checks nothing'}`,
      ),
      ...silenced.map(() => `${path}: a comment silences the compiler`),
    ];
  });
}

function commentsOf(file: ts.SourceFile): readonly string[] {
  const text = file.getFullText();
  const ranges = nodesOf(file).flatMap((node) => ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []);
  return [...new Set(ranges.map(({ pos, end }) => text.slice(pos, end)))];
}

// Written in two halves, or this file would break its own rule.
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);

/** Notes of work left undone; what is worth doing is done or written down where work is planned. */
export const unfinishedWork = (files: Tree): readonly Problem[] =>
  [...files]
    .filter(([path, text]) => /^(src|web|tests|bench|bin)\//.test(path) && unfinished.test(text))
    .map(([path]) => `${path}: a note of unfinished work`);

const lastWords = 'impl|manager|helpers?|utils?|base';
const vague = new RegExp(`(^|-)(${lastWords})$`);
const vagueName = new RegExp(`(Impl|Manager|Helpers?|Utils?|Base)$|^(${lastWords})$`);
const version = /[-_.]v\d+(\.\d+)*([-_.]|$)/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.full)?(\.test)?$/;

/** The service is called as the trade calls it. */
const wordsOfTheTrade = ['risk-manager', 'riskManager', 'RiskManager'];

/** File and folder names that say nothing, carry a version, or re-export a folder. */
export function vagueFiles(files: Tree): readonly Problem[] {
  return code(files).flatMap(([path]) => {
    const parts = path.replace(/\.(d\.ts|tsx?|mjs|js)$/, '').split('/');
    return parts.flatMap((part, depth) => {
      const last = depth === parts.length - 1;
      if (wordsOfTheTrade.includes(part.replace(/(\.full)?\.test$/, ''))) return [];
      if (version.test(part)) return [`${path}: a version in a name`];
      if (last && part === 'index') return [`${path}: name the file you mean, not its folder`];
      if (!kebab.test(part)) return [`${path}: ${part} is not kebab-case`];
      return vague.test(part.replace(/(\.full)?\.test$/, '')) ? [`${path}: ${part} does not say what it is`] : [];
    });
  });
}

/** Names in the code that say nothing, default exports, and kinds that are not written as the journal writes them. */
export function vagueNames(files: Tree): readonly Problem[] {
  return code(files).flatMap(([path, text]) => {
    if (!/^(src|tests|web)\//.test(path)) return [];
    const file = syntaxOf(path, text);
    return nodesIn(path, text).flatMap((node) => {
      const what = vagueNode(node);
      return what === null ? [] : [`${placeOf(path, file, node)}: ${what}`];
    });
  });
}

function vagueNode(node: ts.Node): string | null {
  if (ts.isExportAssignment(node) || (ts.isExportSpecifier(node) && node.name.text === 'default')) return 'a default export';
  if (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) return 'a default export';
  const declares = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  if (declares && node.name !== undefined && /^I[A-Z][a-z]/.test(node.name.text)) return `${node.name.text} carries a prefix`;
  if ((declares || ts.isFunctionDeclaration(node)) && node.name !== undefined) return vagueWord(node.name.text);
  if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) {
    const words = node.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? vagueWord(name.text) : null));
    return words.find((word) => word !== null) ?? null;
  }
  return ts.isPropertySignature(node) ? badKind(node) : null;
}

const vagueWord = (name: string): string | null =>
  vagueName.test(name) && !wordsOfTheTrade.includes(name) ? `${name} does not say what it is` : null;

function badKind(node: ts.PropertySignature): string | null {
  if (node.name.getText() !== 'kind' || node.type === undefined || !ts.isLiteralTypeNode(node.type)) return null;
  const { literal } = node.type;
  return ts.isStringLiteral(literal) && !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(literal.text) ? `kind '${literal.text}' is not snake_case` : null;
}
