import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const translated = join(tmpdir(), 'catalyst-typescript');

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  return { format: 'module', shortCircuit: true, source: await translate(readFileSync(new URL(url), 'utf8')) };
}

/** Loading the compiler takes longer than most tests, so that what it made is kept by the hash of its source. */
async function translate(source) {
  const path = join(translated, `${createHash('sha256').update(source).digest('hex')}.mjs`);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const { default: ts } = await import('typescript');
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  mkdirSync(translated, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, outputText);
  renameSync(`${path}.${process.pid}`, path);
  return outputText;
}
