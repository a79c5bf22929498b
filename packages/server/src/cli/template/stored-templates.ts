import type { OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { confirm } from '../confirm.ts';
import { pages } from '../pages.ts';
import { formatTable, minuteOf, printable } from '../table.ts';
import { flowsThatShow, namesOfFlows } from './used-by.ts';

export interface ShowOptions {
  readonly json?: boolean;
}

/** Milliseconds until the text of a template has to be there. */
const readTimeout = 30_000;

export const listTemplates: Call<unknown> = async ({ client }) => {
  const uis: OperationOutput<'ListHumanTaskUis'>['HumanTaskUiSummaries'][number][] = [];
  const fetch = (NextToken: string | undefined) => client.call('ListHumanTaskUis', { MaxResults: 100, NextToken });
  for await (const page of pages(fetch)) uis.push(...page.HumanTaskUiSummaries);
  const rows = uis.map(({ HumanTaskUiName, CreationTime }) => [HumanTaskUiName, minuteOf(CreationTime)]);
  return {
    output: { HumanTaskUiSummaries: uis },
    text: formatTable(['NAME', 'CREATED'], rows, 'There are no human task UIs.'),
  };
};

/** Prints the template as it is; only a terminal is spared what would steer it. */
export const showTemplate: Call<ShowOptions> = async (calling, name = '') => {
  const { client, terminal, options } = calling;
  const source = await sourceOf(calling, name);
  if (!options.json) {
    const lines = terminal.output.isTTY
      ? source.split('\n').map((line) => line.split('\t').map(printable).join('\t'))
      : [];
    const shown = terminal.output.isTTY ? lines.join('\n') : source;
    terminal.output.write(shown.endsWith('\n') || !terminal.output.isTTY ? shown : `${shown}\n`);
    return undefined;
  }
  const ui = await client.call('DescribeHumanTaskUi', { HumanTaskUiName: name });
  const { Tags = [] } = await client.call('ListTags', { ResourceArn: ui.HumanTaskUiArn });
  return { output: { ...ui, UiTemplate: { ...ui.UiTemplate, Content: source }, Tags }, text: '' };
};

/** The text of a template, which the API hands out by a link. */
export async function sourceOf({ client, signal }: Calling<unknown>, name: string): Promise<string> {
  const { UiTemplate } = await client.call('DescribeHumanTaskUi', { HumanTaskUiName: name }, { signal });
  const { pathname, search } = new URL(UiTemplate.Url ?? '');
  // Links lead to the public address; it is served wherever the API is, and here that is known to be reached.
  const url = new URL(pathname + search, client.meta.endpointUrl);
  const reply = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(readTimeout)]) });
  // Not text(), which takes a byte order mark away.
  const text = Buffer.from(await reply.arrayBuffer()).toString('utf8');
  if (!reply.ok) throw new Error(`The template of ${printable(name)} could not be read: status ${reply.status}.`);
  return text;
}

export const deleteTemplate: Call<{ readonly yes?: boolean }> = async (calling, name = '') => {
  const { client, terminal, options, signal } = calling;
  const { HumanTaskUiArn } = await client.call('DescribeHumanTaskUi', { HumanTaskUiName: name }, { signal });
  const flows = await flowsThatShow(calling, HumanTaskUiArn);
  const consequence =
    flows.length === 0
      ? 'No flow shows it.'
      : `${capital(namesOfFlows(flows))} cannot start loops any more without it.`;
  const shown = printable(name);
  await confirm(terminal, `Delete the human task UI ${shown}? ${consequence}`, { yes: options.yes, signal });
  const output = await client.call('DeleteHumanTaskUi', { HumanTaskUiName: name });
  return { output, text: `The human task UI ${shown} is deleted. ${consequence}` };
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
