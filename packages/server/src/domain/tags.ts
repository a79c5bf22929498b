/** Tags of resources: AWS's rules, and the names of our own extensions. */
import { ApiError, extensionTagProblem, numberOfTag } from '@holdpoint/protocol';
import { countProblem } from './answer-count.ts';
import { detailsProblem } from './consolidation/details.ts';
import type { FlowDefinitionConfig, Tags, Workteam } from './rows.ts';

/** The most tags a resource can have. */
export const maxTags = 50;

type TagList = readonly { readonly Key: string; readonly Value: string }[];

/**
 * Tags as a record.
 *
 * @throws ApiError ValidationException for duplicate keys, keys that begin with `aws:`, unknown `holdpoint:` names and bad values of these.
 */
export function tagsOf(list: TagList | undefined): Tags {
  const tags = new Map<string, string>();
  for (const { Key, Value } of list ?? []) {
    if (tags.has(Key)) throw new ApiError('ValidationException', `Duplicate tag key found: ${Key}`);
    requireAllowed(Key, Value);
    tags.set(Key, Value);
  }
  return Object.fromEntries(tags);
}

/** The tags of a resource after `AddTags`. */
export function addTags(tags: Tags, list: TagList): Tags {
  const added = { ...tags, ...tagsOf(list) };
  if (Object.keys(added).length > maxTags)
    throw new ApiError('ValidationException', `A resource cannot have more than ${maxTags} tags.`);
  return added;
}

/**
 * Checks the tags of a flow definition against each other and against what it asks for.
 *
 * @throws ApiError ValidationException
 */
export function requireTagsTogether(
  tags: Tags,
  { HumanLoopConfig, OutputConfig }: FlowDefinitionConfig,
  workteam: Pick<Workteam, 'name' | 'groups'> | undefined,
): void {
  const problem =
    countProblem(tags, HumanLoopConfig.TaskCount) ??
    (workteam && distinctGroupsProblem(tags, workteam)) ??
    detailsProblem(tags, OutputConfig.S3OutputPath);
  if (problem !== undefined) throw new ApiError('ValidationException', problem);
}

function distinctGroupsProblem(tags: Tags, { name, groups }: Pick<Workteam, 'name' | 'groups'>): string | undefined {
  const wanted = numberOfTag(tags, 'holdpoint:distinct-groups') ?? 0;
  if (wanted <= groups.length) return undefined;
  return `The tag holdpoint:distinct-groups (${wanted}) must not be more than the groups of the workteam ${name} (${groups.length}).`;
}

export const tagList = (tags: Tags): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function requireAllowed(key: string, value: string): void {
  if (/^aws:/i.test(key))
    throw new ApiError('ValidationException', `Tag keys that begin with 'aws:' are reserved: ${key}`);
  const problem = key.startsWith('holdpoint:') ? extensionTagProblem(key, value) : undefined;
  if (problem !== undefined) throw new ApiError('ValidationException', problem);
}
