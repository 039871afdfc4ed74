import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isMemberName } from '#adapters/archive/member-name';
import { namesIn } from '#main/backup/disk';

/** What belongs to a running process, not to the record: its lock, the room that it keeps, files half written. */
const isPassing = (name: string): boolean => name === 'reserve' || /^lock(\.|$)/.test(name) || /\.(tmp|partial)$/.test(name);

const isSegment = (name: string): boolean => /^\d{8}\.journal$/.test(name);

export type FolderFiles = { readonly files: readonly string[]; readonly leftOut: readonly string[] };

/**
 * The plain files beside the segments of a journal and in the folders below it, by their relative names. A link is left out and
 * told: what it leads to is not the journal's.
 */
export function filesBeside(journal: string): FolderFiles {
  const files: string[] = [];
  const leftOut: string[] = [];
  const look = (folder: string): void => {
    for (const name of namesIn(join(journal, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isPassing(name) || (folder === '' && isSegment(name))) continue;
      const there = lstatSync(join(journal, path), { throwIfNoEntry: false });
      if (there?.isDirectory() === true) look(path);
      else if (there?.isFile() === true && isMemberName(`journal/${path}`)) files.push(path);
      else if (there !== undefined) leftOut.push(path);
    }
  };
  look('');
  return { files, leftOut };
}
