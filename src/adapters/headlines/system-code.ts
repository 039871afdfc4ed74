/** Errors of the system and of zlib carry a code; a bug of ours does not, or one that begins with ERR_, and gives null. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && !code.startsWith('ERR_') ? code : null;
}
