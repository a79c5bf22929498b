import { createHash, hash } from 'node:crypto';
import { ApiError, humanLoopArn, type OperationInput, outputKey, parseS3Uri } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { StartActivation } from '../../domain/activation/start-activation.ts';
import { guard } from '../../domain/change.ts';
import { isFinal, restartHumanLoop, startHumanLoop as start } from '../../domain/human-loop.ts';
import { requesterOf, type StartedBy } from '../../domain/requester.ts';
import type { FlowDefinition, HumanTaskUi } from '../../domain/rows.ts';
import { newId } from '../../id.ts';
import { decide } from '../decide.ts';
import { nameInArn } from '../own-arn.ts';

/** Deeper input than this is refused, as the service's own JSON reader does. */
const maxDepth = 1000;

/**
 * Starts a loop, or answers the running one when name and input are the same (SDKs retry). The service's answer does not tell
 * one from the other; whoever wants to know finds `Holdpoint-Repeated: true` among the headers of a repetition.
 *
 * On a flow with conditions of ours, `Holdpoint-Activated` among the headers says whether people are asked. Where they are not,
 * the loop is Completed without answers, or does not come to be (tag `holdpoint:on-no-review`).
 */
export const startHumanLoop: OperationHandler<'StartHumanLoop'> = async (context, input) => {
  const { HumanLoopName: name } = input;
  const inputContent = input.HumanLoopInput.InputContent;
  const content = readJson(inputContent);
  const output = { HumanLoopArn: humanLoopArn(context.installation, name) };
  // Most names are new, and the store refuses a second one in any case: only then it is worth looking who has it,
  // unless a quota that is used up would refuse a repetition first.
  let look = context.quotas.inFlightHumanLoops > 0;
  let isRepeated = false;
  let isActivated: boolean | undefined;
  await decide(context, async () => {
    const { flowDefinition, humanTaskUi } = await loadFlowDefinition(context, input.FlowDefinitionArn).catch(
      async (error: unknown) => {
        // A repetition is answered as the first time, also when the flow is on its way out by now.
        if (await isRunning(context, input)) return { flowDefinition: undefined, humanTaskUi: undefined };
        throw error;
      },
    );
    isRepeated = flowDefinition === undefined;
    if (!flowDefinition) return { changes: [] };
    const inputSha256 = hashInput(flowDefinition.id, inputContent, input.DataAttributes);
    const activation = await activationOf(flowDefinition, content, inputContent);
    const isSkipped = activation?.activated === false && flowDefinition.tags['holdpoint:on-no-review'] === 'skip';
    isActivated = activation?.activated;
    // Nothing is saved of a start that is skipped, so that the store cannot say that its name is taken.
    const existing = look || isSkipped ? await context.store.humanLoopByName(name) : undefined;
    look = true;
    if (existing) {
      restartHumanLoop(existing, inputSha256, activation?.activated !== false);
      isRepeated = true;
      isActivated = undefined;
      return { changes: [] };
    }
    if (isSkipped) return { changes: [] };
    await requireQuota(context);
    const { changes } = start({
      flowDefinition,
      id: newId(context.now),
      name,
      inputContent,
      dataAttributes: input.DataAttributes,
      inputSha256,
      outputS3Uri: outputUri(flowDefinition, name, context.now),
      activation,
      requester: requesterOf(flowDefinition, inputContent, () => startedBy(context)),
      now: context.now,
    });
    return { changes: [guard('humanTaskUis', humanTaskUi), ...changes] };
  });
  if (isRepeated) context.replyHeaders['holdpoint-repeated'] = 'true';
  if (isActivated !== undefined) context.replyHeaders['holdpoint-activated'] = String(isActivated);
  return output;
};

/** Loaded with the first flow that has conditions, for the sake of installations without any. */
let conditions: typeof import('../../domain/activation/start-activation.ts') | undefined;

async function activationOf(
  flowDefinition: FlowDefinition,
  value: unknown,
  inputContent: string,
): Promise<StartActivation | undefined> {
  if (flowDefinition.config.HumanLoopActivationConfig === undefined) return undefined;
  conditions ??= await import('../../domain/activation/start-activation.ts');
  return conditions.startActivation(flowDefinition, { value, hash: sha256, inputHash: () => sha256(inputContent) });
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

const startedBy = ({ caller: { accessKeyId, owner, worker } }: OperationContext): StartedBy => ({
  email: worker?.email ?? owner,
  signedWith: `the access key ${accessKeyId}`,
});

/** The service's model knows no "not found" for this operation, so what is missing is a ValidationException. */
async function loadFlowDefinition(
  context: OperationContext,
  arn: string,
): Promise<{ flowDefinition: FlowDefinition; humanTaskUi: HumanTaskUi }> {
  const name = nameInArn(context.installation, arn, 'flow-definition');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (!flowDefinition)
    throw new ApiError('ValidationException', `The specified FlowDefinition '${arn}' does not exist.`);
  if (flowDefinition.status !== 'Active' && flowDefinition.status !== 'Initializing')
    throw new ApiError(
      'ValidationException',
      `The specified FlowDefinition '${arn}' is ${flowDefinition.status} and cannot start human loops.`,
    );
  const humanTaskUi = await context.store.humanTaskUi(flowDefinition.humanTaskUiId);
  if (!humanTaskUi)
    throw new ApiError(
      'ValidationException',
      `The HumanTaskUi '${flowDefinition.config.HumanLoopConfig.HumanTaskUiArn}' of the specified FlowDefinition does not exist.`,
    );
  return { flowDefinition, humanTaskUi };
}

async function isRunning(context: OperationContext, input: OperationInput<'StartHumanLoop'>): Promise<boolean> {
  const existing = await context.store.humanLoopByName(input.HumanLoopName);
  if (!existing || isFinal(existing)) return false;
  if (nameInArn(context.installation, input.FlowDefinitionArn, 'flow-definition') !== existing.flowDefinitionName)
    return false;
  const { InputContent } = input.HumanLoopInput;
  return hashInput(existing.flowDefinitionId, InputContent, input.DataAttributes) === existing.inputSha256;
}

async function requireQuota(context: OperationContext): Promise<void> {
  const limit = context.quotas.inFlightHumanLoops;
  // Counted, not booked: starts of the same commit can exceed the quota by a few, which a soft quota may.
  if (limit > 0 && (await context.store.countUnfinishedHumanLoops(limit)) >= limit)
    throw new ApiError(
      'ServiceQuotaExceededException',
      `The quota of ${limit} human loops that are in flight is used up. Wait until some are finished, stop some, or raise --in-flight-human-loops.`,
    );
}

function outputUri(flowDefinition: FlowDefinition, humanLoopName: string, now: number): string {
  const { bucket, key: prefix } = parseS3Uri(flowDefinition.config.OutputConfig.S3OutputPath)!;
  const key = outputKey({
    prefix,
    flowDefinitionName: flowDefinition.name,
    humanLoopName,
    creationTime: new Date(now),
  });
  return `s3://${bucket}/${key}`;
}

const hashInput = (flowDefinitionId: string, inputContent: string, dataAttributes: unknown): string =>
  createHash('sha256')
    .update(`${flowDefinitionId}\n${JSON.stringify(dataAttributes ?? null)}\n`)
    .update(inputContent)
    .digest('hex');

function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError('ValidationException', 'HumanLoopInput.InputContent is not valid JSON.');
  }
  if (text.length > 2 * maxDepth && depthOf(text) > maxDepth)
    throw new ApiError('ValidationException', `HumanLoopInput.InputContent is nested deeper than ${maxDepth} levels.`);
  return value;
}

function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}
