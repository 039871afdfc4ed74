import type { IncomingMessage } from 'node:http';

const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** The whole body as text; null when it is too long, or its sender went away on the way. */
export async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length > BODY_BYTES_MAX) return null;
      parts.push(bytes);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
  return Buffer.concat(parts).toString('utf8');
}
