/** A shorter text is no key of any vendor, and might stand in a word. */
const KEY_LENGTH_MIN = 8;

/** Without any key, as it is, as it stands in an address, or with its slashes escaped. */
export const redacted = (text: string, secrets: readonly string[]): string =>
  secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), secret.replaceAll('/', '\\/')])
    .reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);

/** An answer that is to be read: a vendor that repeats a key puts it into no headline and no address. */
export const withoutKeys = (text: string, secrets: readonly string[]): string =>
  redacted(
    text,
    secrets.filter(({ length }) => length >= KEY_LENGTH_MIN),
  );
