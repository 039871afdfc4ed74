import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { systemCode } from '#adapters/headlines/system-code';
import { fail, ok, type Result } from '#domain/values/result';

/** The file is not there, may not be read, or is no proper gzip. */
export type UnreadableFile = { readonly kind: 'unreadable_file'; readonly file: string; readonly code: string };

/** Hands the text of a UTF-8 file to `take` in pieces, unpacked when its name ends in ".gz"; the system's refusal is weather. */
export async function withText<Value>(
  file: string,
  take: (pieces: AsyncIterable<string>) => Promise<Value>,
): Promise<Result<Value, UnreadableFile>> {
  const source = createReadStream(file);
  const bytes = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => bytes.destroy(error));
  try {
    return ok(await take(decoded(bytes)));
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    return fail({ kind: 'unreadable_file', file, code });
  } finally {
    // The taker may stop early, and unpacking does not close what it reads from.
    source.destroy();
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
