import { createWriteStream, rmSync, type WriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { printable } from '#main/commands/printable';
import { isTerminal } from '#main/terminal';

/** What was to be written could not be; `reason` is the system's word for it. Not to be taken for trouble of a file that is read. */
export class WriteFailed extends Error {
  readonly reason: string;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'WriteFailed';
    this.reason = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  }
}

/** Somewhere to write text of one character a byte. */
export type Output = {
  write(text: string): void;
  /** Waits until what was written has been taken; throws `WriteFailed`. */
  drained(): Promise<void>;
  /** Everything is written: a file takes its name only now. */
  finish(): Promise<void>;
  /** Nothing more comes; what was written to a file is thrown away. */
  abandon(): Promise<void>;
};

/** `writeWhole` takes text of any characters, at once. */
type FileOutput = Output & { writeWhole(text: string): void };

const BATCH = 1 << 16;

/** A file, gzipped when its name says so; it appears whole or not at all. Something that is no plain file is written directly. */
export async function fileOutput(name: string): Promise<FileOutput> {
  // A link stays a link: what it leads to is replaced.
  const path = await realpath(name).catch(() => name);
  const there = await stat(path).catch(() => null);
  const aside = there === null || there.isFile() ? `${path}.${process.pid}.writing` : path;
  const file = createWriteStream(aside);
  const signalled = (signal: NodeJS.Signals): void => {
    if (aside !== path) rmSync(aside, { force: true });
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', signalled).once('SIGTERM', signalled);
  const unheard = (): void => void process.off('SIGINT', signalled).off('SIGTERM', signalled);
  const gzip = path.endsWith('.gz') ? createGzip() : null;
  const output = streamOutput(gzip ?? file, gzip === null ? [file] : [gzip, file]);
  if (gzip !== null) gzip.pipe(file);
  const abandon = async (): Promise<void> => {
    unheard();
    gzip?.destroy();
    await closed(file);
    if (aside !== path) await rm(aside, { force: true });
  };
  return {
    ...output,
    finish: async () => {
      await output.finish();
      if (aside === path) return;
      await rename(aside, path).catch((error: Error) => {
        throw new WriteFailed(error);
      });
      unheard();
    },
    abandon,
  };
}

const closed = (file: WriteStream): Promise<void> =>
  new Promise((done) => {
    if (file.closed) return done();
    file.once('close', () => done());
    file.destroy();
  });

/** The terminal or a pipe, which is left open. A pipe gets each line as it is; on a terminal none of them steers it. */
export function standardOutput(isSeen = isTerminal('stdout'), to: Writable = process.stdout): Output {
  const output = streamOutput(to, []);
  return isSeen ? { ...output, write: (text) => output.write(seen(text)) } : output;
}

/** Lines of one character a byte, as they may be seen. */
function seen(text: string): string {
  const lines = Buffer.from(text, 'latin1').toString('utf8').split('\n');
  return Buffer.from(lines.map(printable).join('\n')).toString('latin1');
}

function streamOutput(to: Writable, ends: readonly Writable[]): FileOutput {
  let batch = '';
  let failed: Error | null = null;
  let full = false;
  for (const stream of new Set([to, ...ends])) {
    stream.on('error', (error: Error) => {
      failed ??= error;
    });
  }
  const flush = (): void => {
    if (batch !== '' && failed === null) full = !to.write(batch, 'latin1');
    batch = '';
  };
  const drained = async (): Promise<void> => {
    flush();
    if (full && failed === null) {
      await new Promise<void>((done) => {
        const wake = (): void => {
          for (const stream of new Set([to, ...ends])) stream.off('error', wake);
          to.off('drain', wake);
          done();
        };
        for (const stream of new Set([to, ...ends])) stream.once('error', wake);
        to.once('drain', wake);
      });
    }
    full = false;
    if (failed !== null) throw new WriteFailed(failed);
  };
  return {
    write: (text) => {
      batch += text;
      if (batch.length >= BATCH) flush();
    },
    writeWhole: (text) => {
      flush();
      if (failed === null) full = !to.write(Buffer.from(text));
    },
    drained,
    finish: async () => {
      await drained();
      const last = ends.at(-1);
      if (last !== undefined) {
        to.end();
        await finished(last).catch((error: Error) => {
          failed ??= error;
        });
      } else await new Promise<void>((done) => void to.write('', () => done()));
      if (failed !== null) throw new WriteFailed(failed);
    },
    abandon: () => Promise.resolve(),
  };
}
