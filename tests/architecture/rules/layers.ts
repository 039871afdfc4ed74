import { importGraph, importsOf, loadsOf, packageOf, referencesOf, targetOf } from './imports.js';
import { isForTests, type Problem, place, sources, type Tree } from './tree.js';

/** Which layer may see which; itself is always seen. */
const sees: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  production: ['domain'],
  engine: ['domain'],
  adapters: ['domain', 'engine'],
  simulation: ['domain', 'engine'],
  research: ['domain', 'engine', 'simulation'],
  main: ['domain', 'production', 'engine', 'adapters', 'simulation', 'research'],
};

/** Layers whose rooms never see each other: they share words of the domain, not code. */
const separateRooms = ['production', 'adapters'];
const pureLayers = ['domain', 'production'];

/** Imports against the direction of the house. The compiler refuses most of them too; this says why, and the rest. */
export function illegalImports(files: Tree): readonly Problem[] {
  return sources(files).flatMap(([path, text]) =>
    importsOf(path, text).flatMap((to) => whyIllegal(path, to).map((why) => `${path}: ${why} (${to})`)),
  );
}

function whyIllegal(path: string, to: string): readonly string[] {
  const from = place(path);
  const target = targetOf(path, to);
  if (from === null) return ['a source outside the layers'];
  if (target === null) return pureLayers.includes(from.layer) ? [`${from.layer} is pure: neither node's modules nor third-party code`] : [];
  if (isForTests(target)) return ['the product may not use what is there for tests'];
  if (to.startsWith('.') && !target.includes('-worker.')) return ['import with #, not by a relative path'];
  const other = place(target);
  if (other === null) return ['imports what is no source'];
  if (sees[from.layer] === undefined) return [`${from.layer} is no layer of the house`];
  if (other.layer !== from.layer && !sees[from.layer]?.includes(other.layer)) return [`${from.layer} may not see ${other.layer}`];
  if (from.layer === 'adapters' && other.layer === 'engine' && other.room !== 'ports')
    return ['an adapter sees only the ports of the engine'];
  const neighbours = other.layer === from.layer && separateRooms.includes(from.layer) && other.room !== from.room;
  return neighbours && from.room !== null ? [`${from.layer}/${from.room} may not see its neighbour ${other.room ?? 'the plan'}`] : [];
}

/** Files that load each other in a circle. Types are erased and make none: events and what folds them are one vocabulary. */
export function importCycles(files: Tree): readonly Problem[] {
  const graph = importGraph(
    files,
    sources(files).map(([path]) => path),
    loadsOf,
  );
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

/** Sources that nothing reaches from where the program, its workers, the benches or the tests start. */
export function unreached(files: Tree): readonly Problem[] {
  const isEntry = (path: string): boolean => path === 'src/main/cli.ts' || /-worker\.ts$|\.test\.tsx?$|^bench\/.*\.mjs$|^bin\//.test(path);
  const graph = importGraph(
    files,
    [...files.keys()].filter((path) => /\.(tsx?|m?js)$/.test(path)),
    referencesOf,
  );
  const reached = new Set([...graph.keys()].filter(isEntry));
  for (const path of reached) for (const next of graph.get(path) ?? []) reached.add(next);
  return [...graph.keys()].filter((path) => path.startsWith('src/') && !reached.has(path)).map((path) => `${path}: nothing reaches it`);
}

/** Third-party packages and from where they are imported, over the product alone. */
export function packagesUsed(files: Tree): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  for (const [path, text] of sources(files)) {
    for (const name of importsOf(path, text).map(packageOf)) {
      if (name === null) continue;
      const { layer, room } = place(path) ?? { layer: 'outside', room: null };
      const home = layer === 'adapters' ? `adapters/${room}` : layer;
      used.set(name, (used.get(name) ?? new Set()).add(home));
    }
  }
  return used;
}

/** Services without a page about themselves. */
export function servicesWithoutReadme(files: Tree): readonly Problem[] {
  const rooms = new Set(sources(files).flatMap(([path]) => (place(path)?.layer === 'production' ? [place(path)?.room ?? null] : [])));
  return [...rooms]
    .filter((room) => room !== null && !files.has(`src/production/${room}/README.md`))
    .map((room) => `src/production/${room}: no README.md`);
}
