// Templates and flow definitions in the console: an operator at a real browser, with a real server.
import { gzipSync } from 'node:zlib';
import { workteamArn } from '@holdpoint/protocol';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { completedFilters } from '../../packages/portal/src/testing/completed-filters.ts';
import { createLiquidEngine } from '../../packages/server/src/templates/liquid-engine.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const timeout = 300_000;
const markup = '<img src=x onerror="top.document.title=1">';
const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <crowd-input name="note" label="Note"></crowd-input>
</crowd-form>
`;
/** Everything that a template could try at the page around it. */
const hostile = `${template}<script>
  parent.postMessage({ holdpoint: 'error', message: '${markup}' }, '*');
  try { parent.document.title = 'taken'; } catch {}
  fetch('/console/api/ListWorkers', { method: 'POST' }).then(() => document.body.append('reached it'), () => document.body.append('kept out'));
</script>
`;

describeWith('Chromium')('templates and flows in the console', () => {
  const chromium = useChromium({ lasts: true });
  let server: TestServer;
  let page: Page;
  const dialogs: string[] = [];
  let frame: FrameLocator;
  let editor: Locator;

  beforeAll(async () => {
    server = await startTestServer();
    await server.hire('olga@example.com');
    await server.client.call('SetWorkerRole', { Email: 'olga@example.com', Role: 'Operator' });
    const flow = await createFlow('mood', 'moods');
    await startLoop(flow, 'past', { text: `${markup}I love the lamp` });
    page = await openConsole();
  }, timeout);
  afterAll(() => server?.close());
  beforeEach(async () => {
    // What the test before wrote is not this one's.
    await page.goto(`${server.url}/assets/portal/icon.svg`);
    await page.evaluate(() => localStorage.clear());
    dialogs.length = 0;
    frame = page.frameLocator('iframe[title=Task]');
    editor = page.getByRole('textbox', { name: 'Template', exact: true });
  });

  async function createFlow(ui: string, FlowDefinitionName: string): Promise<string> {
    const { HumanTaskUiArn } = await server.client.call('CreateHumanTaskUi', {
      HumanTaskUiName: ui,
      UiTemplate: { Content: template },
    });
    const { FlowDefinitionArn } = await server.client.call('CreateFlowDefinition', {
      FlowDefinitionName,
      HumanLoopConfig: {
        WorkteamArn: workteamArn(server, 'reviewers'),
        HumanTaskUiArn,
        TaskTitle: 'Mood of a text',
        TaskDescription: 'Read it and choose',
        TaskCount: 1,
        TaskTimeLimitInSeconds: 5400,
        TaskKeywords: ['mood', 'lamps'],
      },
      OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
      Tags: [
        { Key: 'team', Value: 'red' },
        { Key: 'holdpoint:undo-seconds', Value: '90' },
      ],
    });
    return FlowDefinitionArn;
  }

  const startLoop = (FlowDefinitionArn: string, HumanLoopName: string, input: unknown) =>
    server.client.call('StartHumanLoop', {
      HumanLoopName,
      FlowDefinitionArn,
      HumanLoopInput: { InputContent: JSON.stringify(input) },
    });

  async function openConsole(): Promise<Page> {
    const opened = await chromium.openPage();
    opened.setDefaultTimeout(60_000);
    opened.on('dialog', (dialog) => {
      dialogs.push(dialog.type());
      void dialog.accept();
    });
    await opened.goto(`${server.url}/portal`);
    await opened.getByLabel('Email', { exact: true }).fill('olga@example.com');
    await opened.getByLabel('Password', { exact: true }).fill(password);
    await opened.getByRole('button', { name: 'Sign in', exact: true }).click();
    await opened.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    return opened;
  }

  const go = (path: string) => page.goto(`${server.url}/console/${path}`);
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  async function openTemplate(): Promise<void> {
    await go('human-task-uis/mood');
    await frame.getByText('I love the lamp').waitFor();
  }

  /** Puts a text into the editor as a person pastes it. */
  async function write(text: string): Promise<void> {
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
  }

  test('O2: the list says what shows each, and finds by name or flow', { timeout }, async () => {
    await go('human-task-uis');
    const row = page.getByRole('row', { name: /^mood moods/ });
    await row.getByRole('link', { name: 'moods' }).waitFor();
    await page.getByLabel('Search by name or flow').fill('nothing of the kind');
    await page.getByText('Nothing fits “nothing of the kind”.').waitFor();
    await page.getByLabel('Search by name or flow').fill('MOODS');
    await row.waitFor();
    await page.getByText('The same by program: ListHumanTaskUis').click();
    await page.getByText(/client\('sagemaker', endpoint_url='http/).waitFor();
    await row.getByRole('button', { name: 'Delete mood' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('These flows show it and cannot start loops any more without it: moods.').waitFor();
    await page.keyboard.press('Escape');
    await row.waitFor();
  });

  test('O2: the preview is the frame of workers, with the input of a past loop, and Submit gives what output.json gets', {
    timeout,
  }, async () => {
    await openTemplate();
    await page
      .getByLabel('Input of a past loop')
      .getByRole('option', { name: /^past/, selected: true })
      .waitFor({ state: 'attached' });
    const preview = page.locator('iframe[title=Task]');
    expect(await preview.getAttribute('sandbox')).toBe(
      'allow-scripts allow-forms allow-modals allow-popups allow-downloads',
    );
    expect(await frame.locator('body').evaluate(() => origin)).toBe('null');
    await frame.getByLabel('Note').fill(markup);
    await frame.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect
      .poll(() => page.getByLabel('Answer', { exact: true }).textContent())
      .toBe(JSON.stringify({ note: markup }, null, 2));
    await page.getByRole('button', { name: 'Load again' }).click();
    await frame.getByRole('button', { name: 'Submit', exact: true }).waitFor();
    await expect.poll(() => frame.getByLabel('Note').inputValue()).toBe('');
    // What was entered stays while the template and the input change.
    await frame.getByLabel('Note').fill('half done');
    await page.getByLabel('Sample input (JSON)').fill('{"text": "Another text"}');
    await frame.getByText('Another text').waitFor();
    await expect.poll(() => frame.getByLabel('Note').inputValue()).toBe('half done');
    await page.getByLabel('Sample input (JSON)').fill('{"text": ');
    await page.getByText('The preview waits for a sample input that is valid JSON.').waitFor();
    await page.getByText(/^This is not valid JSON/).waitFor();
    for (const [name, pixels] of [
      ['Phone', 390],
      ['Desktop', 1280],
    ] as const) {
      await page.getByRole('radio', { name, exact: true }).check();
      expect((await preview.boundingBox())?.width).toBe(pixels);
    }
    const ground = () =>
      page.getByLabel('Preview of the task').evaluate((room) => getComputedStyle(room).backgroundColor);
    await page.getByRole('radio', { name: 'Light', exact: true }).check();
    const light = await ground();
    await page.getByRole('radio', { name: 'Dark', exact: true }).check();
    expect(await ground()).not.toBe(light);
    // As for workers, whatever is around it.
    expect(await preview.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(255, 255, 255)');
  });

  test('O2: a template reaches nothing of the page around its preview', { timeout }, async () => {
    await openTemplate();
    await write(hostile);
    await frame.getByText('kept out').waitFor();
    await page.getByText('Scripts of this page went wrong:').waitFor();
    await page.getByRole('listitem').getByText(markup, { exact: true }).waitFor();
    expect(await page.title()).toBe('mood – Holdpoint');
    // Its request is what the policy of the frame refuses.
    await expect.poll(() => chromium.complaints.length).toBeGreaterThan(0);
    for (const complaint of chromium.complaints.splice(0)) expect(complaint).toContain('/console/api/ListWorkers');
  });

  test('O2: what is wrong is said while one types, with its place and what mends it, and can be undone', {
    timeout,
  }, async () => {
    await openTemplate();
    const findings = page.getByRole('region', { name: 'Check' }).getByRole('listitem');
    await page.getByLabel('Sample input (JSON)').fill('{"text": "x"}');
    const bad = template
      .replace('input.text', 'input.txt')
      .replace('name="note" ', '')
      .replace(
        '<crowd-form>',
        '<crowd-form>{{ task.input.text | skip_autoescape }}<crowd-inptu name="x"></crowd-inptu>',
      );
    await write(bad);
    await expect
      .poll(() => findings.allInnerTexts())
      .toEqual([
        expect.stringMatching(/Warning[\s\S]*line 2, column \d+[\s\S]*UnsafeOutput/),
        expect.stringMatching(/Error[\s\S]*line 2[\s\S]*Did you mean crowd-input\?[\s\S]*UnknownElement/),
        expect.stringMatching(
          /Error[\s\S]*line 3, column \d+[\s\S]*Did you mean text\?[\s\S]*UndefinedTemplateVariable/,
        ),
        expect.stringMatching(/Warning[\s\S]*line 4[\s\S]*has no name/),
      ]);
    await page.getByText('2 errors and 2 warnings.').waitFor();
    for (const name of ['Print it as text', 'Change to crowd-input', 'Change to text', 'Name it answer']) {
      await findings.getByRole('button', { name, exact: true }).first().click();
      await findings.getByRole('button', { name, exact: true }).first().waitFor({ state: 'detached' });
    }
    await expect.poll(() => editor.innerText()).toContain('<crowd-input name="answer" label="Note">');
    await editor.focus();
    for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press('Control+Z');
    await expect.poll(() => findings.count()).toBe(4);
    // The place of a finding is a way into the editor.
    await findings.getByRole('button', { name: /line 3/ }).click();
    await page.keyboard.insertText('HERE');
    await expect.poll(() => editor.innerText()).toContain('<p>{{ HEREtask.input.txt');
    await write('<p>no form</p>');
    await findings.getByText('There is no crowd-form, so nothing can be submitted.').waitFor();
    await findings.getByRole('button', { name: 'Put the page into a crowd-form' }).click();
    await page.getByText('Nothing is wrong.').waitFor();
  });

  test('O2: elements, their attributes, members of the sample input and filters are completed', {
    timeout,
  }, async () => {
    await openTemplate();
    const choices = page.getByRole('listbox').getByRole('option');
    for (const [text, choice] of [
      ['<crowd-rad', 'crowd-radio-button'],
      ['<crowd-slider mi', 'min'],
      ['{{ task.input.te', 'text'],
      ['{% for word in task.input.words %}{{ word.la', 'label'],
      ['{{ task.input.text | grant_r', 'grant_read_access'],
    ] as const) {
      await page.getByLabel('Sample input (JSON)').fill('{"text": "x", "words": [{"label": "y"}]}');
      await write(text.slice(0, -1));
      await page.keyboard.type(text.slice(-1));
      // The text may still be being read.
      await expect
        .poll(
          async () => {
            await page.keyboard.press('Escape');
            await page.keyboard.press('Control+Space');
            return choices
              .getByText(choice, { exact: true })
              .first()
              .waitFor({ timeout: 1_000 })
              .then(
                () => true,
                () => false,
              );
          },
          { timeout: 60_000 },
        )
        .toBe(true);
      await page.keyboard.press('Escape');
    }
  });

  test('O2: the filters that are completed are those that there are', () => {
    expect([...completedFilters()].sort()).toEqual(Object.keys(createLiquidEngine().liquid.filters).sort());
  });

  test('O2: the keyboard leaves the editor with Escape, then Tab, as the page says', { timeout }, async () => {
    await openTemplate();
    await write('x');
    await page.keyboard.press('Tab');
    expect(await editor.innerText()).toMatch(/\s\s.*x|x.*\s\s/);
    await page.getByText(/To leave the editor by the keyboard, press Escape, then Tab/).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await editor.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement)).toBeNull();
  });

  test('O2: unsaved work is kept and comes back, and leaving asks', { timeout }, async () => {
    await openTemplate();
    const changed = template.replace('"Note"', '"Remark"');
    await write(changed);
    await frame.getByLabel('Remark').waitFor();
    await page.getByRole('link', { name: 'Flow definitions', exact: true }).click();
    await page.getByRole('dialog', { name: 'Leave this page?' }).getByRole('button', { name: 'Cancel' }).click();
    await frame.getByLabel('Remark').waitFor();
    await page.reload();
    expect(dialogs).toEqual(['beforeunload']);
    await page.getByText(/^Your unsaved changes \(.*\) are back\.$/).waitFor();
    await frame.getByLabel('Remark').waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('I love the lamp');
    await page.getByRole('link', { name: 'Human task UIs', exact: true }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await heading('Human task UIs').waitFor();
    await page.getByRole('link', { name: 'mood', exact: true }).click();
    await frame.getByLabel('Remark').waitFor();
    await page.getByRole('button', { name: 'Discard them' }).click();
    await frame.getByLabel('Note').waitFor();
  });

  test('O2: saving makes a new one under a new name; with errors only who says so', { timeout }, async () => {
    await openTemplate();
    const name = page.getByLabel('Name', { exact: true });
    expect(await name.inputValue()).toBe('mood-2');
    await write(template.replace('input.text', 'input.nope'));
    await name.fill('Mood 2');
    await page.getByRole('button', { name: 'Save as new' }).click();
    await page.getByText('Use small letters, digits and hyphens between them.').waitFor();
    expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
    await name.fill('mood');
    await page.getByRole('button', { name: 'Save as new' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save with an error?' });
    await dialog.getByText(/Line 3: undefined variable nope/).waitFor();
    await dialog.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('The HumanTaskUi with HumanTaskUiName mood already exists.').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await editor.innerText()).toContain('input.nope');
    await name.fill('mood-2');
    await page.getByText('The same by program: CreateHumanTaskUi').click();
    await page.getByText('HumanTaskUiName="mood-2"').waitFor();
    await page.getByRole('button', { name: 'Save as new' }).click();
    await dialog.getByRole('button', { name: 'Save all the same' }).click();
    await heading('mood-2').waitFor();
    await page.getByText(/^mood-2 is created\. Flow definitions keep the template/).waitFor();
    const { UiTemplate } = await server.client.call('DescribeHumanTaskUi', { HumanTaskUiName: 'mood-2' });
    expect(await (await fetch(UiTemplate.Url!)).text()).toBe(template.replace('input.text', 'input.nope'));
    await page.getByRole('link', { name: 'Clone' }).click();
    await heading('New human task UI').waitFor();
    expect(await name.inputValue()).toBe('mood-3');
    await go('human-task-uis/mood-2');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('No flow shows it.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('mood-2 is deleted.').waitFor();
    expect(await page.getByRole('link', { name: 'mood-2', exact: true }).count()).toBe(0);
  });

  test('O2: a new one begins with an example and its sample input', { timeout }, async () => {
    await go('human-task-uis/new');
    await page.getByRole('button', { name: 'First template' }).click();
    await frame.getByText('The lamp is lovely').waitFor();
    await page.getByText('Nothing is wrong.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('first-template');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await heading('first-template').waitFor();
    await page.getByRole('link', { name: 'Create a flow with it' }).click();
    await heading('New flow definition').waitFor();
    await expect
      .poll(() =>
        page.getByLabel('Human task UI').evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.text),
      )
      .toBe('first-template');
  });

  test('O2: a flow is made by a form that tells each error at its field, and loses nothing', { timeout }, async () => {
    await go('flow-definitions/new');
    const create = page.getByRole('button', { name: 'Create', exact: true });
    await create.click();
    await page.getByText('Choose a human task UI.').waitFor();
    const nameField = page.getByLabel('Name', { exact: true });
    expect(await nameField.evaluate((element) => element === document.activeElement)).toBe(true);
    await nameField.fill('moods');
    await page.getByLabel('Human task UI').selectOption('mood');
    await page.getByLabel('Task title').fill('Mood');
    await page.getByLabel('Task description').fill('Choose');
    await page.getByLabel('Keywords').fill('a, b-c');
    await page.getByLabel('Time for one task', { exact: true }).fill('1.5');
    await page.getByLabel('Offered for', { exact: true }).fill('2');
    await page.getByLabel('holdpoint:extend-seconds', { exact: true }).fill('2');
    await page.getByLabel('holdpoint:extend-seconds: unit').selectOption('days');
    await page.getByLabel('Output path').fill('s3://fresh-bucket/moods');
    await page.getByLabel('Output path').blur();
    await page.getByText('There is no bucket fresh-bucket yet; it is made when the first output is written.').waitFor();
    await create.click();
    await page.getByText('Keywords are of letters and digits').waitFor();
    await page
      .getByText('The tag holdpoint:extend-seconds must be a whole number of seconds from 0 to 86400.')
      .waitFor();
    await page.getByText('2 fields need another look.').waitFor();
    await page.getByLabel('Keywords').fill('a, b c');
    await page.getByLabel('holdpoint:extend-seconds: unit').selectOption('minutes');
    await create.click();
    await page.getByText('The FlowDefinition with FlowDefinitionName moods already exists.').waitFor();
    expect(await nameField.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Task title').inputValue()).toBe('Mood');
    await nameField.fill('made-here');
    await page.getByText('The same by program: CreateFlowDefinition').click();
    await page.getByText('FlowDefinitionName="made-here"').waitFor();
    await create.click();
    await heading('made-here').waitFor();
    const flow = await server.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'made-here' });
    expect(flow.HumanLoopConfig).toMatchObject({
      TaskTimeLimitInSeconds: 5400,
      TaskAvailabilityLifetimeInSeconds: 172_800,
      TaskKeywords: ['a', 'b c'],
    });
    const { Tags } = await server.client.call('ListTags', { ResourceArn: flow.FlowDefinitionArn });
    expect(Tags).toEqual([{ Key: 'holdpoint:extend-seconds', Value: '120' }]);
  });

  test('O2: a flow has its whole configuration, tags that can be changed, test loops, a clone, and an end', {
    timeout,
  }, async () => {
    await go('flow-definitions');
    await page
      .getByRole('row', { name: /^moods Mood of a text Active reviewers mood 1 / })
      .getByRole('link', { name: 'moods', exact: true })
      .click();
    await heading('moods').waitFor();
    await page.getByText('1 h 30 min').waitFor();
    await page.getByText('mood, lamps').waitFor();
    expect(await page.getByLabel('holdpoint:undo-seconds', { exact: true }).inputValue()).toBe('90');
    await page.getByLabel('holdpoint:undo-seconds', { exact: true }).fill('2');
    await page.getByLabel('holdpoint:undo-seconds: unit').selectOption('minutes');
    await page.getByLabel('Other tags').fill('holdpoint:nonsense=1');
    await page.getByText('Not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Save tags' }).click();
    await page.getByText(/^Unknown tag holdpoint:nonsense\./).waitFor();
    await page.getByLabel('Other tags').fill('team=blue');
    await page.getByText('The same by program: AddTags').waitFor();
    await page.getByRole('button', { name: 'Save tags' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const { FlowDefinitionArn } = await server.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'moods' });
    const tagsOf = async () => (await server.client.call('ListTags', { ResourceArn: FlowDefinitionArn })).Tags;
    expect(await tagsOf()).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'blue' },
        { Key: 'holdpoint:undo-seconds', Value: '120' },
      ]),
    );
    // A test loop, with the input of a past one or another.
    const name = page.getByLabel('Name of the loop');
    await expect.poll(() => page.getByLabel('Sample input (JSON)').inputValue()).toContain('I love the lamp');
    await name.fill('past');
    await page.getByLabel('Sample input (JSON)').fill('{"text": "It\'s new"}');
    await page.getByRole('button', { name: 'Start the loop' }).click();
    await page.getByText("HumanLoop 'past' already exists").waitFor();
    await name.fill('fresh');
    await page.getByText('The same on the command line').click();
    await page.getByText(`holdpoint loop start moods --name fresh --input '{"text":"It'\\''s new"}'`).waitFor();
    await page.getByRole('button', { name: 'Start the loop' }).click();
    await page.getByText('The loop fresh is started.').waitFor();
    await page.getByRole('link', { name: 'fresh', exact: true }).waitFor();
    const { InputContent } = await server.client.call('GetHumanLoop', { HumanLoopName: 'fresh' });
    expect(InputContent).toBe('{"text":"It\'s new"}');
    await page.getByRole('link', { name: 'Clone' }).click();
    await heading('Clone of moods').waitFor();
    await page.getByText('The bucket holdpoint').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('moods-2');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await heading('moods-2').waitFor();
    const [first, second] = await Promise.all(
      ['moods', 'moods-2'].map((FlowDefinitionName) =>
        server.client.call('DescribeFlowDefinition', { FlowDefinitionName }),
      ),
    );
    expect(second!.HumanLoopConfig).toEqual(first!.HumanLoopConfig);
    await go('flow-definitions');
    await page.getByRole('button', { name: 'Delete moods', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^It has 2 unfinished loops\. Those that nobody works on are stopped;/).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('moods is being deleted.').waitFor();
  });

  test('O2: what is not there, and what cannot be had now, is said with something to press', { timeout }, async () => {
    await go('human-task-uis/nobody');
    await page.getByText("The HumanTaskUi 'nobody' does not exist.").waitFor();
    await go('flow-definitions/nobody');
    await page.getByText("The FlowDefinition 'nobody' does not exist.").waitFor();
    await page.route('**/console/api/ListFlowDefinitionDetails', (route) => route.abort());
    await go('flow-definitions');
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/console/api/ListFlowDefinitionDetails');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /^made-here/ }).waitFor();
  });

  test('O2: axe finds nothing on any of the pages in either scheme, and nothing is wider than a phone', {
    timeout,
  }, async () => {
    for (const [path, there] of [
      ['human-task-uis', () => page.getByRole('link', { name: 'mood', exact: true })],
      ['human-task-uis/mood', () => frame.getByRole('button', { name: 'Submit', exact: true })],
      ['human-task-uis/new', () => page.getByRole('button', { name: 'First template' })],
      ['flow-definitions', () => page.getByRole('link', { name: 'made-here', exact: true })],
      ['flow-definitions/made-here', () => page.getByText('No loop was started with it yet.')],
      ['flow-definitions/new', () => page.getByLabel('Task title')],
    ] as const) {
      await page.setViewportSize({ width: 390, height: 800 });
      await go(path);
      await there().waitFor();
      expect(await sidewaysScroll(page), path).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityFaults(page), `${path} ${colorScheme}`).toEqual([]);
      }
    }
  });

  test('O2: reviewers load nothing of it', { timeout }, async () => {
    const reviewer = await chromium.openPage();
    const scripts: Promise<Buffer>[] = [];
    reviewer.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await reviewer.goto(`${server.url}/portal`);
    await reviewer.getByLabel('Email', { exact: true }).waitFor();
    const loaded = await Promise.all(scripts);
    expect(loaded.reduce((sum, script) => sum + gzipSync(script).length, 0)).toBeLessThan(120 * 1024);
    for (const script of loaded) expect(script.toString()).not.toMatch(/CheckUiTemplate|cm-content/);
  });
});
