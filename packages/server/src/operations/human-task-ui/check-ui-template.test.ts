import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { checkUiTemplate } from './check-ui-template.ts';
import { renderUiTemplate } from './render-ui-template.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const check = async (Content: string, Input?: string) => {
  const Task = Input === undefined ? {} : { Task: { Input } };
  return (await checkUiTemplate(scenario.operationContext(), { UiTemplate: { Content }, ...Task })).Findings;
};
const form = (content: string) => `<crowd-form>${content}</crowd-form>`;

describe('CheckUiTemplate', () => {
  it('has nothing to say about a good template, with and without an input', async () => {
    const template = form('<p>{{ task.input.text }}</p><crowd-input name="note"></crowd-input>');
    expect(await check(template)).toEqual([]);
    expect(await check(template, '{"text":"x"}')).toEqual([]);
  });

  it('tells of more with an input, in members of the wire', async () => {
    const template = form('\n<p>{{ task.input.txt }}</p>');
    expect(await check(template)).toEqual([]);
    expect(await check(template, '{"text":"x"}')).toEqual([
      {
        Severity: 'Error',
        Code: 'UndefinedTemplateVariable',
        Message: 'undefined variable txt: the sample input has no txt. Did you mean text?',
        Line: 2,
        Column: 7,
      },
    ]);
  });

  it.each([
    ['', 'The sample input is not valid JSON.'],
    ['no JSON', 'The sample input is not valid JSON.'],
    ['{"a": 1,\n "secret" "x"}', 'The sample input is not valid JSON. It breaks at line 2, column 11 of the input.'],
  ])('says that %j is no input, and checks the template without it', async (input, Message) => {
    expect(await check(form('{{ taks.x }}{{ task.input.y }}'), input)).toMatchObject([
      { Severity: 'Error', Code: 'InvalidInput', Message },
      { Code: 'UndefinedTemplateVariable' },
    ]);
  });

  it('finds what rendering finds', async () => {
    const template = '{{ task.input.a }}{{ "x" | grant_read_access }}{% include "y" %}';
    const { Errors } = await renderUiTemplate(scenario.operationContext(), {
      UiTemplate: { Content: template },
      Task: { Input: '{}' },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
    });
    const found = await check(template, '{}');
    expect(Errors.map(({ Code }) => Code)).toEqual([
      'UndefinedTemplateVariable',
      'InvalidParameters',
      'TemplateRenderError',
    ]);
    expect(found.map(({ Code }) => Code)).toEqual(['NoCrowdForm', ...Errors.map(({ Code }) => Code)]);
  });

  it('logs nothing of it', async () => {
    await check(form('{{ task.input.marker_of_template | marker_of_filter }}'), '{"marker_of_input": marker}');
    await check(form('{{ task.input.marker_of_template }}'), '{"marker_of_input": "marker"}');
    expect(scenario.logged.join('')).not.toContain('marker');
  });
});
