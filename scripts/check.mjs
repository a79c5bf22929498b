// `npm run check`: everything that must hold before a change lands. Cheap static steps all run and report together,
// then the tests, then the packed packages. The last line counts all of it: `N passed, N failed, N skipped`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { environmentFor, fetchedNode } from './ensure-node.mjs';
import { countsLine } from './plain-reporter.mjs';
import { CommandFailed, progressTo, runQuietly, runVisibly, step } from './progress.mjs';
import { unkept } from './promises.mjs';
import { root } from './root.mjs';
import { installTestTools } from './test-tools.mjs';

// Colours only where somebody looks.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';
const plain = process.stdout.isTTY ? [] : ['--colors=off'];

const existing = (paths) => paths.filter((path) => existsSync(join(root, path)));
const tool = (path, ...args) =>
  runQuietly(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });

/** One row for each static step; each counts as one test. */
const staticSteps = [
  ['Format and lint (biome)', () => tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', ...plain, '.')],
  ...['.', 'packages/elements', 'packages/portal', 'docs/.vitepress'].map((folder) => [
    `Types of ${folder === '.' ? 'Node code' : folder} (tsc)`,
    () => tool('typescript/lib/tsc.js', '-p', folder, '--noEmit'),
  ]),
  ['Import table (dependency-cruiser)', checkImports],
  ['Unused code (knip)', () => tool('knip/bin/knip.js', '--no-progress', '--no-config-hints')],
  ...(existsSync(join(root, 'scripts/docs.mjs'))
    ? [
        [
          'Generated documents in sync',
          () =>
            runQuietly(process.execPath, ['--conditions=holdpoint-source', 'scripts/docs.mjs', '--check'], {
              cwd: root,
            }),
        ],
      ]
    : []),
];

/** Runs everything and resolves to the exit code. Arguments go to vitest, to check with a part of the tests. */
export async function check(testArguments = []) {
  progressTo(process.stdout);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const second = [];
  const attempt = async (title, work) => {
    try {
      await step(title, work);
      counts.passed += 1;
      return true;
    } catch (error) {
      counts.failed += 1;
      failures.push(title);
      process.stdout.write(`\n${(error instanceof CommandFailed && error.output.trim()) || error.stack}\n\n`);
      return false;
    }
  };

  heading('Set-up');
  if (await attempt('Packages match package-lock.json', ensureDependencies)) {
    counts.skipped += await reportMissingTools(counts, failures);
    await attempt('Build', () => ensureBuilt());
    heading('Static checks');
    for (const [title, work] of staticSteps) await attempt(title, work);
    heading('Tests');
    rmSync(join(root, '.cache/test-results'), { recursive: true, force: true });
    const { titles, again } = await runTests(testArguments, counts, failures);
    second.push(...again);
    if (testArguments.length === 0) {
      await attempt('Every promise of portal and console has a test', () => requireKept(titles));
      await attempt('Store on the oldest supported major of Node', testStoreOnOldestMajor);
    }
    await attempt('Documented results are those of the tests', () =>
      runQuietly(
        process.execPath,
        ['--conditions=holdpoint-source', 'scripts/docs.mjs', '--check', '--check-results'],
        {
          cwd: root,
        },
      ),
    );
    heading('Packed packages');
    await attempt('Packages install from their tarballs and serve', () =>
      runQuietly(process.execPath, ['scripts/pack-test.mjs'], { cwd: root }),
    );
  }

  heading('Result');
  // Each of them is worth a look: the test waits for too little, or the product loses something when it is slow.
  for (const name of second) process.stdout.write(`- passed at the second try: ${name}\n`);
  for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
  process.stdout.write(`${countsLine(counts)}\n`);
  return counts.failed > 0 ? 1 : 0;
}

function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

/** Loud where somebody works, a failure where nobody looks: with CI=true nothing may be left out for want of a tool. */
async function reportMissingTools(counts, failures) {
  const missing = await installTestTools();
  const strict = process.env.CI === 'true';
  for (const name of missing) {
    process.stdout.write(
      `\n!! ${name} is missing and could not be installed: the tests that need it are ${strict ? 'failing' : 'SKIPPED'}.\n\n`,
    );
    if (strict) {
      counts.failed += 1;
      failures.push(`${name} is missing`);
    }
  }
  return strict ? 0 : missing.length;
}

function checkImports() {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const folders = existing(['packages', 'test', 'bench', 'scripts']);
  const args = ['--import', './scripts/classic-typescript.mjs', cruiser, '--output-type', 'err-long', ...folders];
  return runQuietly(process.execPath, args, { cwd: root });
}

/** node:sqlite was younger there, so the store's own tests run on both. */
async function testStoreOnOldestMajor() {
  const node = await fetchedNode('oldestMajor');
  const env = environmentFor(node);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  await runQuietly(node, [vitest, 'run', '--project', 'node', 'packages/server/src/store/sqlite'], { cwd: root, env });
}

function requireKept(titles) {
  const lines = unkept(titles);
  if (lines.length > 0) throw new Error(`No test that passed begins with the number of\n${lines.join('\n')}`);
}

/** Resolves to the titles of the tests that passed, and the names of those that needed two tries. */
async function runTests(testArguments, counts, failures) {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-check-'));
  const file = join(folder, 'counts.json');
  const env = { ...process.env, HOLDPOINT_TEST_COUNTS: file };
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const code = await runVisibly(process.execPath, [vitest, 'run', ...testArguments], { cwd: root, env });
    const tests = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
    for (const key of Object.keys(counts)) counts[key] += tests[key];
    // A run that died before it could count is a failure too.
    if (code !== 0 && tests.failed === 0) counts.failed += 1;
    if (code !== 0 || tests.failed > 0) failures.push(`Tests (${tests.failed || 'the run itself'} failed)`);
    return { titles: tests.titles ?? [], again: tests.again ?? [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
