// Operations of our own for those who look after human loops: found among all, with all that happened to each.
import { holdpointOperations } from '../operations/operation.ts';
import { MaxResults, NextToken, Origin, SortOrder } from '../operations/shapes.ts';
import { boolean, integer, list, number, oneOf, string, structure, timestamp } from '../shape.ts';
import { StopReason } from './stop-reason.ts';

/** The loop's name. */
const HumanLoopName = string({ min: 1, max: 63, pattern: '[A-Za-z0-9](-*[A-Za-z0-9])*' });
/** The flow definition by its ARN. */
const FlowDefinitionArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:flow-definition/.*',
});
/** As DescribeHumanLoop answers it. */
const HumanLoopStatus = oneOf('InProgress', 'Failed', 'Completed', 'Stopped', 'Stopping');
/** Why a loop Failed. */
const FailureCode = oneOf('ValidationError', 'Expired', 'InternalError');
const byName = structure({ HumanLoopName }, ['HumanLoopName']);

/** A worker; deleted ones have no name any more. */
const worker = {
  /** As in `output.json`. */
  WorkerId: string(),
  /** As the worker is called in lists. */
  WorkerName: string(),
  /** As it was given. */
  WorkerEmail: string(),
} as const;

const Summary = structure(
  {
    HumanLoopName,
    FlowDefinitionArn,
    HumanLoopStatus,
    /** When the loop was started. */
    CreationTime: timestamp,
    /** When it became Completed, Failed or Stopped. */
    FinishTime: timestamp,
    FailureCode,
    /** Of a Failed loop: why, in a sentence. */
    FailureReason: string(),
    /** How many workers must answer: `TaskCount`, or what the answers so far ask for; not there before the task is prepared. */
    AnswersNeeded: integer(),
    /** How many have submitted. */
    AnswersDone: integer(),
    /** Since when somebody could accept the task and nobody is at it. */
    WaitingSince: timestamp,
    /** Who has accepted the task and not answered yet. */
    Holders: list(
      structure({
        ...worker,
        /** When the worker accepted the task. */
        AcceptanceTime: timestamp,
        /** Whether the worker put it aside to go on later. */
        PutAside: boolean,
      }),
    ),
  },
  ['HumanLoopName', 'FlowDefinitionArn', 'HumanLoopStatus', 'CreationTime', 'Holders'],
);

const Event = structure(
  {
    /** What happened. */
    Kind: oneOf(
      'Started',
      'Stopping',
      'Completed',
      'Failed',
      'Stopped',
      'Accepted',
      'PutAside',
      'Resumed',
      'Extended',
      'Released',
      'Declined',
      'TimedOut',
      'Answered',
      'AnswerUndone',
      'MoreAsked',
      'EnoughAnswers',
      'AdjudicatorAsked',
      'JobFailed',
      'OutputWritten',
      'EventDelivered',
      'EventFailed',
      'EventGivenUp',
    ),
    /** When it happened. */
    Time: timestamp,
    /** Whose turn it was; a turn is from Accepted to its end. */
    AssignmentId: string(),
    ...worker,
    /** Of Accepted and Extended: until when the worker has time. */
    Deadline: timestamp,
    /** Of Answered: how long the worker was at it, pauses left out. */
    TimeSpentInSeconds: number,
    /** Of Answered and AnswerUndone: when the answer was submitted; it counts from then on. */
    SubmissionTime: timestamp,
    /** Of Declined: `not-for-me` (somebody else should do it) or `cannot-answer` (nobody can), when the worker said so. */
    DeclineReason: oneOf('not-for-me', 'cannot-answer'),
    /** Of Declined: what the worker wrote about it. */
    DeclineNote: string({ sensitive: true }),
    FailureCode,
    /** Why it failed: the loop, the job, or the delivery of an event. */
    Message: string(),
    /** Of JobFailed: `prepare-task`, `write-output` or `expire-human-loop`. */
    Job: string(),
    /** Which try of the job or of the delivery it was, from 1. */
    Attempt: integer(),
    /** When it is tried again. */
    RetryTime: timestamp,
    /** The event target that was told, or was not. */
    EventTargetId: string(),
    /** Its service: `webhook`, `eventbridge`, `sns` or `sqs`. */
    EventTargetService: string(),
    /** Of OutputWritten: where. */
    OutputS3Uri: string(),
    /** Of OutputWritten: how long it is. */
    OutputBytes: integer(),
    /** Of MoreAsked: how many answers the loop needs from then on; of EnoughAnswers: how many it has. */
    Answers: integer(),
    /** Of EnoughAnswers: why no more workers are asked; of AdjudicatorAsked: why their answers do not suffice. */
    StopReason,
    /** Of MoreAsked and EnoughAnswers: the confidence, 0 to 1, in the consolidated answer, where the flow asks for one. */
    Confidence: number,
  },
  ['Kind', 'Time'],
);

export const humanLoopInspection = holdpointOperations({
  /**
   * Searches the human loops of all flow definitions.
   *
   * Filters hold together. What no index knows is looked for among so many loops and no more: then `Searched` says among how
   * many, and `NextToken` goes on behind them. A loop whose name is exactly `NameContains` comes first on the first page,
   * wherever it stands.
   *
   * @error ResourceNotFound there is no such flow definition or worker
   */
  SearchHumanLoops: {
    input: structure({
      /** Only these loops; those that do not exist are left out. */
      HumanLoopNames: list(HumanLoopName, { min: 1, max: 100 }),
      /** Only loops in whose name this stands, in capital or small letters. */
      NameContains: string({ max: 63 }),
      /** Only loops of these flow definitions. */
      FlowDefinitionArns: list(FlowDefinitionArn, { min: 1, max: 100 }),
      /** Only loops in one of these states. */
      Statuses: list(HumanLoopStatus, { min: 1, max: 5 }),
      /** Only loops that were started at this moment or later. */
      CreationTimeAfter: timestamp,
      /** Only loops that were started before this moment. */
      CreationTimeBefore: timestamp,
      /** Only loops that ended at this moment or later. */
      FinishTimeAfter: timestamp,
      /** Only loops that ended before this moment. */
      FinishTimeBefore: timestamp,
      /** Only Failed loops with one of these codes. */
      FailureCodes: list(FailureCode, { min: 1, max: 3 }),
      /** Only Failed loops in whose reason this stands, in capital or small letters. */
      FailureReasonContains: string({ max: 200 }),
      /** Only loops that have none of their answers, some and not all, or all. */
      Answers: oneOf('None', 'Some', 'All'),
      /** Held: only loops whose task somebody has accepted. Waiting: only those that nobody holds and somebody could accept. */
      Work: oneOf('Held', 'Waiting'),
      /** Only loops that wait and at which nobody has been since this moment. */
      WaitingSinceBefore: timestamp,
      /** Only loops whose task this worker holds, by e-mail address or `WorkerId`. */
      HeldBy: string({ min: 1, max: 320 }),
      /** FinishTime leaves out loops that are under way; CreationTime without it. */
      SortBy: oneOf('CreationTime', 'FinishTime', 'HumanLoopName'),
      /** Ascending or Descending; Descending without it. */
      SortOrder,
      MaxResults,
      NextToken,
    }),
    output: structure(
      {
        /** The loops that were found. */
        HumanLoops: list(Summary),
        /** How many loops were looked at, when the search stopped before the last one; the next page goes on behind them. */
        Searched: integer(),
        NextToken,
      },
      ['HumanLoops'],
    ),
    errors: ['ResourceNotFound'],
    pages: 'HumanLoops',
  },
  /**
   * Lists all that happened to a human loop, oldest first: its states, who accepted its task and how each turn ended,
   * answers, failed tries of its jobs, its output, and each attempt to tell an event target.
   *
   * What only operators see stands here: why a worker declined, and what is to be tried again.
   *
   * Of the tries of one job the first twenty are kept, then one in twelve. Once the loop's answers are purged only its states
   * and turns are left.
   *
   * @error ResourceNotFound there is no such human loop
   */
  ListHumanLoopEvents: {
    input: byName,
    output: structure(
      {
        HumanLoopName,
        /** What happened, oldest first. */
        Events: list(Event),
        /** What the server is to do about the loop, that which is due first standing first. */
        Jobs: list(
          structure(
            {
              /** `prepare-task`, `write-output`, `write-details`, `expire-human-loop`, `expire-assignment` or `send-event`. */
              Job: string(),
              /** When it is due. */
              DueTime: timestamp,
              /** How often it has failed. */
              FailedTries: integer(),
              /** Why it failed last. */
              LastError: string(),
              /** Of send-event: the target. */
              EventTargetId: string(),
            },
            ['Job', 'DueTime', 'FailedTries'],
          ),
        ),
      },
      ['HumanLoopName', 'Events', 'Jobs'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Lists the answers to a human loop that count, in the order of their submission, while it is under way too; that of an adjudicator comes first.
   *
   * @error ResourceNotFound there is no such human loop
   */
  ListHumanLoopAnswers: {
    input: byName,
    output: structure(
      {
        HumanLoopName,
        /** Empty again some time after the loop's end, when its answers are purged. */
        Answers: list(
          structure(
            {
              /** The turn in which it was given. */
              AssignmentId: string(),
              ...worker,
              /** When the worker accepted the task. */
              AcceptanceTime: timestamp,
              /** When the answer was submitted. */
              SubmissionTime: timestamp,
              /** Until when the worker can take it back; in the past it is final. */
              FinalTime: timestamp,
              /** How long the worker was at it, pauses left out. */
              TimeSpentInSeconds: number,
              /** The answer as JSON text. */
              AnswerContent: string({ sensitive: true }),
              /** Whether it is the answer of an adjudicator, which is the final one. */
              IsAdjudication: boolean,
            },
            ['AssignmentId', 'WorkerId', 'AcceptanceTime', 'SubmissionTime', 'TimeSpentInSeconds', 'AnswerContent'],
          ),
        ),
      },
      ['HumanLoopName', 'Answers'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Makes the page of a human loop's task as its workers see it, with the policy under which it has to be shown.
   *
   * @error ResourceNotFound there is no such human loop, or its input is not kept any more
   */
  PreviewHumanLoop: {
    input: structure(
      {
        HumanLoopName,
        /** Where the browser that shows the page reaches the server; by default its public address. */
        Origin,
      },
      ['HumanLoopName'],
    ),
    output: structure(
      {
        /** As much of the page as could be made. Addresses of assets and objects in it are absolute. */
        Page: string(),
        /** The header of that name; without it the page would have more rights than a worker gives it. */
        ContentSecurityPolicy: string(),
        /** What is wrong with the template; empty when nothing is. */
        Errors: list(
          structure(
            {
              /** The kind of error, as RenderUiTemplate answers it. */
              Code: string(),
              /** What is wrong, in a sentence. */
              Message: string(),
            },
            ['Code', 'Message'],
          ),
        ),
      },
      ['Page', 'ContentSecurityPolicy', 'Errors'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Makes the jobs of a human loop that failed due now, instead of at their next try: preparing its task, writing its output,
   * telling event targets. Events that were given up are queued again. A loop that is Failed stays so.
   *
   * @error ResourceNotFound there is no such human loop
   */
  RetryJobs: {
    input: byName,
    output: structure(
      {
        /** What is tried again; empty when nothing has failed. */
        Jobs: list(string()),
      },
      ['Jobs'],
    ),
    errors: ['ResourceNotFound'],
  },
});
