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
  type Problem,
  type SourceFlow,
  type SourceTaskUi,
  type SourceWorkteam,
  type TagList,
  type Thing,
  type UnreadThing,
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
  const problems: Problem[] = [];
  const notes: string[] = [];
  let done = 0;

  /** What `read` answers; undefined when it failed, which becomes one of the problems. */
  async function attempt<T>(what: string, about: Thing | undefined, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      const fatal = fatalOf(error, source.endpointUrl);
      if (fatal !== undefined) throw fatal;
      problems.push({ text: `${what} could not be read: ${oneSentence(error)}`, about });
      return undefined;
    } finally {
      settings.tell(++done);
    }
  }
  const options = { signal };

  /** All items of a list, over all pages. */
  const list = <Item>(what: string, items: AsyncIterable<Item>, about?: Thing): Promise<Item[] | undefined> =>
    attempt(what, about, () => Array.fromAsync(items));
  const tagsOf = (about: Thing): Promise<TagList | undefined> => {
    const pages = sagemaker.getPaginator('listTags').paginate({ ResourceArn: about.arn }, options);
    return list(`The tags of ${about.arn}`, pages.items(), about);
  };

  async function readFlow(about: UnreadThing): Promise<SourceFlow | undefined> {
    const name = nameOf(about.arn);
    const description: FlowDescription | undefined = await attempt(`The flow definition ${name}`, about, async () =>
      sagemaker.describeFlowDefinition({ FlowDefinitionName: name }, options).catch((error: Error) => {
        if (error.name !== 'ResourceNotFound' || settings.flows === undefined) throw error;
        throw new NotAtAws(`There is no flow definition ${name} at AWS (${origin}).`);
      }),
    );
    if (description === undefined) return undefined;
    const flow: Thing = { kind: 'flow-definition', arn: description.FlowDefinitionArn };
    const tags = await tagsOf(flow);
    const inFlight = await attempt(`The human loops of ${name}`, flow, () => countLoops(source, description, signal));
    return { description, tags, ...(inFlight && { inFlight }) };
  }

  async function readTaskUi(about: UnreadThing): Promise<SourceTaskUi | undefined> {
    const name = nameOf(about.arn);
    const found = await attempt(`The human task UI ${name}`, about, () =>
      sagemaker.describeHumanTaskUi({ HumanTaskUiName: name }, options),
    );
    if (found === undefined) return undefined;
    const { Url, ContentSha256 } = found.UiTemplate;
    const template = await attempt(`The template of ${name}`, about, () => readTemplate(Url, signal));
    if (template !== undefined && ContentSha256 !== undefined && sha256Of(template) !== ContentSha256.toLowerCase())
      notes.push(`The text behind the link of ${name} has another checksum than AWS tells; look at it here.`);
    return {
      name,
      arn: found.HumanTaskUiArn,
      status: found.HumanTaskUiStatus,
      template,
      contentSha256: ContentSha256,
      tags: await tagsOf({ kind: 'human-task-ui', arn: found.HumanTaskUiArn }),
    };
  }

  const wide = { MaxResults: 100 };
  const listFlows = async (): Promise<UnreadThing[]> => {
    const pages = sagemaker.getPaginator('listFlowDefinitions').paginate(wide, options);
    const all = (await list('The list of flow definitions', pages.items())) ?? [];
    return all.map((one) => ({
      kind: 'flow-definition',
      arn: one.FlowDefinitionArn,
      status: one.FlowDefinitionStatus,
    }));
  };
  const askedFlows =
    settings.flows?.map((arn): UnreadThing => ({ kind: 'flow-definition', arn })) ?? (await listFlows());
  const flows = await inParallel(askedFlows, calls, readFlow);
  const used = flows.flatMap((flow) => flow?.description.HumanLoopConfig ?? []);
  const own = new Set(used.map((config) => config.HumanTaskUiArn).filter((arn) => isOwn(arn, flows)));
  if (settings.flows === undefined) {
    const pages = sagemaker.getPaginator('listHumanTaskUis').paginate(wide, options);
    const all = (await list('The list of human task UIs', pages.items())) ?? [];
    for (const { HumanTaskUiArn } of all) own.add(HumanTaskUiArn);
  }
  const askedUis = [...own].map((arn): UnreadThing => ({ kind: 'human-task-ui', arn }));
  const taskUis = await inParallel(askedUis, calls, readTaskUi);
  const teamPages = sagemaker.getPaginator('listWorkteams').paginate(wide, options);
  const teams = (await list('The list of workteams', teamPages.items())) ?? [];
  const asked = new Set(used.map((config) => config.WorkteamArn));
  const wanted = teams.filter(
    ({ WorkteamArn }) => crowdOf(WorkteamArn) === 'private' && (settings.flows === undefined || asked.has(WorkteamArn)),
  );
  const workteams: SourceWorkteam[] = await inParallel(wanted, calls, async (description) => ({
    description,
    tags: await tagsOf({ kind: 'workteam', arn: description.WorkteamArn }),
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
    unread: [
      ...askedFlows.filter((_, index) => flows[index] === undefined),
      ...askedUis.filter((_, index) => taskUis[index] === undefined),
    ],
    problems,
    notes,
  };
  const found = [inventory.flows, inventory.taskUis, workteams, workforces];
  if (problems.length > 0 && found.every((things) => things.length === 0))
    throw new Error(problems.map(({ text }) => text).join(' '));
  return inventory;
}

/** Whether a human task UI belongs to the account of the flows that use it. */
function isOwn(arn: string, flows: readonly (SourceFlow | undefined)[]): boolean {
  const account = parseArn(arn)?.accountId;
  return flows.some((flow) => flow && parseArn(flow.description.FlowDefinitionArn)?.accountId === account);
}
