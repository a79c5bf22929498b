/** What is measured with many loops in the database: one program and its reviewers, doing the five things in turn. */
import { flowDefinitionArn, type NextTaskResponse } from '@holdpoint/protocol';
import type { Requests } from '../../test/crash/requests.ts';
import { nameOfCopy, stepMs } from './copies.ts';

export const measuredOperations = ['start', 'describe', 'list', 'accept-next', 'submit'] as const;
export type MeasuredOperation = (typeof measuredOperations)[number];
/** Milliseconds of each request. */
export type Samples = Record<MeasuredOperation, number[]>;

export const emptySamples = (): Samples => ({ start: [], describe: [], list: [], 'accept-next': [], submit: [] });

export const arnOfFlow = flowDefinitionArn({ region: 'us-east-1', accountId: '000000000000' }, 'bench');

export interface Target {
  readonly requests: Requests;
  /** Sessions of reviewers: as many requests are under way at once. */
  readonly cookies: readonly string[];
  /** How many copies the database holds, and when the first was started. */
  readonly loops: number;
  readonly base: number;
  readonly inputContent: string;
}

let started = 0;

/** Does everything `times` times, adding to the samples. */
export async function work(target: Target, times: number, samples: Samples): Promise<void> {
  let left = times;
  await Promise.all(
    target.cookies.map(async (cookie) => {
      while (left-- > 0) await workOnce(target, cookie, samples);
    }),
  );
}

async function workOnce(
  { requests, loops, base, inputContent }: Target,
  cookie: string,
  samples: Samples,
): Promise<void> {
  const timed = async <T>(operation: MeasuredOperation, run: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await run();
    samples[operation].push(performance.now() - begun);
    return result;
  };
  const portal = async (path: string, body: object): Promise<string> => {
    const answer = await requests.portal('POST', path, cookie, body);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`);
    return answer.body;
  };
  const any = (): number => 1 + Math.floor(Math.random() * loops);
  await timed('start', () =>
    requests.call('StartHumanLoop', {
      HumanLoopName: `measured-${process.pid}-${++started}`,
      FlowDefinitionArn: arnOfFlow,
      HumanLoopInput: { InputContent: inputContent },
    }),
  );
  await timed('describe', () => requests.call('DescribeHumanLoop', { HumanLoopName: nameOfCopy(any()) }));
  // A page from anywhere in the list; what is before the first loop is none.
  const before = { CreationTimeBefore: new Date(base + (1 + any()) * stepMs) };
  const { HumanLoopSummaries } = await timed('list', () =>
    requests.call('ListHumanLoops', { FlowDefinitionArn: arnOfFlow, MaxResults: 10, ...before }),
  );
  if (HumanLoopSummaries.length === 0 && loops > 1000) throw new Error('A list was empty.');
  const next = JSON.parse(await timed('accept-next', () => portal('tasks/next', {}))) as NextTaskResponse;
  if (next.assignmentId === null) throw new Error('There was no task to accept.');
  await timed('submit', () => portal(`assignments/${next.assignmentId}/submit`, { answerContent: { a: 'an answer' } }));
}
