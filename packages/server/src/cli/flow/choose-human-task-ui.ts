/** Which human task UI a flow shows: one that is there, or one that has to be made of a template. */
import { createHash } from 'node:crypto';
import {
  type ArnSettings,
  humanTaskUiArn,
  managedSourceOf,
  type OperationInput,
  operations,
  parseArn,
} from '@holdpoint/protocol';
import type { Calling } from '../api-command.ts';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

export interface ChosenUi {
  readonly name: string;
  readonly arn: string;
  /** The template, where the human task UI has to be made; its `arn` is what it will be. */
  readonly content?: string;
}

type Choosing = Calling<{ readonly humanTaskUi?: string; readonly replaceTemplate?: boolean }>;

const mostSuffixes = 99;
const longestName = operations.CreateHumanTaskUi.input.members.HumanTaskUiName.max;

interface Wanted {
  /** Of the flow, and so of a human task UI that is made for it. */
  readonly name: string;
  /** The template; undefined where `--human-task-ui` names what is there. */
  readonly content: string | undefined;
  readonly place: ArnSettings;
}

/**
 * Looks for the human task UI that options and template mean.
 *
 * @throws Error when the name has another template, and `--replace-template` was not given.
 */
export async function chooseHumanTaskUi(calling: Choosing, { name: flow, content, place }: Wanted): Promise<ChosenUi> {
  const { humanTaskUi = '', replaceTemplate } = calling.options;
  if (content === undefined) {
    if (humanTaskUi.startsWith('arn:')) return { name: parseArn(humanTaskUi)?.resourceName ?? '', arn: humanTaskUi };
    const found = await humanTaskUiNamed(calling, humanTaskUi);
    if (found === undefined) throw new UsageError(`There is no human task UI ${printable(humanTaskUi)}.`);
    return { name: humanTaskUi, arn: found.HumanTaskUiArn };
  }
  for (let number = 1; number <= mostSuffixes; number++) {
    const name = numbered(flow, number);
    const found = await humanTaskUiNamed(calling, name);
    if (found === undefined) return { name, arn: humanTaskUiArn(place, name), content };
    if (found.UiTemplate.ContentSha256 === sha256(content)) return { name, arn: found.HumanTaskUiArn };
    if (!replaceTemplate)
      throw new Error(
        `The human task UI ${name} has another template: --human-task-ui ${name} uses that one, --replace-template makes ${numbered(flow, 2)} of yours.`,
      );
  }
  throw new Error(`There are ${mostSuffixes} human task UIs named ${flow} with other templates already.`);
}

/** Says which one it is, at the end of a sentence. */
export function describeUi({ name, arn, content }: ChosenUi): string {
  const origin = managedSourceOf(arn) === undefined ? 'which was there' : 'which comes with the server';
  return `with the human task UI ${printable(name)}, ${content === undefined ? origin : 'made of the template'}`;
}

export const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** The name with a number behind it, cut to what the API takes. */
export function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const suffix = `-${number}`;
  return `${name.slice(0, longestName - suffix.length).replace(/-+$/, '')}${suffix}`;
}

/** The description of a human task UI; undefined when there is none of the name. */
export async function humanTaskUiNamed({ client, signal }: Calling<unknown>, name: string) {
  try {
    return await client.call('DescribeHumanTaskUi', { HumanTaskUiName: name }, { signal });
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFound') return undefined;
    throw error;
  }
}

/** Makes a human task UI. A call that is repeated because its answer was lost finds what the first attempt made. */
export async function createHumanTaskUi(
  calling: Calling<unknown>,
  wanted: OperationInput<'CreateHumanTaskUi'>,
): Promise<string> {
  try {
    return (await calling.client.call('CreateHumanTaskUi', wanted)).HumanTaskUiArn;
  } catch (error) {
    const found =
      (error as Error).name === 'ResourceInUse' ? await humanTaskUiNamed(calling, wanted.HumanTaskUiName) : undefined;
    if (found?.UiTemplate.ContentSha256 === sha256(wanted.UiTemplate.Content)) return found.HumanTaskUiArn;
    throw error;
  }
}
