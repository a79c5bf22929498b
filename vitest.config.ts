// Tests run on the workspaces' sources: the condition `holdpoint-source` leads `@holdpoint/…` to `src`.
// A child process that a test starts needs it too: spawn(process.execPath, [...process.execArgv, file]).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.mjs';
import plainReporter from './scripts/plain-reporter.mjs';

const condition = 'holdpoint-source';

// Many tests start programs from their TypeScript, each of which would be stripped of its types and compiled anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/compiled', import.meta.url));

const notTests = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  ssr: { resolve: { conditions: [condition, 'node'] } },
  test: {
    pool: 'forks',
    // More than the cores of a small machine: a part of the tests waits for time to pass, or for other programs.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    execArgv: [`--conditions=${condition}`],
    reporters: ['default', plainReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          // Loading everything anew for each file took a third of the time. These tests leave nothing behind in modules or the
          // environment; of the others some do, as the SDKs remember credentials.
          isolate: false,
          expect: { poll: { timeout: 10_000 } },
          include: ['packages/{protocol,client,server}/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: notTests,
          testTimeout: 60_000,
          hookTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          // Pages in a browser that the files of a process share.
          name: 'browser',
          isolate: false,
          retry: 1,
          expect: { poll: { timeout: 10_000 } },
          include: ['packages/{elements,portal}/src/**/*.test.ts'],
          exclude: notTests,
          globalSetup: ['scripts/browser-test-setup.mjs'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          // A browser on a busy machine may lose a press; what passes at the second try is named at the end of the run.
          retry: 1,
          // A page that shows something later on a busy machine shows it all the same.
          expect: { poll: { timeout: 10_000 } },
          include: ['test/**/*.test.ts'],
          exclude: notTests,
          globalSetup: ['scripts/browser-test-setup.mjs'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Programs and people on PostgreSQL and S3 instead of the folder.
          name: 'distributed',
          retry: 1,
          expect: { poll: { timeout: 10_000 } },
          include: ['test/acceptance/{boto3-human-loops,detect-sentiment,fraud-detector,joining}.test.ts'],
          globalSetup: ['scripts/browser-test-setup.mjs', 'test/testing/distributed-setup.ts'],
          setupFiles: ['test/testing/use-distributed.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
