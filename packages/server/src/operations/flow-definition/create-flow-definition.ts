import { ApiError, flowDefinitionArn } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { guard, insert, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import { outputPathProblem } from '../../domain/output-path.ts';
import type { FlowDefinitionConfig } from '../../domain/rows.ts';
import { requireTagsTogether, tagsOf } from '../../domain/tags.ts';
import { newId } from '../../id.ts';
import { decide, isSameCall } from '../decide.ts';
import { nameInArn } from '../own-arn.ts';
import { touchAdjudicators } from '../workteam/adjudicators.ts';

/**
 * Creates a flow definition. It is usable at once and turns from Initializing to Active in the background, as in the
 * service. What it names has to exist; the role is not used, since objects are read and written with our own rights.
 */
export const createFlowDefinition: OperationHandler<'CreateFlowDefinition'> = async (context, input) => {
  const { FlowDefinitionName: name, Tags, ...given } = input;
  const config = given as unknown as FlowDefinitionConfig;
  const tags = tagsOf(Tags);
  requireConditionsJson(input);
  const problem = outputPathProblem(config.OutputConfig.S3OutputPath, name);
  if (problem !== undefined) throw new ApiError('ValidationException', `OutputConfig.S3OutputPath: ${problem}`);
  await decide(context, async () => {
    const { workteam, humanTaskUi } = await load(context, config);
    requireTagsTogether(tags, config, workteam);
    const existing = await context.store.flowDefinitionByName(name);
    if (existing && isSameCall(context, existing)) return { changes: [] };
    if (existing) throw alreadyExists(name);
    await requireQuota(context);
    const id = newId(context.now);
    const flowDefinition = insert('flowDefinitions', {
      id,
      name,
      status: 'Initializing' as const,
      humanTaskUiId: humanTaskUi.id,
      templateSha256: humanTaskUi.contentSha256,
      workteamId: workteam.id,
      config,
      tags,
      createdAt: context.now,
      invocation: context.invocation,
    });
    return {
      // The team's row is changed, so that deleting the team meanwhile conflicts with this.
      changes: [
        update('workteams', workteam, {}),
        ...(await touchAdjudicators(context, tags, workteam)),
        guard('humanTaskUis', humanTaskUi),
        flowDefinition,
        addJob('activate-flow-definition', id, context.now, context.now),
      ],
    };
  });
  return { FlowDefinitionArn: flowDefinitionArn(context.installation, name) };
};

async function load(context: OperationContext, config: FlowDefinitionConfig) {
  const { WorkteamArn, HumanTaskUiArn } = config.HumanLoopConfig;
  const workteamName = nameInArn(context.installation, WorkteamArn, 'workteam');
  const workteam = workteamName === undefined ? undefined : await context.store.workteamByName(workteamName);
  if (!workteam)
    throw new ApiError(
      'ValidationException',
      `The specified Workteam '${WorkteamArn}' does not exist or you do not have access to it.`,
    );
  const uiName = nameInArn(context.installation, HumanTaskUiArn, 'human-task-ui');
  const humanTaskUi = uiName === undefined ? undefined : await context.store.humanTaskUiByName(uiName);
  if (!humanTaskUi)
    throw new ApiError('ValidationException', `The specified HumanTaskUi '${HumanTaskUiArn}' does not exist.`);
  return { workteam, humanTaskUi };
}

/** Conditions are kept and returned; nothing evaluates them yet, so only that they are JSON is checked. */
function requireConditionsJson(input: {
  HumanLoopActivationConfig?:
    | { HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: string } }
    | undefined;
}): void {
  const conditions = input.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions;
  if (conditions === undefined) return;
  try {
    JSON.parse(conditions);
  } catch {
    throw new ApiError('ValidationException', 'HumanLoopActivationConditions is not valid JSON.');
  }
}

async function requireQuota(context: OperationContext): Promise<void> {
  const limit = context.quotas.flowDefinitions;
  if (limit > 0 && (await context.store.countFlowDefinitions(limit)) >= limit)
    throw new ApiError('ResourceLimitExceeded', `The quota of ${limit} flow definitions is used up.`);
}

const alreadyExists = (name: string): ApiError =>
  new ApiError(
    'ResourceInUse',
    `The FlowDefinition with FlowDefinitionName ${name} already exists. Choose a different name or delete it first.`,
  );
