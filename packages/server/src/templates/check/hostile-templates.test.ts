// Templates that want all the time and memory there is: a check of each ends, in a process of its own, and says something.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemplateRenderer, type TemplateRenderer } from '../templates.ts';

const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  expiresInSeconds: 3600,
  now: 0,
};
const longest = 128_000;
const fill = (part: string, length = longest) => part.repeat(Math.ceil(length / part.length)).slice(0, length);
const numbered = (part: (index: number) => string) => {
  let text = '';
  for (let index = 0; text.length < longest; index++) text += part(index);
  return text;
};
const inForm = (content: string) => `<crowd-form>${content}</crowd-form>`;
const classifier = (categories: string) =>
  inForm(`<crowd-classifier name="a" categories="${categories}"></crowd-classifier>`);
const loop = '{% for a in (1..99999) %}{% for b in (1..99999) %}{% endfor %}{% endfor %}';

let renderer: TemplateRenderer;
beforeAll(() => {
  renderer = createTemplateRenderer({ timeLimitMs: 1000 });
});
afterAll(() => renderer.close());

const check = (template: string, input?: unknown) =>
  renderer.inspect({ template, presign, ...(input !== undefined && { input: JSON.stringify(input) }) });

describe('a check ends', () => {
  it.each<[what: string, template: string, code: string, input?: unknown]>([
    ['elements that open again and again', numbered((n) => `<p><b a${n}>`), 'RenderLimitExceeded'],
    ['as many attributes as fit', `<a ${numbered((n) => `a${n} `)}`, 'NoCrowdForm'],
    ['elements in elements', fill('<div>'), 'NoCrowdForm'],
    ['formatting that is closed wrongly', '<i>'.repeat(20_000) + '</p>'.repeat(15_000), 'NoCrowdForm'],
    ['a million tags that are none', fill('<', 1_000_000), 'TemplateTooLong'],
    ['blocks in blocks', '{% if true %}'.repeat(5000) + '{% endif %}'.repeat(5000), 'NoCrowdForm'],
    ['blocks that are not closed', fill('{% if true %}'), 'TemplateSyntaxError'],
    ['outputs that are not closed', fill('{{ '), 'TemplateSyntaxError'],
    ['unknown filters', `{{ x ${numbered((n) => `| f${n} `)}}}`, 'TemplateSyntaxError'],
    ['unknown tags', numbered((n) => `{% t${n} %}`), 'TemplateSyntaxError'],
    ['unknown elements', inForm(numbered((n) => `<crowd-x${n}>`)), 'MoreFindings'],
    ['unknown variables', fill('{{ xy }}'), 'MoreFindings'],
    ['elements that a slash does not close', inForm(fill('<x-a/>')), 'MoreFindings'],
    ['the same in blocks', `${'{% for a in b %}<x-a/>'.repeat(3000)}${'{% endfor %}'.repeat(3000)}`, 'MoreFindings'],
    ['controls of one name', inForm(fill('<input name=a>')), 'DuplicateName'],
    ['a list of lists of lists', classifier(fill('[')), 'UnreadableList'],
    ['a list of spaces', classifier(fill('src   ')), 'UnreadableList'],
    ['a filter behind spaces', inForm(`<script>{{ x |${fill(' ')} upcase }}</script>`), 'ScriptOutput'],
    ['loops in loops', loop, 'RenderLimitExceeded', {}],
    ['loops that only attributes know', inForm(`<img alt="" src="${loop}">`), 'RenderLimitExceeded', {}],
    [
      'a name that is not among many',
      numbered((n) => `{{ task.input.a${n} }}`),
      'UndefinedTemplateVariable',
      Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`b${n}`, 1])),
    ],
  ])('on %s', async (_, template, code, input) => {
    const found = await check(template, input);
    // On a machine that is slow enough, the time of any of them is over before.
    expect(found.map((each) => each.code).filter((each) => [code, 'RenderLimitExceeded'].includes(each))).not.toEqual(
      [],
    );
    expect(found.length).toBeLessThan(210);
  });

  it('when one step hangs, by ending the process; the next check has another', async () => {
    const hang = `{{ (1..490000) ${'| reject: "a" '.repeat(12)}| size }}`;
    const [bad, good] = await Promise.all([check(hang, {}), check(inForm('x'), {})]);
    expect(bad).toEqual([
      { severity: 'Error', code: 'RenderLimitExceeded', message: 'the template took longer than 1000 ms' },
    ]);
    expect(good).toEqual([]);
  });
});

it('what a check costs does not count against renders of the same template', async () => {
  const template = inForm('{{ task.input.n }}');
  const request = { template, presign, assetsUrl: '/assets' };
  const [found, page] = await Promise.all([
    check(template, { n: 1 }),
    renderer.render({ ...request, input: '{"n":2}' }),
  ]);
  expect(found).toEqual([]);
  expect(page.html).toContain('<crowd-form>2</crowd-form>');
  expect(page).not.toHaveProperty('findings');
});
