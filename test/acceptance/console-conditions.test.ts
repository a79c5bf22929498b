// Activation conditions in the console, at a real browser, as an operator.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const olga = 'olga@example.com';
const limit = { timeout: 180_000 };
const check = (more: object) => ({
  ConditionType: 'holdpoint:ValueCheck',
  ConditionParameters: { Expression: 'total', ...more },
});
const conditions = { Conditions: [{ And: [check({ GreaterThan: 100 }), check({ LessThan: 300 })] }] };

describeWith('Chromium')('activation conditions in the console', () => {
  const chromium = useChromium({ lasts: true });
  let server: TestServer;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer();
    await server.hire(olga);
    await server.client.call('SetWorkerRole', { Email: olga, Role: 'Operator' });
    const { Workteam } = await server.client.call('DescribeWorkteam', { WorkteamName: 'reviewers' });
    const { HumanTaskUiArn } = await server.client.call('CreateHumanTaskUi', {
      HumanTaskUiName: 'totals',
      UiTemplate: { Content: '<crowd-form><p>{{ task.input.total }}</p></crowd-form>' },
    });
    const { FlowDefinitionArn } = await server.client.call('CreateFlowDefinition', {
      FlowDefinitionName: 'totals',
      RoleArn: 'arn:aws:iam::000000000000:role/any',
      HumanLoopConfig: {
        WorkteamArn: Workteam.WorkteamArn,
        HumanTaskUiArn,
        TaskTitle: 'Totals',
        TaskDescription: 'Look at the total',
        TaskCount: 1,
      },
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: JSON.stringify(conditions) },
      },
      OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    });
    for (const total of [50, 150, 250, 350])
      await server.client.call('StartHumanLoop', {
        HumanLoopName: `total-${total}`,
        FlowDefinitionArn,
        HumanLoopInput: { InputContent: JSON.stringify({ total }) },
      });
    page = (await chromium.signIn(server, olga)).page;
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/console/flow-definitions/totals`);
    await page.getByRole('heading', { level: 2, name: 'Try activation conditions' }).waitFor();
  }, 120_000);
  afterAll(() => server?.close());

  const said = () => page.getByRole('status', { name: 'What the conditions say' });
  const attempt = () => page.getByRole('button', { name: 'Try', exact: true }).click();
  const tried = () => page.getByRole('textbox', { name: 'Conditions (JSON)' });

  test('7.3 – the last inputs: how many would go to people, and how often each condition is true', limit, async () => {
    await attempt();
    await said().getByText('These conditions would have sent 2 of 4 inputs to people (50.0 %).').waitFor();
    const group = said().getByRole('list', { name: 'And' });
    expect(await group.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('true for 3'),
      expect.stringContaining('true for 3'),
    ]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('7.3 – one input, other conditions, and what is wrong with conditions', limit, async () => {
    await page.getByRole('combobox', { name: 'Inputs' }).selectOption('one that I write');
    await page.getByRole('textbox', { name: 'Input content (JSON)' }).fill('{"total": 150}');
    await attempt();
    await said().getByText('People are asked.', { exact: true }).waitFor();
    expect(await said().getByText('✓ true').count()).toBe(3);
    await page.getByRole('textbox', { name: 'Input content (JSON)' }).fill('{"total": 500}');
    await attempt();
    await said().getByText('Nobody is asked.').waitFor();
    expect(await said().getByText('✗ false').count()).toBe(2);
    await page.getByRole('textbox', { name: 'Input content (JSON)' }).fill('{"total": "much"}');
    await attempt();
    await said()
      .getByText(/And\[1\]: 'total' finds a text, which is not less or greater than a number\./)
      .waitFor();
    await tried().fill(JSON.stringify({ Conditions: [check({ LessThan: [] })] }));
    await attempt();
    await page.getByText(/Conditions\[0\]\.ConditionParameters\.LessThan must be a number or a text\./).waitFor();
    expect(await tried().getAttribute('aria-invalid')).toBe('true');
    await page.getByText('The same by program: EvaluateActivationConditions').click();
    await page.getByText("call('EvaluateActivationConditions'").waitFor();
  });

  test('7.3 – a loop shows what the conditions said about it', limit, async () => {
    await page.goto(`${server.url}/console/human-loops/total-50`);
    const section = page.getByRole('region', { name: 'Activation conditions' });
    await section.getByText('Nobody is asked.').waitFor();
    expect(await section.getByText('✗ false').count()).toBe(2);
    expect(await section.getByText('✓ true').count()).toBe(1);
  });
});
