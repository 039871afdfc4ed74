import { basename, resolve } from 'node:path';
import type { Client } from '#adapters/postgres/client';
import { JournalTail } from '#engine/journal/tail';
import { type Projection, projections } from '#main/record/tables';

/** A journal and the name under which it stands in the record, or will. */
export type NamedJournal = { readonly directory: string; readonly name: string };

/** Unless somebody says another: the folder's own name. */
export const journalName = (directory: string): string => basename(resolve(directory));

/** SHA-256 of the first entry in hex; null where there is none. Throws a `JournalError` for what is no journal. */
export function genesisOf(directory: string): string | null {
  const tail = new JournalTail(directory);
  try {
    return tail.next() === null ? null : tail.head;
  } finally {
    tail.close();
  }
}

/** A journal that the record knows, and how far each projection has read it. */
export type KnownJournal = {
  readonly name: string;
  readonly genesis: string;
  readonly positions: Partial<Readonly<Record<Projection, number>>>;
};

export async function knownJournals(client: Client): Promise<readonly KnownJournal[]> {
  const { rows } = await client.query(
    `select j.name, encode(j.genesis, 'hex') as genesis, p.projection::text as projection, p.sequence
     from catalyst.journals j left join catalyst.journal_positions p using (journal_id) order by j.name, p.projection`,
  );
  type Found = { readonly name: string; readonly genesis: string; readonly positions: Partial<Record<Projection, number>> };
  const known = new Map<string, Found>();
  for (const { name, genesis, projection, sequence } of rows) {
    const one: Found = known.get(name) ?? { name, genesis, positions: {} };
    known.set(name, one);
    if (projections.includes(projection)) one.positions[projection as Projection] = sequence;
  }
  return [...known.values()];
}
