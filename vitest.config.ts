import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const resolve = { conditions: ['catalyst-source'] };
const ssr = { resolve: { conditions: ['catalyst-source'] } };

/** What computes and keeps no state beyond a test: no server, no process, no clock of the machine. */
const pure = [
  'src/{domain,engine,production,simulation}/**/*.test.ts',
  'tests/{execution,look-ahead,simulated-broker,simulation}/**/*.test.ts',
];
const full = '**/*.full.test.ts';
/** Measures how long something takes, or must be ready within seconds after several starts: nothing else may be busy meanwhile. */
const timed = [
  'tests/process/{blocked,crash-loop}.full.test.ts',
  'tests/journeys/kill-and-resume.full.test.ts',
  'src/main/bars/import-killed.full.test.ts',
];

/** Minutes each, longest first: begun last, one of them would keep a single worker busy while the others have nothing left. */
const longest = ['usual-days', 'news', 'invariants', 'hurt', 'bad-days', 'crash-matrix', 'hard-rules-walk'].map(
  (name) => `/${name}.full.test.ts`,
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(name));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['tests/temporary-folder.ts'],
    // Without this a machine of two cores has one worker.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve,
        ssr,
        test: { name: 'unit', include: ['{src,tests}/**/*.test.ts'], exclude: [full, ...pure], testTimeout: 30_000 },
      },
      // A worker of its own for each file would take twice as long.
      { resolve, ssr, test: { name: 'pure', include: pure, exclude: [full], testTimeout: 30_000, isolate: false } },
      {
        resolve,
        ssr,
        test: { name: 'full', include: ['{src,tests}/**/*.full.test.ts'], exclude: timed, testTimeout: 900_000 },
      },
      {
        resolve,
        ssr,
        test: { name: 'timed', include: timed, testTimeout: 900_000, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
