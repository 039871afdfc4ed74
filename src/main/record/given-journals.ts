import { basename, resolve } from 'node:path';
import type { Client } from '#adapters/postgres/client';
import { JournalTail } from '#engine/journal/tail';
import { type Projection, projections } from '#main/record/tables';

/** A journal and the name under which it stands in the record, or will. */
export type NamedJournal = { readonly directory: string; readonly name: string };

/** Unless somebody says another: the folder's own name. */
export const journalName = (directory: string): string => basename(resolve(directory));

/** SHA-256 of an entry in hex; null where the journal ends before. Throws a `JournalError` for what is no journal, or damaged until there. */
export function headAt(directory: string, sequence: number): string | null {
  const tail = new JournalTail(directory);
  try {
    while (tail.sequence < sequence) if (tail.next() === null && !tail.isInDoubt) return null;
    return tail.head;
  } finally {
    tail.close();
  }
}

/** A journal that the record knows, and how far each projection has read it. */
export type KnownJournal = {
  readonly name: string;
  readonly genesis: string;
  readonly positions: Partial<Readonly<Record<Projection, number>>>;
  /** The furthest of these, and what it was made of. */
  readonly place: { readonly sequence: number; readonly head: string };
};

export async function knownJournals(client: Client): Promise<readonly KnownJournal[]> {
  const { rows } = await client.query(
    `select j.name, encode(j.genesis, 'hex') as genesis, p.projection::text as projection, p.sequence, encode(p.head, 'hex') as head
     from catalyst.journals j left join catalyst.journal_positions p using (journal_id) order by j.name, p.projection`,
  );
  type Found = Omit<KnownJournal, 'positions' | 'place'> & {
    readonly positions: Partial<Record<Projection, number>>;
    place: KnownJournal['place'];
  };
  const known = new Map<string, Found>();
  for (const { name, genesis, projection, sequence, head } of rows) {
    const one: Found = known.get(name) ?? { name, genesis, positions: {}, place: { sequence: 1, head: genesis } };
    known.set(name, one);
    if (projections.includes(projection)) one.positions[projection as Projection] = sequence;
    if (sequence > one.place.sequence) one.place = { sequence, head };
  }
  return [...known.values()];
}
