// Whether what is there at the end of the day is what was acknowledged in its course.
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { AnswerListResponse, HumanLoopEvent, Output, QueueResponse, TaskListResponse } from '@holdpoint/protocol';
import type { TestServer } from '../testing/test-server.ts';
import type { Delivery } from '../testing/webhook-receiver.ts';
import type { Ledger, LedgerAnswer, LedgerLoop } from './ledger.ts';
import { granted, type PortalVisitor } from './portal-visitor.ts';

export interface EndOfDay {
  readonly server: TestServer;
  readonly ledger: Ledger;
  readonly flowArns: readonly string[];
  readonly visitors: ReadonlyMap<string, PortalVisitor>;
  readonly deliveries: readonly Delivery<HumanLoopEvent>[];
  /** Seconds since midnight. */
  readonly secondsOfToday: number;
}

/** @returns what does not add up, a sentence each */
export async function checkDay(end: EndOfDay): Promise<{ faults: string[]; byStatus: ReadonlyMap<string, number> }> {
  const statuses = await listedStatuses(end);
  const faults = [...end.ledger.surprises];
  const byStatus = new Map<string, number>();
  for (const status of statuses.values()) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  if (statuses.size !== end.ledger.loops.size)
    faults.push(`${end.ledger.loops.size} loops were started, ${statuses.size} are listed`);
  for (const loop of end.ledger.loops.values()) faults.push(...faultOfStatus(loop, statuses.get(loop.name)));
  faults.push(...(await faultsOfOutputs(end, statuses)));
  faults.push(...faultsOfEvents(end, statuses));
  for (const [email, visitor] of end.visitors) faults.push(...(await faultsOfWorker(end, email, visitor)));
  return { faults, byStatus };
}

async function listedStatuses({ server, flowArns }: EndOfDay): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  for (const FlowDefinitionArn of flowArns) {
    let NextToken: string | undefined;
    do {
      const page = await server.client.call('ListHumanLoops', {
        FlowDefinitionArn,
        MaxResults: 100,
        ...(NextToken !== undefined && { NextToken }),
      });
      for (const { HumanLoopName, HumanLoopStatus } of page.HumanLoopSummaries)
        statuses.set(HumanLoopName!, HumanLoopStatus!);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return statuses;
}

function faultOfStatus({ name, answers, answersNeeded, isStopped }: LedgerLoop, status = 'not listed'): string[] {
  const isComplete = answers.size >= answersNeeded;
  const expected = isComplete ? ['Completed'] : isStopped ? [] : ['Failed'];
  // A loop whose last answer could still be taken back is complete, and stopped all the same.
  if (isStopped) expected.push('Stopped');
  if (answers.size > answersNeeded) return [`${name} has ${answers.size} answers, ${answersNeeded} were asked for`];
  return expected.includes(status) ? [] : [`${name} is ${status} with ${answers.size} of ${answersNeeded} answers`];
}

async function faultsOfOutputs({ server, ledger }: EndOfDay, statuses: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = [];
  const found = new Set<string>();
  for (const Key of await outputKeys(server)) {
    const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: 'holdpoint', Key }));
    const output = JSON.parse(await Body!.transformToString()) as Output;
    const loop = ledger.loops.get(output.humanLoopName);
    if (found.has(output.humanLoopName)) faults.push(`${output.humanLoopName} has two outputs`);
    found.add(output.humanLoopName);
    const given = output.humanAnswers.map(({ answerContent }) => String(answerContent.note)).sort();
    const expected = [...(loop?.answers.values() ?? [])].map(({ content }) => content.note).sort();
    if (JSON.stringify(given) !== JSON.stringify(expected))
      faults.push(`the output of ${output.humanLoopName} has ${JSON.stringify(given)} for ${JSON.stringify(expected)}`);
    const times = output.humanAnswers.map(({ submissionTime }) => submissionTime);
    if (times.some((time, index) => index > 0 && time < times[index - 1]!))
      faults.push(`the answers of ${output.humanLoopName} are not in the order of their submission`);
  }
  for (const [name, status] of statuses)
    if (found.has(name) !== (status === 'Completed' || status === 'Stopped'))
      faults.push(`${name} is ${status} and has ${found.has(name) ? 'an' : 'no'} output`);
  return faults;
}

async function outputKeys(server: TestServer): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await server.s3.send(
      new ListObjectsV2Command({
        Bucket: 'holdpoint',
        Prefix: 'outputs/',
        ...(ContinuationToken !== undefined && { ContinuationToken }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key!.endsWith('/output.json')) keys.push(Key!);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
}

function faultsOfEvents({ deliveries }: EndOfDay, statuses: ReadonlyMap<string, string>): string[] {
  const told = new Map<string, Map<string, string>>();
  for (const { event } of deliveries) {
    const ids = told.get(event.detail.humanLoopName) ?? new Map<string, string>();
    told.set(event.detail.humanLoopName, ids.set(event.id, event.detail.humanLoopStatus));
  }
  return [...statuses].flatMap(([name, status]) => {
    const events = [...(told.get(name)?.values() ?? [])];
    return events.length === 1 && events[0] === status
      ? []
      : [`${name} is ${status}; told was ${events.join(', ') || 'nothing'}`];
  });
}

async function faultsOfWorker(
  { ledger, secondsOfToday }: EndOfDay,
  email: string,
  visitor: PortalVisitor,
): Promise<string[]> {
  const faults: string[] = [];
  const expected = new Map<string, LedgerAnswer>();
  for (const loop of ledger.loops.values())
    for (const answer of loop.answers.values()) if (answer.worker === email) expected.set(answer.assignmentId, answer);
  const listed = new Map<string, number>();
  let next = '';
  do {
    const cursor = next && `&cursor=${encodeURIComponent(next)}`;
    const page = await granted(visitor.get<AnswerListResponse>(`answers?limit=100${cursor}`));
    for (const { assignmentId, timeSpentInSeconds } of page.answers) listed.set(assignmentId, timeSpentInSeconds);
    next = page.next ?? '';
  } while (next !== '');
  if (listed.size !== expected.size) faults.push(`${email} gave ${expected.size} answers, ${listed.size} are listed`);
  for (const { assignmentId, seconds } of expected.values()) {
    const spent = listed.get(assignmentId);
    if (spent === undefined) faults.push(`${email}: the answer of ${assignmentId} is not listed`);
    else if (seconds !== undefined && Math.abs(spent - seconds) > 0.001)
      faults.push(`${email}: ${assignmentId} took ${seconds} s, listed are ${spent}`);
  }
  const { today } = await granted(visitor.get<QueueResponse>(`queue?today=${secondsOfToday}`));
  const seconds = [...listed.values()].reduce((sum, one) => sum + one, 0);
  if (today.answers !== expected.size || Math.abs(today.seconds - seconds) > 1)
    faults.push(`${email}: today ${JSON.stringify(today)}, where there were ${expected.size} answers in ${seconds} s`);
  const { tasks } = await granted(visitor.get<TaskListResponse>('tasks'));
  if (tasks.length > 0) faults.push(`${email} is still offered ${tasks.length} task(s)`);
  return faults;
}
