import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came. */
export type TakenMail = { readonly raw: string; readonly subject: string; readonly messageId: string; readonly attempt: number };

export const headerOf = (raw: string, name: string): string => {
  const head = raw.split('\r\n\r\n')[0] ?? '';
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
};

/** What a server does with a mail whose text it has: takes it, refuses it with a code, goes without a word, or says nothing. */
export type Doing = 'take' | 'go' | 'hang' | number;

/** A real server of SMTP on the loopback. */
export class TestMailServer {
  readonly taken: TakenMail[] = [];
  /** What is done with the next mails, in this order; after that each is taken. */
  readonly doings: Doing[] = [];
  /** How long it thinks before it answers. */
  slowMs = 0;
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      logger: false,
      onData: (stream, _, answer) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => setTimeout(() => this.#answer(Buffer.concat(parts).toString('utf8'), answer), this.slowMs));
      },
      ...options,
    });
    this.#server.on('error', () => {});
    this.#server.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options: SMTPServerOptions = {}): Promise<TestMailServer> {
    const server = new TestMailServer(options);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server.server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}?tls=never`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #answer(raw: string, answer: (error?: Error | null) => void): void {
    const doing = this.doings.shift() ?? 'take';
    if (typeof doing === 'number') return answer(Object.assign(new Error('not now'), { responseCode: doing }));
    const mail = { raw, subject: headerOf(raw, 'Subject'), messageId: headerOf(raw, 'Message-ID') };
    // It has the mail in every case; whether it says so is another matter.
    this.taken.push({ ...mail, attempt: Number(headerOf(raw, 'X-Catalyst-Attempt')) });
    if (doing === 'take') answer();
    if (doing === 'go') for (const socket of this.#sockets) socket.destroy();
  }
}

/** Listens and never says a word. */
export async function silentServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** A port at which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

/** A certificate for localhost that nobody but itself has signed; null where the machine has no openssl. */
export function selfSigned(): { readonly key: string; readonly cert: string; readonly file: string } | null {
  const folder = mkdtempSync(join(tmpdir(), 'catalyst-cert-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const options: ExecFileSyncOptions = { stdio: 'ignore' };
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...names],
      options,
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert };
}
