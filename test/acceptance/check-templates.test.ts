// Every template that we show to anybody passes our own check: the samples, the documents, the examples, the programs.
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleTasks } from '../../packages/server/src/cli/sample-tasks.ts';
import { noteTemplate } from '../testing/human-loops.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const root = join(import.meta.dirname, '../..');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const check = async (Content: string, input?: unknown) =>
  (
    await server.client.call('CheckUiTemplate', {
      UiTemplate: { Content },
      ...(input !== undefined && { Task: { Input: JSON.stringify(input) } }),
    })
  ).Findings;

describe('the samples', () => {
  it.each(sampleTasks)('$name has no findings, with none and with each of its inputs', async ({ template, inputs }) => {
    for (const input of [undefined, ...inputs]) expect(await check(template, input)).toEqual([]);
  });

  it('nor has the template of these tests', async () => {
    expect(await check(noteTemplate, { text: 'x' })).toEqual([]);
  });
});

/** Texts between the quotes of the file's language that hold a form. */
function templatesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const quotes: Record<string, RegExp> = {
    md: /^```html\n(?<text>[\s\S]*?)^```|'''(?<python>[\s\S]*?)'''/gm,
    py: /'''(?<text>[\s\S]*?)'''|"""(?<python>[\s\S]*?)"""/g,
    mjs: /`(?<text>(?:[^`\\]|\\.)*)`/g,
  };
  const found = [...text.matchAll(quotes[file.split('.').at(-1)!]!)].map(
    ({ groups }) => groups?.text ?? groups?.python ?? '',
  );
  return found.filter((each) => each.includes('<crowd-form'));
}

const files = ['README.md', 'docs/**/*.md', 'examples/**/*.{py,mjs}', 'test/acceptance/programs/*.py'];
const shown = files
  .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => /node_modules|\.vitepress/.test(name) }))
  .sort()
  .flatMap((file) => templatesIn(join(root, file)).map((template, index) => ({ file, number: index + 1, template })));

describe('templates of documents, examples and programs', () => {
  it('are found', () => {
    const names = shown.map(({ file }) => relative('.', file));
    expect(names).toEqual(expect.arrayContaining(['README.md', join('examples', 'boto3', 'first_loop.py')]));
    expect(shown.length).toBeGreaterThan(5);
  });

  it.each(shown)('$file, number $number, has no errors', async ({ template }) => {
    expect((await check(template)).filter(({ Severity }) => Severity === 'Error')).toEqual([]);
  });
});
