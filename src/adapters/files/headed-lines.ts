import { readFile } from 'node:fs/promises';
import { type FileProblem, fileProblem } from '#adapters/files/file-problem';
import { fail, ok, type Result } from '#domain/values/result';

/** A small file of text as its first line and the others; `expected` says to people what it should have held. */
export async function readHeadedLines(
  path: string,
  expected: string,
): Promise<Result<{ readonly header: string; readonly lines: readonly string[] }, FileProblem>> {
  try {
    const [header = '', ...lines] = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/);
    return ok({ header, lines });
  } catch (error) {
    return fail(fileProblem(error, path, expected));
  }
}
