/** Why an archive is not taken. `chunk` counts from 0. */
export type ArchiveProblem =
  /** The system's code, such as ENOENT or ENOSPC, and what it was about. */
  | { readonly kind: 'archive_io'; readonly path: string; readonly code: string }
  | { readonly kind: 'not_an_archive'; readonly path: string }
  | { readonly kind: 'newer_format'; readonly version: number }
  | { readonly kind: 'header_damaged' }
  /** The header is as it was written, and this secret is not the one that it was written with. */
  | { readonly kind: 'wrong_secret' }
  | { readonly kind: 'secret_of_other_kind'; readonly needs: Protection }
  | { readonly kind: 'chunk_damaged'; readonly chunk: number }
  /** Whole up to here, and the end is missing. */
  | { readonly kind: 'cut_off'; readonly chunk: number }
  /** Something stands behind the last chunk. */
  | { readonly kind: 'bytes_after_end'; readonly chunk: number }
  /** Sealed with the right secret, and still no archive as this version writes it. */
  | { readonly kind: 'malformed'; readonly what: string };

/** What keeps others from reading it. */
export type Protection = 'plain' | 'passphrase' | 'key_file';

/** Stops whoever writes or reads an archive; `problem` says why. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly problem: ArchiveProblem;

  constructor(problem: ArchiveProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Does what asks the system for something; its refusal is told with the path. */
export function onDisk<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // ERR_… are mistakes of ours.
    if (/^E(?!RR_)/.test(code)) throw new ArchiveError({ kind: 'archive_io', path, code });
    throw error;
  }
}
