/** Why a whole file or folder cannot be used. */
export type FileProblem =
  | { readonly kind: 'not_found'; readonly path: string; readonly expected: string }
  | { readonly kind: 'no_permission'; readonly path: string }
  | { readonly kind: 'read_failed'; readonly path: string; readonly code: string }
  | { readonly kind: 'damaged_gzip'; readonly path: string; readonly code: string }
  | { readonly kind: 'too_many_rows'; readonly path: string; readonly max: number }
  | { readonly kind: 'other_shape'; readonly path: string; readonly expected: string; readonly found: string };

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};

/** What the operating system or zlib said, told apart; anything that has no code is a bug and goes on as it is. */
export function fileProblem(error: unknown, path: string, expected: string): FileProblem {
  const code = codeOf(error);
  if (code === 'unknown') throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'not_found', path, expected };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'no_permission', path };
  return code.startsWith('Z_') ? { kind: 'damaged_gzip', path, code } : { kind: 'read_failed', path, code };
}
