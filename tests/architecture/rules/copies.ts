import ts from 'typescript';
import { nodesIn, placeOf, syntaxOf } from './syntax.js';
import { type Problem, sources, type Tree } from './tree.js';

/** Shorter bodies are alike by chance, or are not worth a place of their own between two layers. */
const WORDS_MIN = 50;

/** Functions whose bodies are the same but for names and spaces: whoever mends one forgets the other. */
export function copies(files: Tree): readonly Problem[] {
  const places = new Map<string, string[]>();
  for (const [path, text] of sources(files)) {
    const file = syntaxOf(path, text);
    for (const node of nodesIn(path, text)) {
      const body = ts.isFunctionLike(node) && 'body' in node ? node.body : undefined;
      if (body === undefined) continue;
      const words = wordsOf(body.getText(file));
      if (words.length < WORDS_MIN) continue;
      const key = words.join(' ');
      places.set(key, [...(places.get(key) ?? []), placeOf(path, file, node)]);
    }
  }
  return [...places.values()].filter(({ length }) => length > 1).map((all) => `${all.join(' and ')} are copies`);
}

/** The words of a text; a name is known by where it first stood, so that another name makes no other text. */
function wordsOf(text: string): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2023, true, ts.LanguageVariant.Standard, text);
  const names = new Map<string, string>();
  const words: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const word = scanner.getTokenText();
    if (kind !== ts.SyntaxKind.Identifier && kind !== ts.SyntaxKind.PrivateIdentifier) words.push(word);
    else {
      const name = names.get(word) ?? `name${names.size}`;
      names.set(word, name);
      words.push(name);
    }
  }
  return words;
}
