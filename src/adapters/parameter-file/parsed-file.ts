import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { FileProblem } from '#adapters/parameter-file/file-problem';
import { fail, ok, type Result } from '#domain/values/result';

/** A file of parameters has about 5,000 characters; nothing a person writes is longer than this. */
export const FILE_BYTES_MAX = 65_536;
/** The settings are three levels deep; a parser's recursion must not be led down a thousand. */
const BRACKETS_MAX = 200;

/** A YAML text with the places of its keys. */
export type ParsedFile = {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  /** A problem at the key of a path, or at the nearest one above it. */
  readonly at: (path: readonly PropertyKey[], expected: string) => FileProblem;
};

/** Parses one plain document: no second one, no key twice, no anchors, aliases or tags, and nothing but a mapping. */
export function parseFile(file: string, text: string): Result<ParsedFile, FileProblem> {
  const lines = new LineCounter();
  const here = (offset: number, expected: string, key = ''): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'not_understood', file, line: Math.max(1, line), column: Math.max(1, col), key, expected };
  };
  if (Buffer.byteLength(text) > FILE_BYTES_MAX) return fail(here(0, `at most ${FILE_BYTES_MAX} bytes`));
  if ((text.match(/[[{]/g)?.length ?? 0) > BRACKETS_MAX || /^( *[-?:] ){20}/m.test(text))
    return fail(here(0, 'values that are not nested'));
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', version: '1.2', schema: 'core' });
  const [flaw] = [...document.errors, ...document.warnings];
  if (flaw !== undefined) return fail(here(flaw.pos[0], `plain YAML (${flaw.message})`));
  const odd = oddNode(document);
  if (odd !== null) return fail(here(odd.range?.[0] ?? 0, 'values without anchors, aliases or tags'));
  if (document.contents !== null && !isMap(document.contents) && !isEmpty(document.contents))
    return fail(here(document.contents.range[0], 'names with values, such as mode: normal'));
  const at = (path: readonly PropertyKey[], expected: string): FileProblem =>
    here(offsetOf(document, path), expected, path.map(String).join('.'));
  return ok({ file, text, document, at });
}

const isEmpty = (node: Node): boolean => isScalar(node) && node.value === null;

function oddNode(document: Document.Parsed): Node | null {
  let odd: Node | null = null;
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) odd ??= node;
    },
  });
  return odd;
}

/** Where the key of a path stands; of one that is not there, where its part stands that is. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let at: unknown = document.contents;
  let offset = 0;
  for (const name of path) {
    if (!isMap(at)) break;
    const pair = at.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
    if (pair === undefined) break;
    if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
    at = pair.value;
  }
  return offset;
}
