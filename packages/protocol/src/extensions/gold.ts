// Operations of our own on gold items: inputs of a flow whose answer is known, and how workers answer them.
import { holdpointOperations } from '../operations/operation.ts';
import { boolean, integer, list, number, string, structure, timestamp } from '../shape.ts';

/** The flow definition's name. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });
/** The id of the gold item. */
const GoldItemId = string({ min: 1, max: 64 });
const byFlow = structure({ FlowDefinitionName }, ['FlowDefinitionName']);
const counts = {
  /** Answers to gold items that were scored. */
  Answers: integer(),
  /** How many of them were right. */
  RightAnswers: integer(),
} as const;

export const goldOperations = holdpointOperations({
  /**
   * Adds an input with a known answer to a flow definition.
   *
   * @error ResourceNotFound there is no such flow definition
   * @error ResourceLimitExceeded the flow has as many as it can have
   */
  CreateGoldItem: {
    creates: true,
    input: structure(
      {
        FlowDefinitionName,
        /** The input content, as StartHumanLoop takes it. */
        InputContent: string({ min: 1, max: 3_145_728, sensitive: true }),
        /** The known answer as a JSON object: the fields that a right answer has, as the form gives them. Others are not compared. */
        ExpectedAnswer: string({ min: 2, max: 131_072, sensitive: true }),
      },
      ['FlowDefinitionName', 'InputContent', 'ExpectedAnswer'],
    ),
    output: structure({ GoldItemId }, ['GoldItemId']),
    errors: ['ResourceNotFound', 'ResourceLimitExceeded'],
  },
  /**
   * Lists the gold items of a flow definition, oldest first, with how they were answered.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  ListGoldItems: {
    input: byFlow,
    output: structure(
      {
        /** All of them. */
        GoldItems: list(
          structure(
            {
              GoldItemId,
              /** As it was given. */
              InputContent: string({ sensitive: true }),
              /** As it was given. */
              ExpectedAnswer: string({ sensitive: true }),
              /** When it was added. */
              CreationTime: timestamp,
              /** When it was given to workers last. */
              LastUsedTime: timestamp,
              ...counts,
            },
            ['GoldItemId', 'InputContent', 'ExpectedAnswer', 'CreationTime', 'Answers', 'RightAnswers'],
          ),
        ),
      },
      ['GoldItems'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Deletes a gold item. Whoever is at it may finish, which is not scored; what was scored stays.
   *
   * @error ResourceNotFound there is no such gold item
   */
  DeleteGoldItem: {
    input: structure({ GoldItemId }, ['GoldItemId']),
    output: structure({}),
    errors: ['ResourceNotFound'],
  },
  /**
   * Lists how workers answer the gold items of a flow definition, and who gets no more of it. Those first who are right most rarely.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  ListGoldWorkers: {
    input: byFlow,
    output: structure(
      {
        /** Whoever has answered one, as far as the last 20,000 answers go back. */
        Workers: list(
          structure(
            {
              /** As in `output.json`. */
              WorkerId: string(),
              /** As it was given. */
              Email: string(),
              /** As others see it. */
              Name: string(),
              ...counts,
              /** The share of right ones, 0 to 1, among the last 20 that count. */
              Accuracy: number,
              /** Whether the worker gets no more tasks of the flow. */
              IsBarred: boolean,
              /** Since when. */
              BarredTime: timestamp,
              /** Day by day (UTC), oldest first: how accuracy went. */
              Days: list(
                structure(
                  {
                    /** The beginning of the day. */
                    Day: timestamp,
                    ...counts,
                  },
                  ['Day', 'Answers', 'RightAnswers'],
                ),
              ),
            },
            ['WorkerId', 'Email', 'Name', 'Answers', 'RightAnswers', 'IsBarred', 'Days'],
          ),
        ),
      },
      ['Workers'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Gives a worker tasks of a flow definition again. What the worker answered to gold items before counts no more. Twice is no error.
   *
   * @error ResourceNotFound there is no such flow definition or worker
   */
  ReadmitWorker: {
    input: structure(
      {
        FlowDefinitionName,
        /** The worker's e-mail address. */
        Email: string({ min: 3, max: 254 }),
      },
      ['FlowDefinitionName', 'Email'],
    ),
    output: structure({}),
    errors: ['ResourceNotFound'],
  },
});
