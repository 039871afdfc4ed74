import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['catalyst-source'] };
const globalSetup = ['tests/temporary-folder.ts'];
const ssr = { resolve: { conditions: ['catalyst-source'] } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { globalSetup, name: 'unit', include: ['{src,tests}/**/*.test.ts'], exclude: ['**/*.full.test.ts'], testTimeout: 30_000 },
      },
      {
        resolve,
        ssr,
        test: { globalSetup, name: 'full', include: ['{src,tests}/**/*.full.test.ts'], testTimeout: 900_000, fileParallelism: false },
      },
    ],
  },
});
