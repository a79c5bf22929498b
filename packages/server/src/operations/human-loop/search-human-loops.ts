import { ApiError, flowDefinitionArn, type OperationInput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { HumanLoop } from '../../domain/rows.ts';
import type { FoundLoops, LoopFilter, LoopOrder, LoopPosition, LoopSearch } from '../../store/loop-search.ts';
import { decodeToken, defaultPageSize, encodeToken } from '../next-token.ts';
import { nameInArn } from '../own-arn.ts';
import { findWorker, type NamedWorker, namesOf } from './named-workers.ts';

type Input = OperationInput<'SearchHumanLoops'>;

/** Searches the loops of all flow definitions, newest first unless asked otherwise. */
export const searchHumanLoops: OperationHandler<'SearchHumanLoops'> = async (context, input) => {
  const limit = input.MaxResults ?? defaultPageSize;
  const order = orders[input.SortBy ?? 'CreationTime'];
  const search: LoopSearch = {
    filter: await filterOf(context, input),
    order,
    descending: input.SortOrder !== 'Ascending',
    after: afterToken(order, input.NextToken),
    limit: limit + 1,
  };
  const [found, exact] = await Promise.all([
    context.store.searchHumanLoops(search),
    search.after ? undefined : exactMatch(context, input, search),
  ]);
  const { loops, last, stopped } = pageOf(found, limit, order);
  const shown = exact ? [exact, ...loops.filter(({ id }) => id !== exact.id)] : loops;
  return {
    HumanLoops: await summaries(context, shown),
    ...(stopped && { Searched: stopped.searched }),
    ...(last && { NextToken: tokenOf(order, last) }),
  };
};

const orders = { CreationTime: 'created', FinishTime: 'finished', HumanLoopName: 'name' } as const;
const answers = { None: 'none', Some: 'some', All: 'all' } as const;
const work = { Held: 'held', Waiting: 'waiting' } as const;

/** @throws ApiError ResourceNotFound when a flow definition or the worker is not there. */
async function filterOf(context: OperationContext, input: Input): Promise<LoopFilter> {
  return {
    names: input.HumanLoopNames && [...new Set(input.HumanLoopNames)],
    nameContains: input.NameContains,
    flowDefinitionIds:
      input.FlowDefinitionArns && (await Promise.all(input.FlowDefinitionArns.map((arn) => flowIdOf(context, arn)))),
    statuses: input.Statuses && [...new Set(input.Statuses)],
    createdAfter: input.CreationTimeAfter?.getTime(),
    createdBefore: input.CreationTimeBefore?.getTime(),
    finishedAfter: input.FinishTimeAfter?.getTime(),
    finishedBefore: input.FinishTimeBefore?.getTime(),
    failureCodes: input.FailureCodes,
    failureContains: input.FailureReasonContains,
    answers: input.Answers && answers[input.Answers],
    work: input.Work && work[input.Work],
    waitingSinceBefore: input.WaitingSinceBefore?.getTime(),
    heldByWorkerId: input.HeldBy === undefined ? undefined : (await findWorker(context, input.HeldBy)).id,
  };
}

async function flowIdOf(context: OperationContext, arn: string): Promise<string> {
  const name = nameInArn(context.installation, arn, 'flow-definition');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (!flowDefinition) throw new ApiError('ResourceNotFound', `FlowDefinition '${arn}' does not exist.`);
  return flowDefinition.id;
}

/** Who knows the whole name shall find the loop among millions; the other filters hold for it as for any. */
async function exactMatch(context: OperationContext, input: Input, search: LoopSearch) {
  const name = input.NameContains;
  if (!name || input.HumanLoopNames?.includes(name) === false) return undefined;
  const named = { ...search, filter: { ...search.filter, names: [name] }, limit: 1 };
  return (await context.store.searchHumanLoops(named)).humanLoops[0];
}

function pageOf({ humanLoops, stopped }: FoundLoops, limit: number, order: LoopOrder) {
  if (humanLoops.length > limit) {
    const loops = humanLoops.slice(0, limit);
    const { id, createdAt, finishedAt, name } = loops.at(-1)!;
    const at = order === 'created' ? createdAt : order === 'finished' ? finishedAt! : name;
    return { loops, last: { at, id }, stopped: undefined };
  }
  return { loops: humanLoops, last: stopped?.at, stopped };
}

const tokenOf = (order: LoopOrder, { at, id }: LoopPosition): string =>
  order === 'name' ? encodeToken({ createdAt: 0, id, name: String(at) }) : encodeToken({ createdAt: Number(at), id });

function afterToken(order: LoopOrder, token: string | undefined): LoopPosition | undefined {
  const place = decodeToken(token);
  if (!place) return undefined;
  if ((order === 'name') !== (place.name !== '')) throw new ApiError('ValidationException', 'Invalid NextToken.');
  return { at: order === 'name' ? place.name : place.createdAt, id: place.id };
}

async function summaries(context: OperationContext, loops: readonly HumanLoop[]) {
  const { store, installation } = context;
  const tasks = await store.tasksOfHumanLoops(loops.map(({ id }) => id));
  const unfinished = tasks.filter(({ status, assignmentsOpen }) => status === 'open' || assignmentsOpen > 0);
  const turns = unfinished.length === 0 ? [] : await store.assignmentsOfTasks(unfinished.map(({ id }) => id));
  const named = await namesOf(
    context,
    turns.filter(({ status }) => status === 'open').map(({ workerId }) => workerId),
  );
  const taskOf = new Map(tasks.map((task) => [task.humanLoopId, task]));
  return loops.map((loop) => {
    const task = taskOf.get(loop.id);
    const own = task ? turns.filter(({ taskId }) => taskId === task.id) : [];
    const isWaiting = task?.status === 'open' && task.slotsFree > 0 && task.assignmentsOpen === 0;
    const since = own.reduce((latest, { endedAt }) => Math.max(latest, endedAt ?? 0), loop.createdAt);
    return {
      HumanLoopName: loop.name,
      FlowDefinitionArn: flowDefinitionArn(installation, loop.flowDefinitionName),
      HumanLoopStatus: loop.status,
      CreationTime: new Date(loop.createdAt),
      ...(loop.finishedAt !== null && { FinishTime: new Date(loop.finishedAt) }),
      ...(loop.failureCode !== null && { FailureCode: loop.failureCode }),
      ...(loop.failureReason !== null && { FailureReason: loop.failureReason }),
      ...(task && { AnswersNeeded: task.answersNeeded, AnswersDone: task.answersDone }),
      ...(isWaiting && { WaitingSince: new Date(since) }),
      Holders: own
        .filter(({ status }) => status === 'open')
        .map(({ workerId, acceptedAt, stoppedAt }) => ({
          ...(named.get(workerId) as NamedWorker),
          AcceptanceTime: new Date(acceptedAt),
          PutAside: stoppedAt !== null,
        })),
    };
  });
}
