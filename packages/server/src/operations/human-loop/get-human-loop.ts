import { ApiError, flowDefinitionArn, humanLoopArn, type OperationOutput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { ActivationRecord } from '../../domain/activation/start-activation.ts';
import { isAtSecondStage } from '../../domain/adjudication.ts';
import { countRulesOf } from '../../domain/answer-count.ts';
import type { HumanLoop, Task } from '../../domain/rows.ts';
import { openTask } from '../../domain/task.ts';

/** What DescribeHumanLoop leaves out of a loop, in every state that it can be in. */
export const getHumanLoop: OperationHandler<'GetHumanLoop'> = async (context, { HumanLoopName: name }) => {
  const humanLoop = await context.store.humanLoopByName(name);
  const input = humanLoop && (await context.store.humanLoopInput(humanLoop.id));
  if (!humanLoop) throw new ApiError('ResourceNotFound', `HumanLoop '${name}' does not exist.`);
  const task = await loadTask(context, humanLoop);
  const activation = input?.activation ? (JSON.parse(input.activation) as ActivationRecord) : undefined;
  const isAsked = activation?.activated !== false;
  return {
    HumanLoopName: humanLoop.name,
    HumanLoopArn: humanLoopArn(context.installation, humanLoop.name),
    HumanLoopStatus: humanLoop.status,
    FlowDefinitionArn: flowDefinitionArn(context.installation, humanLoop.flowDefinitionName),
    CreationTime: new Date(humanLoop.createdAt),
    // Some time after its end it is purged.
    ...(input && { InputContent: input.inputContent }),
    ...(humanLoop.finishedAt !== null && { FinishTime: new Date(humanLoop.finishedAt) }),
    ...(input && input.dataAttributes !== null && { DataAttributes: input.dataAttributes as DataAttributes }),
    ...(isAsked && task && describe(task)),
    ...(isAsked && task && (await counted(context, humanLoop, task))),
    ...(activation && {
      Activation: {
        Activated: activation.activated,
        ...(activation.results && { EvaluationResults: JSON.stringify(activation.results) }),
        Reasons: [...activation.reasons],
      },
    }),
    // A failed loop has no file and names none.
    ...(humanLoop.status !== 'Failed' && { OutputS3Uri: humanLoop.outputS3Uri }),
  };
};

type DataAttributes = NonNullable<OperationOutput<'GetHumanLoop'>['DataAttributes']>;

/** The loop's task; until its page was rendered, and when it could not be, the task that its flow definition asks for. */
async function loadTask({ store, now }: OperationContext, humanLoop: HumanLoop): Promise<Task | undefined> {
  const task = await store.taskOfHumanLoop(humanLoop.id);
  if (task) return task;
  const flowDefinition = await store.flowDefinition(humanLoop.flowDefinitionId);
  return flowDefinition && openTask({ humanLoop, flowDefinition, taskId: '', now }).task;
}

/** How many are asked at most, and why no more are, where the answers decide it. */
async function counted({ store }: OperationContext, humanLoop: HumanLoop, task: Task) {
  if (!countRulesOf(humanLoop.extensionTags, 1)) return {};
  const [flowDefinition, events] = await Promise.all([
    store.flowDefinition(humanLoop.flowDefinitionId),
    store.eventsOfHumanLoop(humanLoop.id),
  ]);
  const rules =
    flowDefinition && countRulesOf(humanLoop.extensionTags, flowDefinition.config.HumanLoopConfig.TaskCount);
  // After an answer was taken back it is not decided any more.
  const isEnough = task.answersDone >= task.answersNeeded;
  const decided = isEnough ? events.findLast(({ kind }) => kind === 'EnoughAnswers')?.details : undefined;
  return {
    ...(rules && { MostAnswers: rules.most }),
    ...(isAtSecondStage(task) && { IsAdjudication: true }),
    ...(decided?.reason !== undefined && { StopReason: decided.reason }),
    ...(decided?.confidence !== undefined && { Confidence: decided.confidence }),
  };
}

const describe = (task: Task) => ({
  TaskTitle: task.title,
  AnswersNeeded: task.answersNeeded,
  AnswersDone: task.answersDone,
  AnswersInProgress: task.assignmentsOpen,
  ExpirationTime: new Date(task.availableUntil),
});
