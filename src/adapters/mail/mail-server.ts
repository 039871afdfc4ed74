import { fail, ok, type Result } from '#domain/values/result';

/** Where mail is handed over. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte, or from STARTTLS on. `never` only on this machine. */
  readonly tls: 'implicit' | 'required' | 'never';
  readonly user: string;
  readonly password: string;
};

export type BadServer = { readonly kind: 'bad_server'; readonly said: string };

const here = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

const refuse = (said: string): Result<never, BadServer> => fail({ kind: 'bad_server', said });

/** What the text is to look like; the text itself is never repeated, for it holds a password. */
const SHAPE = 'smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465';

/**
 * Reads `smtp://` (STARTTLS is required) and `smtps://`. `?tls=never` is for a server of this machine alone: a password that
 * leaves it travels encrypted.
 */
export function mailServerOf(text: string): Result<MailServer, BadServer> {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') return refuse(`expected ${SHAPE}`);
  const wish = url.searchParams.get('tls') ?? 'required';
  if (wish !== 'required' && wish !== 'never') return refuse('?tls= is required or never');
  if (wish === 'never' && !here.has(url.hostname)) return refuse('?tls=never is only for a server on this machine');
  const isImplicit = url.protocol === 'smtps:';
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null) return refuse('what is not plain in user and password is written as %40 and the like');
  return ok({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isImplicit ? 465 : 587) : Number(url.port),
    tls: isImplicit ? 'implicit' : wish,
    user,
    password,
  });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
