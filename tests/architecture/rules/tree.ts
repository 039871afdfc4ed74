import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths from the root of the repository with their text: all that a rule ever sees, so that a bad sample is a literal. */
export type Tree = ReadonlyMap<string, string>;

/** What breaks a rule: "path: what is wrong with it". */
export type Problem = string;

export const tree = (files: Readonly<Record<string, string>>): Tree => new Map(Object.entries(files));

const root = join(import.meta.dirname, '../../..');
const folders = ['src', 'tests', 'bench', 'bin', 'web'];
const texts = /\.(ts|tsx|mjs|js|json|md)$/;
const skipped = /(^|\/)(node_modules|dist|results)(\/|$)/;

/** The repository itself, without what is installed or built. */
export function readTree(): Tree {
  const files = new Map<string, string>();
  const add = (path: string): void => void files.set(path, readFileSync(join(root, path), 'utf8'));
  for (const folder of folders) for (const path of filesUnder(folder)) if (texts.test(path)) add(path);
  for (const path of ['package.json', 'package-lock.json']) add(path);
  return files;
}

function filesUnder(folder: string): readonly string[] {
  const here = readdirSync(root, { withFileTypes: true }).some((entry) => entry.isDirectory() && entry.name === folder);
  if (!here) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return entries.map((path) => `${folder}/${path.replaceAll('\\', '/')}`).filter((path) => !skipped.test(path));
}

/** Tests, and what a folder `testing` holds for them. */
export const isForTests = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path);

/** Product code: what is built and shipped, without its tests. */
export const sources = (files: Tree): readonly (readonly [path: string, text: string])[] =>
  [...files].filter(([path]) => /^src\/.*\.tsx?$/.test(path) && !isForTests(path));

/** Everything written in TypeScript or JavaScript, tests and benches too. */
export const code = (files: Tree): readonly (readonly [path: string, text: string])[] =>
  [...files].filter(([path]) => /\.(tsx?|mjs|js)$/.test(path));

/** "domain" and "risk" of src/domain/risk/approval.ts; the room is null for a file that lies in the layer's own folder. */
export function place(path: string): { readonly layer: string; readonly room: string | null } | null {
  const [top, layer, room, ...rest] = path.split('/');
  if (top !== 'src' || layer === undefined || room === undefined) return null;
  return { layer, room: rest.length === 0 ? null : room };
}
