import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['catalyst-source'] };

/** The tests that a mutant of risk, exits, sessions and parameters is held against: all that lie beside them, and the edges. */
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: [
      'src/domain/{risk,exits,session,parameters,portfolio}/**/*.test.ts',
      'src/production/{risk-manager,workflow,trading}/**/*.test.ts',
      'tests/simulation/hard-rules-edges.test.ts',
      'tests/journeys/parameters-page.test.ts',
    ],
    exclude: ['**/*.full.test.ts'],
    testTimeout: 120_000,
    // Each file in a worker of its own would take three times as long; nothing here keeps a state beyond a test.
    isolate: false,
  },
});
