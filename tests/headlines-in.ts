import { type FileHeadline, type HeadlineFileProblem, readHeadlineFile } from '#adapters/headlines/headline-file';
import type { HeadlineFault } from '#adapters/headlines/refused-headlines';
import { ok, type Result } from '#domain/values/result';

export type HeadlinesIn = {
  readonly headlines: readonly FileHeadline[];
  readonly refused: readonly { readonly kind: HeadlineFault; readonly line: number }[];
};

/** All headlines of a small file at once, and its refused rows. */
export async function headlinesIn(file: string): Promise<Result<HeadlinesIn, HeadlineFileProblem>> {
  const headlines: FileHeadline[] = [];
  const refused: { kind: HeadlineFault; line: number }[] = [];
  const read = await readHeadlineFile<never>(file, {
    take: (headline) => {
      headlines.push(headline);
      return ok(null);
    },
    refuse: (kind, line) => void refused.push({ kind, line }),
  });
  return read.ok ? ok({ headlines, refused }) : read;
}
