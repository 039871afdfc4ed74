import type { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import type { Client } from '#adapters/postgres/client';

/** What is handed to the socket at once: the driver puts it all into one message. */
const PIECE = 1 << 16;

/** Rows of `CopyRows` into a table; waits where the server is slower. They count when the transaction is committed. */
export async function copyIn(client: Client, into: string, rows: Buffer): Promise<void> {
  await pipeline(Readable.from(pieces(rows), { objectMode: true }), client.query(from(`COPY ${into} FROM STDIN`)));
}

/** The rows of a query as COPY writes them, piece by piece. */
export async function copyOut(client: Client, query: string, take: (piece: Buffer) => void): Promise<void> {
  for await (const piece of client.query(to(`COPY (${query}) TO STDOUT`))) take(piece as Buffer);
}

function* pieces(rows: Buffer): Generator<Buffer> {
  for (let at = 0; at < rows.length; at += PIECE) yield rows.subarray(at, Math.min(at + PIECE, rows.length));
}
