import ts from 'typescript';
import { nodesIn, placeOf, syntaxOf } from './syntax.js';
import { type Problem, sources, type Tree } from './tree.js';

/** The one file that writes to the terminal: it makes printable what comes from outside, and notices that nobody reads. */
const DOOR = 'src/main/terminal.ts';
/** Writes the bytes of a table, which a pipe gets as they are. */
const TABLES = 'src/main/indicators/output-file.ts';

/** What writes to the terminal past its door. */
export function otherDoors(files: Tree): readonly Problem[] {
  return sources(files).flatMap(([path, text]) => {
    if (path === DOOR || path === TABLES) return [];
    const file = syntaxOf(path, text);
    return nodesIn(path, text)
      .filter((node) => ts.isPropertyAccessExpression(node) && writes(node))
      .map((node) => `${placeOf(path, file, node)}: ${node.getText(file)} writes past ${DOOR}`);
  });
}

const writes = ({ expression, name }: ts.PropertyAccessExpression): boolean =>
  ts.isIdentifier(expression) && (expression.text === 'console' || (expression.text === 'process' && /^std(out|err)$/.test(name.text)));
