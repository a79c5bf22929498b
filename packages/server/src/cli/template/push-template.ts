import { basename } from 'node:path';
import type { Call, Calling } from '../api-command.ts';
import { createHumanTaskUi, humanTaskUiNamed, numbered, sha256 } from '../flow/choose-human-task-ui.ts';
import { nextCommand } from '../next-command.ts';
import { readText } from '../read-text.ts';
import { requireValid } from '../require-valid.ts';
import { sayMore } from '../say-more.ts';
import type { ServerOptions } from '../server-options.ts';
import { printable } from '../table.ts';
import { parseTags } from '../tags.ts';
import { UsageError } from '../usage-error.ts';
import { requireNoErrors } from './require-no-errors.ts';
import { requireTemplate } from './require-template.ts';
import { sourceOf } from './stored-templates.ts';
import { flowsThatShow, namesOfFlows } from './used-by.ts';

export interface PushOptions extends ServerOptions {
  readonly name?: string;
  readonly tag?: readonly string[];
  readonly check: boolean;
  readonly as?: string;
  readonly replace?: boolean;
}

interface Wanted {
  readonly HumanTaskUiName: string;
  readonly UiTemplate: { readonly Content: string };
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** Makes a human task UI of a file. The API cannot change one, so what has the name already decides what happens. */
export const pushTemplate: Call<PushOptions> = async (calling, file = '') => {
  const { options, terminal } = calling;
  const { as } = options;
  if (as !== undefined && options.replace) throw new UsageError('Give --as or --replace, not both.');
  const Content = await readText(file, terminal);
  const HumanTaskUiName = options.name ?? nameOfFile(file);
  const wanted = { HumanTaskUiName, UiTemplate: { Content }, Tags: parseTags(options.tag) };
  requireTemplate(file, Content);
  const sources = { humanTaskUiName: options.name ? '--name' : 'The name', tags: '--tag' };
  requireValid('CreateHumanTaskUi', wanted, sources);
  if (as !== undefined)
    requireValid('CreateHumanTaskUi', { ...wanted, HumanTaskUiName: as }, { ...sources, humanTaskUiName: '--as' });
  if (options.check) await requireNoErrors(calling, file, Content);
  const first = await tryName(calling, wanted);
  if (first !== undefined) return first;
  if (as === undefined) return replace(calling, wanted);
  return (await tryName(calling, { ...wanted, HumanTaskUiName: as })) ?? fail(`${other(as)}, too.`);
};

const other = (name: string): string => `The human task UI ${printable(name)} has another template`;

function fail(sentence: string): never {
  throw new Error(sentence);
}

/** `invoice.liquid.html` → `invoice` */
function nameOfFile(file: string): string {
  const name = basename(file)
    .split('.')[0]!
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (file === '-' || name === '') throw new UsageError('Say with --name what the human task UI is to be named.');
  return name;
}

/** What became of the name: made, or there already; undefined when it has another template. */
async function tryName(calling: Calling<PushOptions>, wanted: Wanted) {
  const name = wanted.HumanTaskUiName;
  const found = await humanTaskUiNamed(calling, name);
  if (found === undefined) return made(calling, wanted, 'Created');
  if (found.UiTemplate.ContentSha256 !== sha256(wanted.UiTemplate.Content)) return undefined;
  const tags = wanted.Tags.length > 0 ? ' Its tags stay as they are.' : '';
  return {
    output: { HumanTaskUiArn: found.HumanTaskUiArn, HumanTaskUiName: name, Change: 'None' },
    text: `The human task UI ${name} has this template already, so nothing was done.${tags}\n${found.HumanTaskUiArn}`,
  };
}

async function made(calling: Calling<PushOptions>, wanted: Wanted, Change: 'Created' | 'Replaced') {
  const { options } = calling;
  const HumanTaskUiArn = await createHumanTaskUi(calling, wanted);
  const { HumanTaskUiName: name } = wanted;
  return {
    output: { HumanTaskUiArn, HumanTaskUiName: name, Change },
    text: [
      `The human task UI ${name} is made${Change === 'Replaced' ? ' anew' : ''}.`,
      HumanTaskUiArn,
      '',
      'Make a flow with',
      `  ${nextCommand(`flow create ${name} --human-task-ui ${name}`, options)}`,
    ].join('\n'),
  };
}

async function replace(calling: Calling<PushOptions>, wanted: Wanted) {
  const { client, options } = calling;
  const { HumanTaskUiName: name } = wanted;
  const { HumanTaskUiArn } = await client.call('DescribeHumanTaskUi', { HumanTaskUiName: name });
  const flows = await flowsThatShow(calling, HumanTaskUiArn);
  const beside = `--as ${await freeName(calling, name)} makes another human task UI of yours`;
  if (flows.length > 0)
    fail(
      `${other(name)}, which ${namesOfFlows(flows)} show${flows.length === 1 ? 's' : ''}: ${beside}, for new flows.`,
    );
  if (!options.replace) fail(`${other(name)}, and no flow shows it: --replace puts yours in its place, ${beside}.`);
  const { Tags: before = [] } = await client.call('ListTags', { ResourceArn: HumanTaskUiArn });
  const former = { ...wanted, UiTemplate: { Content: await sourceOf(calling, name) }, Tags: before };
  const keys = new Set(wanted.Tags.map(({ Key }) => Key));
  const Tags = [...before.filter(({ Key }) => !keys.has(Key)), ...wanted.Tags];
  await client.call('DeleteHumanTaskUi', { HumanTaskUiName: name });
  return made(calling, { ...wanted, Tags }, 'Replaced').catch(async (error: Error) => {
    const restored = await client.call('CreateHumanTaskUi', former).then(
      () => 'The one that was there is back.',
      (failure: Error) => `The one that was there is deleted, and could not be made again: ${failure.message}`,
    );
    throw sayMore(error, restored);
  });
}

async function freeName(calling: Calling<unknown>, name: string): Promise<string> {
  for (let number = 2; ; number++) {
    const next = numbered(name, number);
    if ((await humanTaskUiNamed(calling, next)) === undefined) return next;
  }
}
