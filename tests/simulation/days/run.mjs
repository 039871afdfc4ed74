// npm run simulate -- --days 300 --seed 1 [--profile tenfold] [--json]: Node runs the sources as they are.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const typescript = new URL('../../../src/engine/journal/testing/run-typescript.mjs', import.meta.url).href;
const words = ['--conditions=catalyst-source', '--import', typescript, here('./simulate.ts'), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
process.exitCode = status ?? 1;
