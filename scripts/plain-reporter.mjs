// Ends a test run with `N passed, N failed, N skipped` alone on a line, so that anything can read the result.
import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter. What keeps tests from running counts as failed too: a file that does not load, a hook or an error
 * outside tests, an interrupted run, a run without a single test.
 * With HOLDPOINT_TEST_COUNTS set, the counts go to that file as JSON instead of being printed, with the titles of the
 * tests that passed and the names of those that passed at the second try only, and what was skipped is
 * named: a run of everything should say what a machine could not try.
 */
export default function plainReporter() {
  return {
    onTestRunEnd(modules, unhandledErrors, reason) {
      const counts = countTests(modules);
      counts.failed += unhandledErrors.length;
      if (counts.failed === 0 && (reason !== 'passed' || counts.passed + counts.skipped === 0)) counts.failed = 1;
      const file = process.env.HOLDPOINT_TEST_COUNTS;
      if (file) {
        writeFileSync(
          file,
          JSON.stringify({ ...counts, titles: titlesOfPassed(modules), again: [...namesOfFlaky(modules)] }),
        );
        for (const name of namesOfSkipped(modules)) process.stdout.write(`- skipped: ${name}\n`);
      } else process.once('exit', () => process.stdout.write(`${countsLine(counts)}\n`));
    },
  };
}

/** The closing line for counts. */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function countTests(modules) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'passed' || state === 'skipped' ? state : 'failed'] += 1;
    }
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
  }
  return counts;
}

const titlesOfPassed = (modules) =>
  modules.flatMap((module) => [...module.children.allTests('passed')].map((test) => test.name));

function* namesOfSkipped(modules) {
  for (const module of modules)
    for (const test of module.children.allTests('skipped')) yield `${module.relativeModuleId} > ${test.fullName}`;
}

function* namesOfFlaky(modules) {
  for (const module of modules)
    for (const test of module.children.allTests('passed'))
      if (test.diagnostic()?.flaky) yield `${module.relativeModuleId} > ${test.fullName}`;
}
