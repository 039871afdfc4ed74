/** What is tried, folder by folder: all of the gate, and the services that use it. */
export const folders = [
  'src/domain/risk',
  'src/domain/session',
  'src/domain/exits',
  'src/domain/parameters',
  'src/production/workflow',
  'src/production/trading',
  'src/production/risk-manager',
];

const keptIn = new URL('../../.cache/mutation/', import.meta.url);

/** Where Stryker keeps what became of a folder's mutants; the next run tries again only those that a change may concern. */
export const resultOf = (folder) => new URL(`${folder.replace('src/', '').replace('/', '-')}.json`, keptIn);

/** Where the seconds of its runs are added up. */
export const secondsOf = (folder) => new URL(`${folder.replace('src/', '').replace('/', '-')}.seconds`, keptIn);
