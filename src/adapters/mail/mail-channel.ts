import { PassThrough } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { MailServer } from '#adapters/mail/mail-server';
import { assert } from '#domain/values/assert';
import { firstWords } from '#domain/values/first-words';
import { redacted } from '#domain/values/redacted';
import { fail, ok, type Result } from '#domain/values/result';
import type { AlertChannel, Letter, SendProblem } from '#engine/ports/alert-channel';

export type MailOptions = {
  readonly name: string;
  readonly server: MailServer;
  readonly from: string;
  readonly to: readonly string[];
  /** Certificates in PEM that are trusted besides those of the public authorities; null for none. */
  readonly ca: string | null;
  readonly timeouts: MailTimeouts;
};

/** Milliseconds for the connection, the server's greeting, and any silence after it. `wholeMsMax` bounds one try, whatever happens. */
export type MailTimeouts = {
  readonly connectMsMax: number;
  readonly greetingMsMax: number;
  readonly silenceMsMax: number;
  readonly wholeMsMax: number;
};

export const mailTimeouts: MailTimeouts = { connectMsMax: 10_000, greetingMsMax: 10_000, silenceMsMax: 15_000, wholeMsMax: 30_000 };

const SAID_MAX = 200;

/** What the mailer says of a letter that one of its readers at least was given. */
type Sent = { readonly response: string; readonly rejectedErrors?: readonly Refused[] | undefined };
type Refused = Error & {
  readonly recipient?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
};

/** Without a name before it; the mailer writes the names of hosts in small letters. */
const bareAddress = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

/** Of so many letters it is known who has them already. */
const LETTERS_KEPT = 256;

/**
 * Mail by SMTP. Each try has a connection of its own: a server that hangs holds up nothing but that try. Whom a server puts off while
 * it takes the letter for others gets it at the next try, and the others get no copy.
 */
export class MailChannel implements AlertChannel {
  readonly name: string;
  readonly #options: MailOptions;
  readonly #served = new Map<string, ReadonlySet<string>>();

  constructor(options: MailOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async send(letter: Letter): Promise<Result<string, SendProblem>> {
    const transport = this.#transport();
    // Once all of it has been read for sending the server may have it, whatever is heard of it afterwards.
    let isHandedOver = false;
    transport.use('stream', (mail, done) => {
      mail.message.transform(() =>
        new PassThrough().on('end', () => {
          isHandedOver = true;
        }),
      );
      done();
    });
    let late: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'late'>((resolve) => {
      late = setTimeout(() => resolve('late'), this.#options.timeouts.wholeMsMax);
    });
    try {
      const sending = transport.sendMail(this.#mailOf(letter));
      // Whoever is no longer waited for may still fail.
      sending.catch(() => {});
      const sent = await Promise.race([sending, tooLate]);
      if (sent === 'late') return fail({ kind: isHandedOver ? 'uncertain' : 'unreachable', why: 'no answer in time' });
      return this.#settled(letter, sent);
    } catch (error) {
      assert(error instanceof Error, 'the mailer throws errors');
      return fail(this.#problemOf(error, isHandedOver));
    } finally {
      clearTimeout(late);
      transport.close();
    }
  }

  close(): void {}

  /** Some at least have it. Who was refused for good is named; who was only put off has to be asked again. */
  #settled({ id }: Letter, { response, rejectedErrors = [] }: Sent): Result<string, SendProblem> {
    const refused = rejectedErrors.map((each) => `NOT to ${each.recipient ?? 'somebody'}: ${each.response ?? each.message}`);
    const said = this.#shown([...refused, response].join('; '));
    const putOff = rejectedErrors.filter(({ responseCode = 0 }) => responseCode < 500).map(({ recipient = '' }) => bareAddress(recipient));
    if (putOff.length === 0) {
      this.#served.delete(id);
      return ok(said);
    }
    const served = this.#options.to.filter((each) => !putOff.includes(bareAddress(each)));
    // One whom the mailer writes in another way than we do is not found: then everybody is asked again, for a copy is better than silence.
    const areFound = this.#options.to.length - served.length >= new Set(putOff).size;
    this.#served.set(id, new Set(areFound ? served : []));
    const [oldest] = this.#served.keys();
    if (this.#served.size > LETTERS_KEPT && oldest !== undefined) this.#served.delete(oldest);
    return fail({ kind: 'unreachable', why: said });
  }

  #transport() {
    const { server, ca, timeouts } = this.#options;
    const { host, port, tls, user, password } = server;
    return createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'required',
      ignoreTLS: tls === 'never',
      ...(user === '' ? {} : { auth: { user, pass: password } }),
      tls: { ...(ca === null ? {} : { ca }), minVersion: 'TLSv1.2' },
      connectionTimeout: timeouts.connectMsMax,
      greetingTimeout: timeouts.greetingMsMax,
      socketTimeout: timeouts.silenceMsMax,
      dnsTimeout: timeouts.connectMsMax,
      // What a letter holds is text: no file of this machine and no address is ever fetched for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  #mailOf({ id, attempt, severity, subject, text, html }: Letter) {
    const { from, to } = this.#options;
    const domain = from.slice(from.lastIndexOf('@') + 1).replace(/[^\w.-]/g, '') || 'catalyst.invalid';
    return {
      from,
      to: [...to],
      envelope: { from, to: to.filter((each) => this.#served.get(id)?.has(each) !== true) },
      // One line, whatever came from outside: nothing in it begins another header.
      subject: firstWords(subject, SAID_MAX),
      text,
      html,
      messageId: `<${id}@${domain}>`,
      priority: severity === 'critical' ? ('high' as const) : ('normal' as const),
      headers: { 'X-Catalyst-Message': id, 'X-Catalyst-Attempt': String(attempt), 'Auto-Submitted': 'auto-generated' },
    };
  }

  #problemOf(error: Error, isHandedOver: boolean): SendProblem {
    const code = 'code' in error ? String(error.code) : '';
    const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
    const why = this.#shown(`${code === '' ? '' : `${code} `}${error.message}`);
    if (status !== null && status >= 500) return { kind: 'refused', why };
    if (status !== null) return { kind: 'unreachable', why };
    return isHandedOver ? { kind: 'uncertain', why } : { kind: 'unreachable', why };
  }

  #shown(text: string): string {
    const { user, password } = this.#options.server;
    const secrets = [password, Buffer.from(`\0${user}\0${password}`).toString('base64')].filter((secret) => secret !== '');
    return firstWords(redacted(text, password === '' ? [] : secrets), SAID_MAX);
  }
}
