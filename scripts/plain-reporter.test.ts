import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createVitest } from 'vitest/node';
import plainReporter, { countsLine } from './plain-reporter.mjs';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  delete process.env.HOLDPOINT_TEST_COUNTS;
});

const head = "import { afterAll, expect, test } from 'vitest';\n";

test.each([
  ['passes and skips', `${head}test('a', () => {}); test.skip('b', () => {});`, '1 passed, 0 failed, 1 skipped'],
  ['a failing test', `${head}test('a', () => expect(1).toBe(2));`, '0 passed, 1 failed, 0 skipped'],
  ['a file that does not load', "throw new Error('no');", '0 passed, 1 failed, 0 skipped'],
  ['a file without tests', head, '0 passed, 1 failed, 0 skipped'],
  [
    'a failing hook',
    `${head}test('a', () => {}); afterAll(() => { throw new Error('no'); });`,
    '1 passed, 1 failed, 0 skipped',
  ],
  ['no file at all', undefined, '0 passed, 1 failed, 0 skipped'],
])('%s', async (_name, source, expected) => {
  expect(countsLine(await countsOf(source))).toBe(expected);
});

async function countsOf(source: string | undefined) {
  const folder = mkdtempSync(join(import.meta.dirname, '../node_modules/.plain-reporter-'));
  folders.push(folder);
  const counts = join(folder, 'counts.json');
  if (source !== undefined) writeFileSync(join(folder, 'x.case.ts'), source);
  process.env.HOLDPOINT_TEST_COUNTS = counts;
  const options = {
    root: folder,
    config: false,
    watch: false,
    include: ['*.case.ts'],
    exclude: [],
    reporters: [plainReporter()],
  };
  const vitest = await createVitest('test', options as Parameters<typeof createVitest>[1]);
  const exitCode = process.exitCode;
  await vitest.start().catch((error: Error) => expect(error.message).toContain('No test files'));
  await vitest.close();
  process.exitCode = exitCode;
  return JSON.parse(readFileSync(counts, 'utf8'));
}

test('names what passed at the second try', async () => {
  const source = `${head}let tries = 0; test('a', { retry: 1 }, () => expect(++tries).toBe(2)); test('b', () => {});`;
  expect(await countsOf(source)).toMatchObject({ passed: 2, failed: 0, titles: ['a', 'b'], again: ['x.case.ts > a'] });
});
