import { fail, ok, type Result } from '#domain/values/result';

/** The environment, or the lines of a file that stands in for it. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a person has to do first, in one line and without a key. */
export type BadSettings = { readonly kind: 'bad_settings'; readonly said: string };

/** Says what a person has to do first. */
export const refuse = (said: string): Result<never, BadSettings> => fail({ kind: 'bad_settings', said });

/** A variable without the blanks around it; empty where it is not set. */
export const setIn = (variables: Variables, name: string): string => variables[name]?.trim() ?? '';

/** Those that are missing, or could not stand in a header; null when all are there. `where` says in which place, if there are several. */
export function lackIn(variables: Variables, names: readonly string[], where = ''): string | null {
  const unset = names.filter((name) => setIn(variables, name) === '');
  if (unset.length > 0) return `set ${unset.join(' and ')}${where}`;
  const odd = names.filter((name) => !/^[\x20-\x7e]+$/.test(setIn(variables, name)));
  return odd.length > 0 ? `${odd.join(' and ')}${where} has characters that no key has` : null;
}

/**
 * An address in the place of the usual one. Keys travel to it: encrypted, or not beyond this machine. What was given is not
 * repeated, for it may hold a key. The path of a host ends in a slash.
 */
export function addressIn(variables: Variables, name: string, usual: string): Result<URL, BadSettings> {
  const text = setIn(variables, name) || usual;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return refuse(`${name} is no address such as ${usual}`);
  const scheme = usual.startsWith('wss') ? 'ws' : 'http';
  const isSafe = url.protocol === `${scheme}s:` || (url.protocol === `${scheme}:` && isHere(url));
  if (!isSafe) return refuse(`${name} must begin with ${scheme}s://, since keys are sent there; ${scheme}:// only to this machine`);
  if (url.username !== '' || url.password !== '' || url.search !== '') return refuse(`${name} must hold no name, no password and no query`);
  if (scheme === 'http' && !url.pathname.endsWith('/')) url.pathname += '/';
  return ok(url);
}

/** Whether an address is one of this machine. */
export const isHere = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
