import { ApiError, flowDefinitionArn } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { guard, insert, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import { outputPathProblem } from '../../domain/output-path.ts';
import type { FlowDefinitionConfig } from '../../domain/rows.ts';
import { requireTagsTogether, tagsOf } from '../../domain/tags.ts';
import { newId } from '../../id.ts';
import { decide, isSameCall } from '../decide.ts';
import { loadManagedUi } from '../human-task-ui/managed-ui.ts';
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
  await requireConditions(config);
  const problem = outputPathProblem(config.OutputConfig.S3OutputPath, name);
  if (problem !== undefined) throw new ApiError('ValidationException', `OutputConfig.S3OutputPath: ${problem}`);
  await decide(context, async () => {
    const { workteam, humanTaskUi, humanTaskUiArn, keptUi } = await load(context, config);
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
      config: { ...config, HumanLoopConfig: { ...config.HumanLoopConfig, HumanTaskUiArn: humanTaskUiArn } },
      tags,
      createdAt: context.now,
      invocation: context.invocation,
    });
    return {
      // The team's row is changed, so that deleting the team meanwhile conflicts with this.
      changes: [
        update('workteams', workteam, {}),
        ...keptUi,
        ...(await touchAdjudicators(context, tags, workteam)),
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
  const source = config.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
  const managed = await loadManagedUi(context, HumanTaskUiArn, source);
  if (managed) return { workteam, ...managed };
  const uiName = nameInArn(context.installation, HumanTaskUiArn, 'human-task-ui');
  const humanTaskUi = uiName === undefined ? undefined : await context.store.humanTaskUiByName(uiName);
  if (!humanTaskUi)
    throw new ApiError('ValidationException', `The specified HumanTaskUi '${HumanTaskUiArn}' does not exist.`);
  return { workteam, humanTaskUi, humanTaskUiArn: HumanTaskUiArn, keptUi: [guard('humanTaskUis', humanTaskUi)] };
}

/** Conditions are read here, so that what is wrong with them is heard before a loop depends on them. */
async function requireConditions(config: FlowDefinitionConfig): Promise<void> {
  if (config.HumanLoopActivationConfig === undefined) return;
  // Loaded with the first conditions, for the sake of installations without any.
  const { conditionsOf, readConditions } = await import('../../domain/activation/start-activation.ts');
  const source = config.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
  const { violations } = readConditions(conditionsOf(config) ?? '', source);
  if (violations.length > 0) throw new ApiError('ValidationException', violations.join(' '));
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
