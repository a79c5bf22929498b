/** The checks after the last round: everything acknowledged is there, once, and nothing else is. */
import { isDeepStrictEqual } from 'node:util';
import type { Output } from '@holdpoint/protocol';
import { answersOf, type History, hasItsAnswers, isFinal, type Loop } from './history.ts';
import { inParallel, insist, sentenceOf } from './load.ts';
import { observe } from './observe.ts';
import { listKeys, type Requests } from './requests.ts';
import { flowDefinitionArn, start } from './start-loops.ts';
import type { ReceivedEvents, WebhookReceiver } from './webhook-receiver.ts';

export const bucket = 'holdpoint';
export const outputPrefix = 'torture';

/** Every acknowledged loop exists, with the flow and the input that were sent. */
export async function checkStarts(requests: Requests, history: History): Promise<void> {
  await inParallel(history.loops.values(), 32, (loop) => insist(() => observe(requests, history, loop)));
  // The same start again is answered with the same loop only if name, flow and input are what was saved.
  const running = [...history.loops.values()].filter(({ status }) => status === 'InProgress');
  await inParallel(running, 32, async (loop) => {
    await insist(() => start(requests, history, loop)).catch((error: unknown) =>
      history.violation('changed start', `${loop.name}: ${sentenceOf(error)}`, loop),
    );
  });
  for (const name of history.flowDefinitionNames) await checkFlowDefinition(requests, history, name);
}

async function checkFlowDefinition(requests: Requests, history: History, name: string): Promise<void> {
  const { FlowDefinitionStatus } = await requests.call('DescribeFlowDefinition', { FlowDefinitionName: name });
  if (FlowDefinitionStatus !== 'Active') history.violation('flow definition', `${name} is ${FlowDefinitionStatus}`);
  const listed = await listLoops(requests, name);
  const expected = [...history.loops.values()].filter((loop) => loop.flowDefinitionName === name && loop.status);
  const names = new Set(listed);
  if (names.size !== listed.length) history.violation('list', `${name} lists a loop twice`);
  for (const loop of expected)
    if (!names.delete(loop.name)) history.violation('list', `${loop.name} is not in the list of ${name}`, loop);
  for (const other of names) {
    const loop = history.loops.get(other);
    history.violation('list', `${name} lists ${other}, which is ${loop?.status ?? loop?.start}`, loop);
  }
}

async function listLoops(requests: Requests, name: string): Promise<string[]> {
  const names: string[] = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const page: Awaited<ReturnType<typeof requests.call<'ListHumanLoops'>>> = await requests.call('ListHumanLoops', {
      FlowDefinitionArn: flowDefinitionArn(name),
      MaxResults: 100,
      ...(next === undefined ? {} : { NextToken: next }),
    });
    names.push(...page.HumanLoopSummaries.map((summary) => summary.HumanLoopName!));
    next = page.NextToken;
  }
  return names;
}

/** Statuses and outputs are what the answers make them, and the bucket holds these outputs alone. */
export async function checkOutputs(requests: Requests, history: History): Promise<void> {
  const workerIds = new Map<string, string>();
  const expected = new Set<string>();
  for (const loop of history.loops.values()) {
    const count = `${answersOf(loop).length} of ${loop.taskCount} answers`;
    if (loop.status === 'Completed' && !hasItsAnswers(loop))
      history.violation('early completion', `${loop.name} is Completed with ${count}`, loop);
    if (loop.status === 'Stopped' && loop.stop === undefined)
      history.violation('wrong status', `${loop.name} is Stopped, which nobody asked for`, loop);
    if (hasItsAnswers(loop) && !isFinal(loop.status ?? ''))
      history.violation('not completed', `${loop.name} has ${count} and is ${loop.status}`, loop);
    if (isFinal(loop.status ?? '') && loop.output === undefined)
      history.violation('no output', `${loop.name} is ${loop.status} and has no output`, loop);
    if (loop.output === undefined) continue;
    const key = loop.outputKey!;
    if (expected.has(key)) history.violation('doubled output', `${key} is named by two loops`, loop);
    expected.add(key);
    checkOutput(history, loop, loop.output, workerIds);
  }
  const listed = await listKeys(requests, bucket, '');
  const keys = new Set(listed);
  if (keys.size !== listed.length) history.violation('doubled output', 'the bucket lists a key twice');
  for (const key of expected) if (!keys.delete(key)) history.violation('no output', `${key} is not listed`);
  for (const key of keys) history.violation('unknown object', `${key} is no output of a loop that has ended`);
}

function checkOutput(history: History, loop: Loop, text: string, workerIds: Map<string, string>): void {
  const output = JSON.parse(text) as Output;
  if (output.humanLoopName !== loop.name || output.flowDefinitionArn !== flowDefinitionArn(loop.flowDefinitionName))
    history.violation('wrong output', `the output of ${loop.name} is that of ${output.humanLoopName}`, loop);
  if (!isDeepStrictEqual(output.inputContent, JSON.parse(loop.inputContent)))
    history.violation('wrong input', `the output of ${loop.name} holds another input`, loop);
  const missing = new Map(answersOf(loop).map((submission) => [submission.token, submission]));
  const workers = new Set<string>();
  if (output.humanAnswers.length > loop.taskCount)
    history.violation('too many answers', `${loop.name} has ${output.humanAnswers.length} of ${loop.taskCount}`, loop);
  for (const { answerContent, workerId } of output.humanAnswers) {
    const token = String(answerContent.token);
    const submission = missing.get(token);
    if (!missing.delete(token) || !submission) {
      history.violation('unknown answer', `${loop.name} holds ${token}, ${describeToken(history, token)}`, loop);
      continue;
    }
    if (!isDeepStrictEqual(answerContent, submission.answerContent))
      history.violation('wrong answer', `${token} in ${loop.name} is not what was sent`, loop);
    if (workers.has(workerId)) history.violation('two answers of a worker', `${workerId} in ${loop.name}`, loop);
    workers.add(workerId);
    const known = workerIds.get(submission.worker);
    if (known !== undefined && known !== workerId)
      history.violation(
        'wrong worker',
        `${token} of ${submission.worker} is said to be of ${workerId}, not ${known}`,
        loop,
      );
    workerIds.set(submission.worker, workerId);
  }
  for (const { token, state } of missing.values())
    history.violation('lost answer', `${token} (${state}) is not in the output of ${loop.name}`, loop);
}

function describeToken(history: History, token: string): string {
  const submission = history.submissions.get(token);
  return submission
    ? `which was sent for ${submission.loop.name} and is ${submission.state} or there twice`
    : 'which nobody sent';
}

/** Every loop that ended was announced, once at least and as one event; no other loop was. */
export function checkEvents(history: History, receiver: WebhookReceiver): void {
  for (const loop of history.loops.values()) {
    const events = receiver.humanLoops.get(loop.name);
    if (loop.output === undefined) {
      if (events && !isFinal(loop.status ?? ''))
        history.violation('early event', `${loop.name} was announced and is ${loop.status}`, loop);
      continue;
    }
    checkReceived(history, `${loop.name} (${loop.status})`, events, loop);
    if (events && !isDeepStrictEqual([...events.statuses], [loop.status]))
      history.violation(
        'wrong event',
        `${loop.name} is ${loop.status} and was announced as ${[...events.statuses]}`,
        loop,
      );
    const key = loop.outputKey!;
    checkReceived(history, `object ${key}`, receiver.objects.get(`${bucket}/${key}`), loop);
  }
}

function checkReceived(history: History, what: string, events: ReceivedEvents | undefined, loop: Loop): void {
  if (!events || events.taken === 0) history.violation('no event', `${what} was not announced`, loop);
  else if (events.deliveries.size > 1)
    history.violation('doubled event', `${what} was announced by ${events.deliveries.size} different deliveries`, loop);
}
