// Operations of our own on what several answers come to: one consolidated answer, and how far workers agree.
import { holdpointOperations } from '../operations/operation.ts';
import { integer, list, type NumberShape, number, oneOf, string, structure, timestamp } from '../shape.ts';

/** A whole number that may be above 2^31. */
const count: NumberShape = { type: 'long' };

/** The loop's name. */
const HumanLoopName = string({ min: 1, max: 63, pattern: '[A-Za-z0-9](-*[A-Za-z0-9])*' });
/** The name of a flow definition. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });
/** How answers become one: every worker counts the same, as much as the answers to the flow show, or by Dawid and Skene's method. */
const Method = oneOf('majority', 'weighted', 'dawid-skene');
/** What several numbers become. */
const Numbers = oneOf('median', 'mean');

/** A worker; deleted ones have no name any more. */
const worker = {
  /** As in `output.json`. */
  WorkerId: string(),
  /** As the worker is called in lists. */
  WorkerName: string(),
  /** As it was given. */
  WorkerEmail: string(),
} as const;

/** How sure a value is; each from 0 to 1. */
const sureness = {
  /** The share of the weight whose answers are the value, those near it in part; with `dawid-skene` the probability of the value. */
  Confidence: number,
  /** How likely the value is the right one, by Bayes' rule with what is known of the workers. It grows with the number of answers. */
  Posterior: number,
  /** How far two answers are the same, on average. */
  Agreement: number,
} as const;

const Voice = structure(
  {
    ...worker,
    /** How far the worker's answer is the consolidated one, 0 to 1; of a whole answer the mean over its fields. */
    Match: number,
  },
  ['Match'],
);

export const consolidationOperations = holdpointOperations({
  /**
   * Makes one answer of those to a human loop, while it is under way too: by the tags of its flow when it started, or as asked for.
   * Where the flow has the tag `holdpoint:details-uri`, details.json holds what it came to when the loop ended.
   *
   * @error ResourceNotFound there is no such human loop
   */
  DescribeConsolidation: {
    input: structure(
      {
        HumanLoopName,
        /** Instead of what the flow's tag `holdpoint:consolidation` says. */
        Method,
        /** Instead of what the flow's tag `holdpoint:consolidation-numbers` says. */
        Numbers,
      },
      ['HumanLoopName'],
    ),
    output: structure(
      {
        HumanLoopName,
        Method,
        Numbers,
        /** How many answers: to the loop, with the field, or of the worker; 0 also when they are not kept any more. */
        Answers: integer(),
        /** The consolidated answer as JSON text, in the form of the others; not there without answers. */
        AnswerContent: string({ sensitive: true }),
        ...sureness,
        /** Each top-level field of the answers; at most 50 for a flow. */
        Fields: list(
          structure(
            {
              /** The name of the control. */
              Name: string(),
              /** The kind of control, as the values show it: `classifier`, `boundingBoxes`, `number`, `text`, … */
              Kind: string(),
              /** How it was done: `vote`, `dawid-skene`, `option-vote`, `median`, `mean`, `text-groups`, `merged-shapes`, `mask-vote`, `span-vote`, `mean-ranks`, `most-agreeing` or `adjudication`. */
              Procedure: string(),
              /** The value as JSON text; not there when most leave the field out. */
              Value: string({ sensitive: true }),
              ...sureness,
              /** How many answers: to the loop, with the field, or of the worker; 0 also when they are not kept any more. */
              Answers: integer(),
              /** Of choices: how many votes each got, as a share of all, the most first. */
              Votes: list(
                structure(
                  {
                    /** What was chosen. */
                    Choice: string({ sensitive: true }),
                    /** Its share of the weight, or with `dawid-skene` its probability, 0 to 1. */
                    Share: number,
                  },
                  ['Choice', 'Share'],
                ),
              ),
              /** Those who answered, in the order of submission. */
              Workers: list(Voice),
            },
            ['Name', 'Kind', 'Procedure', 'Confidence', 'Posterior', 'Agreement', 'Answers', 'Votes', 'Workers'],
          ),
        ),
        /** Those who answered, in the order of submission. */
        Workers: list(Voice),
        /** Where details.json is once the loop has ended. */
        DetailsS3Uri: string(),
      },
      ['HumanLoopName', 'Method', 'Numbers', 'Answers', 'Confidence', 'Posterior', 'Agreement', 'Fields', 'Workers'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Answers what the answers to a flow's finished loops say about each other: how far workers agree beyond chance, and how often
   * each is right. Only loops with several answers count, the latest million answers at most; what was worked out is kept, and used again for a while.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  GetFlowAgreement: {
    input: structure(
      {
        FlowDefinitionName,
        /** Figures may be so old, in seconds; 300 without it, 0 works them out anew. Those of few answers are worked out anew sooner. */
        MaxAgeSeconds: integer(0, 86_400),
      },
      ['FlowDefinitionName'],
    ),
    output: structure(
      {
        FlowDefinitionName,
        /** When the figures were worked out. */
        CountedAt: timestamp,
        /** Finished loops with several answers: all, those with several that have the field, or those that both workers answered. */
        Loops: count,
        /** How many answers to these loops: in all, with the field, or of the worker. */
        Answers: count,
        /** Each top-level field of the answers; at most 50. */
        Fields: list(
          structure(
            {
              /** The name of the control. */
              Name: string(),
              /** The kind of control, as the values show it. */
              Kind: string(),
              /** Finished loops with several answers: all, those with several that have the field, or those that both workers answered. */
              Loops: count,
              /** How many answers to these loops: in all, with the field, or of the worker. */
              Answers: count,
              /** How far two answers are the same, 0 to 1, on average; of shapes and texts over the latest 2,000 loops. */
              Agreement: number,
              /** Krippendorff's alpha: 1 is perfect, 0 is chance; not there where chance cannot be told, and for shapes and free text. */
              Alpha: number,
              /** What Alpha takes for a difference: of choices that they differ, of numbers by how much. */
              Metric: oneOf('nominal', 'interval'),
              /** Cohen's kappa of two workers, or the mean over all pairs by the loops that they share; not there where all said the same one thing. */
              Kappa: number,
              /** The pairs of workers that share the most loops, at most 100. */
              Pairs: list(
                structure(
                  {
                    ...worker,
                    /** The `WorkerId` of the other one. */
                    OtherWorkerId: string(),
                    /** The `WorkerName` of the other one. */
                    OtherWorkerName: string(),
                    /** Finished loops with several answers: all, those with several that have the field, or those that both workers answered. */
                    Loops: count,
                    /** Cohen's kappa of two workers, or the mean over all pairs by the loops that they share; not there where all said the same one thing. */
                    Kappa: number,
                  },
                  ['Loops'],
                ),
              ),
              /** Of choices with at most 20 values: the values. */
              Labels: list(string({ sensitive: true })),
              /** How often each of the labels is the right one, as far as the answers show; they add up to 1. */
              Shares: list(number),
            },
            ['Name', 'Kind', 'Loops', 'Answers', 'Pairs'],
          ),
        ),
        /** Those who answered; who answered most first. */
        Workers: list(
          structure(
            {
              ...worker,
              /** How many answers to these loops: in all, with the field, or of the worker. */
              Answers: count,
              /** How often right, 0 to 1, as far as the answers of all show: of choices by Dawid and Skene's method, else how near to the consolidated value. */
              Accuracy: number,
              /** Each top-level field of the answers; at most 50. */
              Fields: list(
                structure(
                  {
                    /** The name of the control. */
                    Name: string(),
                    /** How many answers to these loops: in all, with the field, or of the worker. */
                    Answers: count,
                    /** How often right, 0 to 1, as far as the answers of all show: of choices by Dawid and Skene's method, else how near to the consolidated value. */
                    Accuracy: number,
                    /** Of fields with Labels: for each right label how often the worker gives each label; rows add up to 1. */
                    Confusion: list(list(number)),
                  },
                  ['Name', 'Answers', 'Accuracy'],
                ),
              ),
            },
            ['Answers', 'Accuracy', 'Fields'],
          ),
        ),
      },
      ['FlowDefinitionName', 'CountedAt', 'Loops', 'Answers', 'Fields', 'Workers'],
    ),
    errors: ['ResourceNotFound'],
  },
});
