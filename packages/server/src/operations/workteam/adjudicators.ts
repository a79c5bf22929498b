import { ApiError, textOfTag } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type Change, update } from '../../domain/change.ts';
import type { FlowDefinition, Tags, Workteam } from '../../domain/rows.ts';
import { nameInArn } from '../own-arn.ts';

/** Flow definitions that are read at a time. */
const pageSize = 200;

/**
 * The workteam that the tags of a flow definition name as adjudicators must be there, and is changed, so that deleting it
 * meanwhile conflicts with this.
 *
 * @param workteam the flow's own, which is changed already.
 * @throws ApiError ValidationException
 */
export async function touchAdjudicators(
  context: OperationContext,
  tags: Tags,
  workteam: Workteam | undefined,
): Promise<readonly Change[]> {
  const arn = textOfTag(tags, 'holdpoint:adjudicator-workteam');
  if (arn === undefined) return [];
  const name = nameInArn(context.installation, arn, 'workteam');
  const adjudicators = name === undefined ? undefined : await context.store.workteamByName(name);
  if (!adjudicators)
    throw new ApiError(
      'ValidationException',
      `The tag holdpoint:adjudicator-workteam names the Workteam '${arn}', which does not exist.`,
    );
  return adjudicators.id === workteam?.id ? [] : [update('workteams', adjudicators, {})];
}

/** The flow definitions whose tags name the workteam as adjudicators. */
export async function flowsAdjudicatedBy(
  { store, installation }: OperationContext,
  { name }: Workteam,
): Promise<readonly FlowDefinition[]> {
  const found: FlowDefinition[] = [];
  for (let after: FlowDefinition | undefined; ; ) {
    const page = await store.flowDefinitions({ order: 'Ascending', limit: pageSize, after });
    for (const flow of page) {
      const arn = textOfTag(flow.tags, 'holdpoint:adjudicator-workteam');
      if (arn !== undefined && nameInArn(installation, arn, 'workteam') === name) found.push(flow);
    }
    after = page.at(-1);
    if (page.length < pageSize) return found;
  }
}
