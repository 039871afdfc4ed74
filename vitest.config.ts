import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['catalyst-source'] };
const ssr = { resolve: { conditions: ['catalyst-source'] } };

export default defineConfig({
  test: {
    globalSetup: ['tests/temporary-folder.ts'],
    projects: [
      {
        resolve,
        ssr,
        test: { name: 'unit', include: ['{src,tests}/**/*.test.ts'], exclude: ['**/*.full.test.ts'], testTimeout: 30_000 },
      },
      {
        resolve,
        ssr,
        test: { name: 'full', include: ['{src,tests}/**/*.full.test.ts'], testTimeout: 900_000, fileParallelism: false },
      },
    ],
  },
});
