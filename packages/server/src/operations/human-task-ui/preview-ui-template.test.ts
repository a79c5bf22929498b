import { operations, validate } from '@holdpoint/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept, openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { createHumanTaskUi } from './create-human-task-ui.ts';
import { previewUiTemplate } from './preview-ui-template.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

type Input = Parameters<typeof previewUiTemplate>[1];
const preview = (input: Input) => previewUiTemplate(scenario.operationContext(), input);
const ofTemplate = (Content: string, value: unknown = {}, more: Partial<Input> = {}) =>
  preview({ UiTemplate: { Content }, Task: { Input: JSON.stringify(value) }, ...more });

describe('PreviewUiTemplate', () => {
  it('makes the document and the policy that the portal makes, but for addresses', async () => {
    const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
      <crowd-form><p>{{ task.input.text }}</p></crowd-form>`;
    const input = { text: '<b>bold</b>' };
    const ada = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask({ template, input });
    const frame = await ada.get(`/portal/frame/${await accept(ada, task.id)}`);
    const { Page, ContentSecurityPolicy, Errors } = await ofTemplate(template, input, { Origin: scenario.origin });
    expect(Errors).toEqual([]);
    expect(Page.replaceAll(`"${scenario.origin}/assets/`, '"/assets/')).toBe(frame.text);
    expect(ContentSecurityPolicy).toBe(frame.headers.get('content-security-policy'));
    expect(Page).toContain('&lt;b&gt;bold');
  });

  it('leads assets and objects to the address that is named, by default the public one', async () => {
    const template = '<crowd-form><img src="{{ task.input.image | grant_read_access }}"></crowd-form>';
    for (const [Origin, base] of [
      [undefined, 'http://portal.example'],
      ['https://[::1]:7800', 'https://[::1]:7800'],
    ] as const) {
      const { Page, ContentSecurityPolicy } = await ofTemplate(
        template,
        { image: 's3://photos/a.png' },
        Origin === undefined ? {} : { Origin },
      );
      expect(Page).toContain(`<script src="${base}/assets/task-frame.js"></script>`);
      expect(Page).toContain(`<script src="${base}/assets/crowd-html-elements.js"></script>`);
      expect(Page).toContain(`<img src="${base}/photos/a.png?X-Amz-Algorithm=`);
      expect(ContentSecurityPolicy).toContain(`connect-src ${base}/assets/ ${base}/photos/ https:`);
    }
  });

  it('shows as much of a page with errors as could be made', async () => {
    const { Page, Errors } = await ofTemplate('<p>{{ task.input.a }}</p><p>{{ task.input.b }}</p>', { b: 'there' });
    expect(Page).toContain('<p>there</p>');
    expect(Errors).toMatchObject([{ Code: 'UndefinedTemplateVariable' }]);
  });

  it('knows human task UIs', async () => {
    const { HumanTaskUiArn } = await createHumanTaskUi(scenario.operationContext(), {
      HumanTaskUiName: 'one',
      UiTemplate: { Content: '<p>from the store</p>' },
    });
    expect((await preview({ HumanTaskUiArn, Task: { Input: '{}' } })).Page).toContain('<p>from the store</p>');
    const missing = HumanTaskUiArn.replace('one', 'two');
    await expect(preview({ HumanTaskUiArn: missing, Task: { Input: '{}' } })).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  it.each([
    [{ UiTemplate: { Content: 'x' }, Task: { Input: '{' } }, 'Task.Input is not valid JSON.'],
    [{ Task: { Input: '{}' } }, 'Specify exactly one of UiTemplate and HumanTaskUiArn.'],
    [
      { UiTemplate: { Content: 'x' }, Task: { Input: '{}' }, Origin: 'http://x:99999' },
      'Origin http://x:99999 is no address of a server.',
    ],
  ])('refuses %j', async (input, message) => {
    await expect(preview(input)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('an origin, which goes into a policy,', () => {
  const violations = (Origin: string) =>
    validate(operations.PreviewUiTemplate.input, { UiTemplate: { Content: '' }, Task: { Input: '{}' }, Origin });

  it.each(['http://localhost:7800', 'https://review.example.com', 'http://127.0.0.1', 'http://[::1]:7800'])(
    'can be %s',
    (origin) => {
      expect(violations(origin)).toEqual([]);
    },
  );

  it.each([
    'http://x;script-src *',
    "http://x'",
    'http://x/path',
    'http://x?y',
    'http://x y',
    'http://u:p@x',
    'http://x,y',
    '//x',
    'javascript:x',
    'http://',
    'http://x:123456',
    'http://x\n',
  ])('cannot be %j', (origin) => {
    expect(violations(origin)).toHaveLength(1);
  });
});
