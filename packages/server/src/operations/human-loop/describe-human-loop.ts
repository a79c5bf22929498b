import { ApiError, flowDefinitionArn, humanLoopArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { loadHumanLoop } from './load-human-loop.ts';
import { waitForChange } from './wait-for-change.ts';

/**
 * Describes a loop. `HumanLoopOutput` is there from the start, as recorded replies of the service show; a failed loop has
 * no file and names none. With `Prefer: wait=N` the reply comes when the status changes or N seconds (at most 20) passed.
 */
export const describeHumanLoop: OperationHandler<'DescribeHumanLoop'> = async (context, input) => {
  const found = await loadHumanLoop(context, input.HumanLoopName);
  const seconds = Math.min(context.waitSeconds, 20);
  if (seconds > 0) context.replyHeaders['preference-applied'] = `wait=${seconds}`;
  const humanLoop = await waitForChange(context, found, seconds);
  if (!humanLoop) throw new ApiError('ResourceNotFoundException', `HumanLoop '${input.HumanLoopName}' does not exist.`);
  return {
    CreationTime: new Date(humanLoop.createdAt),
    FailureCode: humanLoop.failureCode ?? undefined,
    FailureReason: humanLoop.failureReason ?? undefined,
    FlowDefinitionArn: flowDefinitionArn(context.installation, humanLoop.flowDefinitionName),
    HumanLoopArn: humanLoopArn(context.installation, humanLoop.name),
    HumanLoopName: humanLoop.name,
    HumanLoopOutput: humanLoop.status === 'Failed' ? undefined : { OutputS3Uri: humanLoop.outputS3Uri },
    HumanLoopStatus: humanLoop.status,
  };
};
