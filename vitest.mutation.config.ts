import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const resolve = { conditions: ['catalyst-source'] };

/** A mutant is dead at the first test that fails: what is soon through goes first, properties last. */
class SoonestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const costOf = ({ moduleId }: TestSpecification): number => {
      const text = readFileSync(moduleId, 'utf8');
      return text.length + (text.includes("from 'fast-check'") ? 1_000_000 : 0);
    };
    return Promise.resolve(files.toSorted((one, other) => costOf(one) - costOf(other)));
  }
}

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
    setupFiles: ['tests/mutation/no-shrinking.ts'],
    sequence: { sequencer: SoonestFirst },
  },
});
