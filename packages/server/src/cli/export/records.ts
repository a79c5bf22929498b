/** Which loops an export is about, and their outputs. */
import { parseArn, parseS3Uri } from '@holdpoint/protocol';
import type { Calling } from '../api-command.ts';
import { findFlow } from '../loop/find-flow.ts';
import { objectsOf, type ReadOutput, readOutput, UnreadableOutput } from '../loop/read-output.ts';
import type { Status } from '../loop/statuses.ts';
import { pages } from '../pages.ts';
import { inOrder } from './in-order.ts';

/** A loop with its output, where it has one. */
export interface LoopRecord {
  readonly humanLoopName: string;
  readonly flowDefinitionArn: string | undefined;
  readonly status: Status | undefined;
  readonly creationTime: Date | undefined;
  readonly failureReason?: string | undefined;
  /** JSON, of a loop without an output, where it was asked for; an output has its own. */
  readonly inputContent?: string | undefined;
  readonly read: ReadOutput | undefined;
}

export interface Choice {
  readonly statuses: ReadonlySet<Status>;
  readonly after: Date | undefined;
  readonly before: Date | undefined;
  readonly withInput: boolean;
}

/** Objects that are read at a time. */
const parallel = 16;

/** The loops of a flow in the order in which they began; an output that cannot be read comes as an error in its place. */
export async function* recordsOfFlow(
  calling: Calling<unknown>,
  flow: string,
  choice: Choice,
): AsyncGenerator<LoopRecord | UnreadableOutput> {
  const { client, signal } = calling;
  const { FlowDefinitionArn } = await findFlow(client, flow);
  const objects = objectsOf(calling);
  const asked = {
    FlowDefinitionArn,
    SortOrder: 'Ascending',
    MaxResults: 100,
    ...(choice.after && { CreationTimeAfter: choice.after }),
    ...(choice.before && { CreationTimeBefore: choice.before }),
  } as const;

  async function* summaries() {
    const fetch = (NextToken: string | undefined) => client.call('ListHumanLoops', { ...asked, NextToken }, { signal });
    for await (const { HumanLoopSummaries } of pages(fetch))
      for (const summary of HumanLoopSummaries) if (choice.statuses.has(summary.HumanLoopStatus!)) yield summary;
  }

  yield* inOrder(summaries(), parallel, async (summary) => {
    const { HumanLoopName: humanLoopName = '', HumanLoopStatus: status, CreationTime: creationTime } = summary;
    const about = { humanLoopName, flowDefinitionArn: FlowDefinitionArn, status, creationTime };
    try {
      if (status !== 'Completed' && status !== 'Stopped') {
        const loop = choice.withInput
          ? await known(humanLoopName, client.call('GetHumanLoop', { HumanLoopName: humanLoopName }, { signal }))
          : undefined;
        const { FailureReason: failureReason } = summary;
        return { ...about, failureReason, inputContent: loop?.InputContent, read: undefined };
      }
      const { HumanLoopOutput } = await known(
        humanLoopName,
        client.call('DescribeHumanLoop', { HumanLoopName: humanLoopName }, { signal }),
      );
      return { ...about, read: await readOutput(objects, HumanLoopOutput?.OutputS3Uri ?? '', signal) };
    } catch (error) {
      if (error instanceof UnreadableOutput) return error;
      throw error;
    }
  });
}

async function known<Loop>(humanLoopName: string, asked: Promise<Loop>): Promise<Loop> {
  try {
    return await asked;
  } catch (error) {
    if (!/^ResourceNotFound/.test((error as Error).name)) throw error;
    throw new UnreadableOutput(`${humanLoopName} was deleted meanwhile.`);
  }
}

/** Every output under a prefix, in the order of keys; of one flow only, where it is named. */
export async function* recordsUnder(
  calling: Calling<unknown>,
  prefix: string,
  flow: string | undefined,
  { after, before }: Pick<Choice, 'after' | 'before'>,
): AsyncGenerator<LoopRecord | UnreadableOutput> {
  const objects = objectsOf(calling);
  const isWanted = (time: Date | undefined): boolean =>
    (after === undefined || (time !== undefined && time >= after)) &&
    (before === undefined || (time !== undefined && time < before));

  async function* uris() {
    for await (const uri of objects.list(prefix))
      if (/(?:^|\/)output\.json$/.test(parseS3Uri(uri)?.key ?? '') && isWanted(creationTimeOf(uri))) yield uri;
  }

  const records = inOrder(uris(), parallel, async (uri): Promise<LoopRecord | UnreadableOutput> => {
    try {
      const read = await readOutput(objects, uri, calling.signal);
      const { humanLoopName, flowDefinitionArn } = read.output;
      return { humanLoopName, flowDefinitionArn, status: undefined, creationTime: creationTimeOf(uri), read };
    } catch (error) {
      if (error instanceof UnreadableOutput) return error;
      throw error;
    }
  });
  for await (const record of records)
    if (flow === undefined || record instanceof UnreadableOutput || isOf(record.flowDefinitionArn ?? '', flow))
      yield record;
}

const isOf = (arn: string, flow: string): boolean => arn === flow || parseArn(arn)?.resourceName === flow;

/** When a loop began, as the key of its output says: `…/YYYY/MM/DD/hh/mm/ss/LOOP/output.json`. */
function creationTimeOf(uri: string): Date | undefined {
  const parts = /\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/(\d\d)\/(\d\d)\/[^/]+\/output\.json$/.exec(uri);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
