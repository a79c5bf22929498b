// What happened to a human loop, in words.
import type { OperationOutput } from '@holdpoint/protocol';
import { duration, exactTime } from '../english.ts';

export type LoopEvent = OperationOutput<'ListHumanLoopEvents'>['Events'][number];
export type LoopJob = OperationOutput<'ListHumanLoopEvents'>['Jobs'][number];
export type Tone = 'plain' | 'good' | 'warn' | 'bad';

const jobWords: { readonly [job: string]: string } = {
  'prepare-task': 'Preparing the task',
  'write-output': 'Writing the output',
  'write-details': 'Writing the details',
  'expire-human-loop': 'Ending the availability',
  'expire-assignment': 'Ending the time limit',
  'send-event': 'Telling an event target',
};
export const jobText = (job: string | undefined): string => jobWords[job ?? ''] ?? 'A job';

const reasons = { 'not-for-me': 'not for me', 'cannot-answer': 'cannot be answered' } as const;

const who = ({ WorkerName, WorkerEmail, WorkerId }: LoopEvent): string =>
  WorkerName ?? WorkerEmail ?? WorkerId ?? 'Somebody';

/** One sentence without its end. */
export function eventText(event: LoopEvent): string {
  const { Kind, Attempt, Message, RetryTime } = event;
  const tried = Attempt === undefined || Attempt === 1 ? '' : ` at the ${ordinal(Attempt)} attempt`;
  const again = RetryTime ? `; tried again ${exactTime(RetryTime)}` : '';
  const reason = event.DeclineReason ? ` (${reasons[event.DeclineReason]})` : '';
  switch (Kind) {
    case 'Started':
      return 'Started';
    case 'Stopping':
      return 'Stopped by request; whoever was working could finish';
    case 'Completed':
    case 'Stopped':
      return Kind;
    case 'Failed':
      return `Failed${event.FailureCode ? `, ${event.FailureCode}` : ''}${Message ? `: ${Message}` : ''}`;
    case 'Accepted':
      return `${who(event)} accepted the task${event.Deadline ? `, with time until ${exactTime(event.Deadline)}` : ''}`;
    case 'PutAside':
      return `${who(event)} put it aside for later`;
    case 'Resumed':
      return `${who(event)} went on`;
    case 'Extended':
      return `${who(event)} took more time${event.Deadline ? `, until ${exactTime(event.Deadline)}` : ''}`;
    case 'Released':
      return `${who(event)} gave the task back`;
    case 'Declined':
      return `${who(event)} declined${reason}${event.DeclineNote ? `: “${event.DeclineNote}”` : ''}`;
    case 'TimedOut':
      return `The time of ${who(event)} ran out`;
    case 'Answered':
      return `${who(event)} answered${event.TimeSpentInSeconds === undefined ? '' : `, after ${duration(event.TimeSpentInSeconds)}`}`;
    case 'AnswerUndone':
      return `${who(event)} took the answer back`;
    case 'MoreAsked':
      return `One more is asked: ${event.Answers} answers are needed now${confidenceText(event.Confidence)}`;
    case 'EnoughAnswers':
      return `${event.Answers} ${event.Answers === 1 ? 'answer is' : 'answers are'} enough: ${stopText(event.StopReason!, event.Confidence)}`;
    case 'AdjudicatorAsked':
      return `The answers do not suffice (${stopText(event.StopReason!, event.Confidence)}); an adjudicator is asked`;
    case 'JobFailed':
      return `${jobText(event.Job)} failed${tried}: ${Message}${again}`;
    case 'OutputWritten':
      return `Output written${event.OutputBytes === undefined ? '' : ` (${event.OutputBytes.toLocaleString('en')} bytes)`}: ${event.OutputS3Uri}`;
    case 'EventDelivered':
      return `Event delivered to ${target(event)}${tried}`;
    case 'EventFailed':
      return `Event for ${target(event)} not delivered${tried}: ${Message}${again}`;
    case 'EventGivenUp':
      return `Event for ${target(event)} given up after ${Attempt ?? 1} attempts: ${Message}`;
  }
}

const stops: { readonly [Reason in NonNullable<LoopEvent['StopReason']>]: string } = {
  veto: 'one of them is a veto',
  quorum: 'the quorum is there',
  'no-quorum': 'no quorum is possible any more',
  confidence: 'the confidence is high enough',
  agreement: 'most of them are equal',
  'most-answers': 'no more may be asked',
  adjudication: 'an adjudicator has decided',
};

/** Why no more workers are asked. */
export const stopText = (reason: NonNullable<LoopEvent['StopReason']>, confidence: number | undefined): string =>
  `${stops[reason]}${confidenceText(confidence)}`;

const confidenceText = (confidence: number | undefined): string =>
  confidence === undefined ? '' : `, with a confidence of ${Math.floor(confidence * 100)} %`;

const target = ({ EventTargetService, EventTargetId }: LoopEvent): string =>
  `${EventTargetService ?? 'the target'} ${EventTargetId ?? ''}`.trim();

const ordinal = (count: number): string =>
  `${count}${count % 10 === 1 && count !== 11 ? 'st' : count % 10 === 2 && count !== 12 ? 'nd' : count % 10 === 3 && count !== 13 ? 'rd' : 'th'}`;

const tones: { readonly [Kind in LoopEvent['Kind']]?: Tone } = {
  Completed: 'good',
  Answered: 'good',
  OutputWritten: 'good',
  EventDelivered: 'good',
  Stopping: 'warn',
  Stopped: 'warn',
  Declined: 'warn',
  Released: 'warn',
  TimedOut: 'warn',
  AnswerUndone: 'warn',
  MoreAsked: 'warn',
  AdjudicatorAsked: 'warn',
  EnoughAnswers: 'good',
  EventFailed: 'warn',
  JobFailed: 'bad',
  Failed: 'bad',
  EventGivenUp: 'bad',
};
export const toneOf = ({ Kind }: LoopEvent): Tone => tones[Kind] ?? 'plain';
