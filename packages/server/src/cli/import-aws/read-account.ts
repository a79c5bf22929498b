/** Reads an AWS account with the user's own credentials. Every call only reads; the guide lists them for an IAM policy. */
import { parseArn } from '@holdpoint/protocol';
import { fatalOf, NotAtAws } from './aws-errors.ts';
import type { AwsSource } from './aws-source.ts';
import { countLoops } from './count-loops.ts';
import { sha256Of } from './here.ts';
import { inParallel } from './in-parallel.ts';
import {
  crowdOf,
  type FlowDescription,
  type Inventory,
  nameOf,
  type SourceFlow,
  type SourceTaskUi,
  type SourceWorkteam,
  type TagList,
} from './inventory.ts';
import { readTemplate } from './read-template.ts';
import { oneSentence } from './sentences.ts';

export interface ReadSettings {
  /** Only these flow definitions and what they use; all of everything without it. */
  readonly flows: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly tell: (done: number) => void;
}

/** Calls at a time: the control plane allows few. */
const calls = 4;

/** @throws UsageError for credentials that cannot be used; Error with a sentence when AWS cannot be reached or refuses them. */
export async function readAccount(source: AwsSource, settings: ReadSettings): Promise<Inventory> {
  const { sagemaker, origin } = source;
  const { signal } = settings;
  const problems: string[] = [];
  const notes: string[] = [];
  let done = 0;

  /** What `read` answers; undefined when it failed, which becomes one of the problems. */
  async function attempt<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      const fatal = fatalOf(error, source.endpointUrl);
      if (fatal !== undefined) throw fatal;
      problems.push(`${what} could not be read: ${oneSentence(error)}`);
      return undefined;
    } finally {
      settings.tell(++done);
    }
  }
  const options = { signal };

  /** All items of a list, over all pages. */
  const list = <Item>(what: string, items: AsyncIterable<Item>): Promise<Item[] | undefined> =>
    attempt(what, () => Array.fromAsync(items));
  const tagsOf = (ResourceArn: string): Promise<TagList | undefined> =>
    list(`The tags of ${ResourceArn}`, sagemaker.getPaginator('listTags').paginate({ ResourceArn }, options).items());

  async function readFlow(name: string): Promise<SourceFlow | undefined> {
    const about = `The flow definition ${name}`;
    const description: FlowDescription | undefined = await attempt(about, async () =>
      sagemaker.describeFlowDefinition({ FlowDefinitionName: name }, options).catch((error: Error) => {
        if (error.name !== 'ResourceNotFound' || settings.flows === undefined) throw error;
        throw new NotAtAws(`There is no flow definition ${name} at AWS (${origin}).`);
      }),
    );
    if (description === undefined) return undefined;
    const tags = await tagsOf(description.FlowDefinitionArn);
    const inFlight = await attempt(`The human loops of ${name}`, () => countLoops(source, description, signal));
    return { description, tags, ...(inFlight && { inFlight }) };
  }

  async function readTaskUi(name: string): Promise<SourceTaskUi | undefined> {
    const what = `The human task UI ${name}`;
    const found = await attempt(what, () => sagemaker.describeHumanTaskUi({ HumanTaskUiName: name }, options));
    if (found === undefined) return undefined;
    const { Url, ContentSha256 } = found.UiTemplate;
    const template = await attempt(`The template of ${name}`, () => readTemplate(Url, signal));
    if (template !== undefined && ContentSha256 !== undefined && sha256Of(template) !== ContentSha256.toLowerCase())
      notes.push(`The text behind the link of ${name} has another checksum than AWS tells; look at it here.`);
    return {
      name,
      arn: found.HumanTaskUiArn,
      status: found.HumanTaskUiStatus,
      template,
      contentSha256: ContentSha256,
      tags: await tagsOf(found.HumanTaskUiArn),
    };
  }

  const wide = { MaxResults: 100 };
  const names =
    settings.flows ??
    (
      await list(
        'The list of flow definitions',
        sagemaker.getPaginator('listFlowDefinitions').paginate(wide, options).items(),
      )
    )?.map(({ FlowDefinitionName }) => FlowDefinitionName) ??
    [];
  const flows = await inParallel(names, calls, readFlow);
  const used = flows.flatMap((flow) => flow?.description.HumanLoopConfig ?? []);
  const own = new Set(
    used.filter((config) => isOwn(config.HumanTaskUiArn, flows)).map((config) => nameOf(config.HumanTaskUiArn)),
  );
  if (settings.flows === undefined) {
    const pages = sagemaker.getPaginator('listHumanTaskUis').paginate(wide, options);
    const all = (await list('The list of human task UIs', pages.items())) ?? [];
    for (const { HumanTaskUiName } of all) own.add(HumanTaskUiName);
  }
  const taskUis = await inParallel([...own], calls, readTaskUi);
  const teamPages = sagemaker.getPaginator('listWorkteams').paginate(wide, options);
  const teams = (await list('The list of workteams', teamPages.items())) ?? [];
  const asked = new Set(used.map((config) => config.WorkteamArn));
  const wanted = teams.filter(
    ({ WorkteamArn }) => crowdOf(WorkteamArn) === 'private' && (settings.flows === undefined || asked.has(WorkteamArn)),
  );
  const workteams: SourceWorkteam[] = await inParallel(wanted, calls, async (description) => ({
    description,
    tags: await tagsOf(description.WorkteamArn),
  }));
  const workforcePages = sagemaker.getPaginator('listWorkforces').paginate(wide, options);
  const workforces = (await list('The list of workforces', workforcePages.items())) ?? [];
  const inventory: Inventory = {
    origin,
    flows: flows.filter((flow) => flow !== undefined),
    taskUis: taskUis.filter((ui) => ui !== undefined),
    workteams,
    workforces,
    people: [],
    problems,
    notes,
  };
  const found = [inventory.flows, inventory.taskUis, workteams, workforces];
  if (problems.length > 0 && found.every((things) => things.length === 0)) throw new Error(problems.join(' '));
  return inventory;
}

/** Whether a human task UI belongs to the account of the flows that use it. */
function isOwn(arn: string, flows: readonly (SourceFlow | undefined)[]): boolean {
  const account = parseArn(arn)?.accountId;
  return flows.some((flow) => flow && parseArn(flow.description.FlowDefinitionArn)?.accountId === account);
}
