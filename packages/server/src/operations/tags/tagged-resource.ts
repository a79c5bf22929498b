import { ApiError, parseArn } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type Change, update } from '../../domain/change.ts';
import type { Tags } from '../../domain/rows.ts';
import { requireTagsTogether } from '../../domain/tags.ts';
import { nameInArn } from '../own-arn.ts';
import { touchAdjudicators } from '../workteam/adjudicators.ts';

export interface TaggedResource {
  readonly tags: Tags;
  /** @throws ApiError ValidationException for tags that do not go together */
  readonly setTags: (tags: Tags) => Promise<readonly Change[]>;
}

/**
 * Loads what an ARN names: a flow definition, a human task UI or a work team.
 *
 * @throws ApiError ValidationException for other types of resources and for ones that do not exist.
 */
export async function taggedResource(context: OperationContext, arn: string): Promise<TaggedResource> {
  const type = parseArn(arn)?.resourceType ?? '';
  if (!['flow-definition', 'human-task-ui', 'workteam'].includes(type))
    throw new ApiError('ValidationException', `Invalid resource type: ${type}`);
  const name = nameInArn(context.installation, arn, type);
  const found = name === undefined ? undefined : await load(context, type, name);
  if (!found) throw new ApiError('ValidationException', `The resource '${arn}' does not exist.`);
  return found;
}

async function load(context: OperationContext, type: string, name: string): Promise<TaggedResource | undefined> {
  const { store } = context;
  if (type === 'flow-definition') {
    const row = await store.flowDefinitionByName(name);
    if (!row) return undefined;
    const workteam = await store.workteam(row.workteamId);
    return {
      tags: row.tags,
      async setTags(tags) {
        requireTagsTogether(tags, row.config, workteam);
        return [update('flowDefinitions', row, { tags }), ...(await touchAdjudicators(context, tags, undefined))];
      },
    };
  }
  if (type === 'human-task-ui') {
    const row = await store.humanTaskUiByName(name);
    return row && { tags: row.tags, setTags: async (tags) => [update('humanTaskUis', row, { tags })] };
  }
  const row = await store.workteamByName(name);
  return row && { tags: row.tags, setTags: async (tags) => [update('workteams', row, { tags })] };
}
