/** Whether answers name controls and categories that the template has. */
import type { Client } from '@holdpoint/client';
import type { Json, JsonObject } from '@holdpoint/protocol';
import { sentenceOf } from '../failure.ts';
import { printable } from '../table.ts';
import type { Done } from './done.ts';
import { type PageControls, readControls } from './page-controls.ts';

/** More names and categories are not looked for: answers that are made of inputs can have any number. */
const mostNames = 500;

/**
 * Makes a function that looks at one answer after the other, on the page that its worker was shown: the input can decide
 * what is on it. Pages are made only for names that were not looked for before.
 *
 * @param tell takes a sentence for each name that the page does not have.
 */
export function createAnswerCheck(client: Client, tell: (sentence: string) => void): (done: Done) => Promise<void> {
  const known = new Set<string>();

  function isNew(flow: string, ...names: readonly string[]): boolean {
    const key = JSON.stringify([flow, ...names]);
    if (known.has(key) || known.size >= mostNames) return false;
    known.add(key);
    return true;
  }

  async function check(answer: JsonObject, { flowDefinitionName: flow, humanLoopName, rule }: Done): Promise<void> {
    const names = Object.keys(answer).filter((name) => isNew(flow, name));
    const categories = Object.entries(answer).flatMap(([name, value]) =>
      chosen(value).flatMap((category) => (isNew(flow, name, category) ? [{ name, category }] : [])),
    );
    if (names.length === 0 && categories.length === 0) return;
    const page = await controlsOf(client, flow, humanLoopName);
    const where = `the template of ${printable(flow)} has no`;
    for (const name of names)
      if (!page.has(name)) tell(`Rule ${rule} answers ${printable(name)}, but ${where} control of that name.`);
    for (const { name, category } of categories)
      if (page.has(name) && !page.hasCategory(name, category))
        tell(`Rule ${rule} chooses ${printable(category)} for ${printable(name)}, but ${where} such category there.`);
  }

  return async (done) => {
    if (done.answerContent === undefined) return;
    try {
      await check(done.answerContent, done);
    } catch (error) {
      const flow = done.flowDefinitionName;
      if (isNew(flow))
        tell(`Whether the answers fit the template of ${printable(flow)} is not known: ${sentenceOf(error)}`);
    }
  };
}

/** The categories that a value chooses. */
function chosen(value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { label, labels } = value as JsonObject;
  return [label, ...(Array.isArray(labels) ? labels : [])].filter((each) => typeof each === 'string');
}

async function controlsOf(client: Client, flow: string, HumanLoopName: string): Promise<PageControls> {
  const Origin = new URL(client.meta.endpointUrl).origin;
  const [{ HumanLoopConfig }, { InputContent }] = await Promise.all([
    client.call('DescribeFlowDefinition', { FlowDefinitionName: flow }),
    client.call('GetHumanLoop', { HumanLoopName }),
  ]);
  const HumanTaskUiArn = HumanLoopConfig?.HumanTaskUiArn;
  const { Page } = await client.call('PreviewUiTemplate', {
    HumanTaskUiArn,
    Task: { Input: InputContent ?? '{}' },
    Origin,
  });
  return readControls(Page, `${Origin}/assets/`);
}
