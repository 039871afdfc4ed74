import type { Problem, Tree } from './tree.js';

/** Where a third-party package may be imported from, and why it is here at all; decision 0007 tells more. */
type Home = { readonly home: 'adapters' | 'main'; readonly because: string };

export const homes: Readonly<Record<string, Home>> = {
  '@duckdb/node-api': { home: 'adapters', because: 'reads CSV and Parquet at the speed of the disk' },
  '@msgpack/msgpack': { home: 'main', because: 'the wire of the official SDK, spoken by the simulated broker' },
  '@huggingface/transformers': { home: 'adapters', because: 'runs a local FinBERT for whoever installs it; an optional peer' },
  commander: { home: 'main', because: 'parses the command line and writes its help' },
  kysely: { home: 'adapters', because: 'statements of SQL whose tables and columns the compiler knows, and the order of migrations' },
  nodemailer: { home: 'adapters', because: 'sends mail: SMTP with TLS, and messages that mail readers can read' },
  pg: { home: 'adapters', because: 'speaks to PostgreSQL' },
  'pg-copy-streams': { home: 'adapters', because: 'fills a table from a stream, many times faster than statements' },
  ws: { home: 'adapters', because: 'WebSockets, both ends: Node 20 has none that is stable' },
  yaml: { home: 'adapters', because: 'reads the file of parameters with the places of its keys, and writes it back with its comments' },
  zod: { home: 'adapters', because: 'holds the file of parameters against its shape, and says where it differs' },
};

type Versions = Record<string, string>;
type Manifest = {
  readonly dependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
};

const manifestOf = (files: Tree): Manifest => JSON.parse(files.get('package.json') ?? '{}') as Manifest;

/** Versions that npm could read in two ways. */
export function loosePins(files: Tree): readonly Problem[] {
  const { dependencies, peerDependencies, devDependencies, optionalDependencies } = manifestOf(files);
  const all = Object.entries({ ...dependencies, ...peerDependencies, ...devDependencies, ...optionalDependencies });
  return all
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `package.json: ${name} ${version} is not exact`);
}

/** A product dependency has a reason, is used, and is called from one place, so that it can be taken out again. */
export function homelessPackages(
  files: Tree,
  used: ReadonlyMap<string, ReadonlySet<string>>,
  table: Readonly<Record<string, Home>>,
): readonly Problem[] {
  const { dependencies, peerDependencies } = manifestOf(files);
  const declared = Object.keys({ ...dependencies, ...peerDependencies });
  const named = new Set([...declared, ...used.keys(), ...Object.keys(table)]);
  return [...named].flatMap((name) => {
    const places = [...(used.get(name) ?? [])];
    const row = table[name];
    if (row === undefined) return [`${name}: no reason is written down for it`];
    if (!declared.includes(name)) return [`${name}: not among the dependencies`];
    if (places.length === 0) return [`${name}: nobody imports it`];
    if (places.length > 1) return [`${name}: imported from ${places.sort().join(' and ')}`];
    const fits = places.every((at) => at === row.home || at.startsWith(`${row.home}/`));
    return fits ? [] : [`${name}: imported from ${places.join()}, belongs in ${row.home}`];
  });
}

/** A lock file that names a registry's host ties everyone to the registry of whoever wrote it. */
export function lockedHosts(files: Tree): readonly Problem[] {
  const hosts = (files.get('package-lock.json') ?? '').matchAll(/"resolved": "(\w+:\/\/[^/"]+)/g);
  return [...new Set([...hosts].map(([, host]) => `package-lock.json: names ${host}`))];
}
