import type { OperationHandler } from '../../context.ts';
import { inOrderOfWeight, isAdjudicated } from '../../domain/adjudication.ts';
import { loadOwnHumanLoop } from './load-human-loop.ts';
import { namesOf } from './named-workers.ts';

/** The answers that count, with who gave each and how long it took. */
export const listHumanLoopAnswers: OperationHandler<'ListHumanLoopAnswers'> = async (context, input) => {
  const humanLoop = await loadOwnHumanLoop(context, input.HumanLoopName);
  const [found, task] = await Promise.all([
    context.store.answersOfHumanLoop(humanLoop.id),
    context.store.taskOfHumanLoop(humanLoop.id),
  ]);
  const answers = inOrderOfWeight(found, task);
  const isFirstFinal = task !== undefined && isAdjudicated(task);
  const named = await namesOf(
    context,
    answers.map(({ workerId }) => workerId),
  );
  return {
    HumanLoopName: humanLoop.name,
    Answers: answers.map((answer, index) => ({
      AssignmentId: answer.assignmentId,
      ...named.get(answer.workerId),
      // As it is in the output, whatever the worker is called now.
      WorkerId: answer.workerIdentity.workerId,
      AcceptanceTime: new Date(answer.acceptedAt),
      SubmissionTime: new Date(answer.submittedAt),
      ...(answer.finalAt !== null && { FinalTime: new Date(answer.finalAt) }),
      TimeSpentInSeconds: answer.timeSpentInSeconds,
      AnswerContent: answer.answerContent,
      ...(isFirstFinal && index === 0 && { IsAdjudication: true }),
    })),
  };
};
