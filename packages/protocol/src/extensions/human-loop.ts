// Operations of our own on human loops: what DescribeHumanLoop leaves out.
import { holdpointOperations } from '../operations/operation.ts';
import { boolean, integer, list, number, oneOf, string, structure, timestamp } from '../shape.ts';
import { StopReason } from './stop-reason.ts';

/** The loop's name. */
const HumanLoopName = string({ min: 1, max: 63, pattern: '[A-Za-z0-9](-*[A-Za-z0-9])*' });

/** What activation conditions say about one input. */
const Activation = structure(
  {
    /** Whether people are asked. */
    Activated: boolean,
    /** The conditions as JSON, with `EvaluationResult` on each condition and each group. */
    EvaluationResults: string({ jsonValue: true }),
    /** Why people are asked although the conditions could not be judged, ten reasons at most; empty when they could. */
    Reasons: list(string()),
  },
  ['Activated', 'Reasons'],
);

export const humanLoopExtensions = holdpointOperations({
  /**
   * Answers what DescribeHumanLoop leaves out of a loop, in every state: before its task is prepared, and after it ended.
   *
   * @error ResourceNotFound there is no such human loop
   */
  GetHumanLoop: {
    input: structure({ HumanLoopName }, ['HumanLoopName']),
    output: structure(
      {
        HumanLoopName,
        /** The loop's ARN; its name is what follows the last slash. */
        HumanLoopArn: string(),
        /** As DescribeHumanLoop answers it. */
        HumanLoopStatus: oneOf('InProgress', 'Failed', 'Completed', 'Stopped', 'Stopping'),
        /** The flow definition by its ARN. */
        FlowDefinitionArn: string(),
        /** When the loop was started. */
        CreationTime: timestamp,
        /** When it became Completed, Failed or Stopped. */
        FinishTime: timestamp,
        // Sensitive, so that no message or log repeats what is under review.
        /** The text that StartHumanLoop was given. */
        /** Not there any more when the loop has been finished for longer than the server keeps inputs. */
        InputContent: string({ sensitive: true }),
        /** What the caller said about the content. */
        DataAttributes: structure({
          /** What it is free of. */
          ContentClassifiers: list(string()),
        }),
        /** What workers read in their list of tasks. */
        TaskTitle: string(),
        /** How many workers must answer: `TaskCount`, or what the answers so far ask for. */
        AnswersNeeded: integer(),
        /** How many have submitted. */
        AnswersDone: integer(),
        /** How many workers have accepted the task and not answered yet. */
        AnswersInProgress: integer(),
        /** Where the answers decide how many workers are asked: how many are asked at most. */
        MostAnswers: integer(),
        /** Whether the task is for an adjudicator, since the answers do not suffice. */
        IsAdjudication: boolean,
        /** There too: why no more are asked; not there while more may be. */
        StopReason,
        /** There too: the confidence, 0 to 1, in the consolidated answer when it was decided, where the flow asks for one. */
        Confidence: number,
        /** After this moment no worker can accept the task any more. */
        ExpirationTime: timestamp,
        /** Where the output is or will be; a failed loop has none. */
        OutputS3Uri: string(),
        /** What the activation conditions of the flow said about the input; not there where none were asked. */
        Activation,
      },
      ['HumanLoopName', 'HumanLoopArn', 'HumanLoopStatus', 'FlowDefinitionArn', 'CreationTime'],
    ),
    errors: ['ResourceNotFound'],
  },
});
