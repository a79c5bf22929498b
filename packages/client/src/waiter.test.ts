import { beforeEach, describe, expect, it } from 'vitest';
import { createA2IRuntimeClient, createSageMakerClient, ResourceNotFoundException, type WaitOptions } from './index.ts';
import { flowDefinitionArn, testOptions } from './testing/options.ts';
import { json, type Scripted, scriptedTransport } from './testing/scripted-transport.ts';

type Status = 'InProgress' | 'Stopping' | 'Stopped' | 'Completed' | 'Failed';
const granted = { 'preference-applied': 'wait=20' };

const described = (HumanLoopStatus: Status, headers: Record<string, string> = {}) =>
  json(
    {
      HumanLoopName: 'a',
      HumanLoopStatus,
      HumanLoopArn: 'arn:aws:sagemaker:eu-central-1:000000000000:human-loop/a',
      FlowDefinitionArn: flowDefinitionArn,
      CreationTime: '2026-01-02T03:04:05Z',
    },
    headers,
  );

let clock: number;
let waits: number[];
beforeEach(() => {
  clock = 0;
  waits = [];
});

/** A client over a script; an answer that is to take a while moves the clock. */
function open(script: readonly Scripted[], readTimeoutMs?: number) {
  const transport = scriptedTransport(...script);
  const endpointUrl = 'http://127.0.0.1:1';
  const client = createA2IRuntimeClient(
    testOptions({ endpointUrl, transport, now: () => clock, ...(readTimeoutMs && { readTimeoutMs }) }, waits),
  );
  return { client, transport };
}

const after =
  (seconds: number, status: Status): Scripted =>
  () => {
    clock += seconds * 1000;
    return described(status, granted);
  };

const failed = (waiter: string, reason: string) => ({
  name: 'WaiterError',
  message: `Waiter ${waiter} failed: ${reason}`,
});
const terminal = (status: Status) =>
  `Waiter encountered a terminal failure state: For expression "HumanLoopStatus" we matched expected path: "${status}"`;

describe('waiters', () => {
  it('have names', () => {
    const { client } = open([]);
    expect(client.waiterNames).toEqual(['human_loop_completed', 'human_loop_finished', 'human_loop_stopped']);
    for (const name of client.waiterNames) expect(client.getWaiter(name).name).toBe(name);
    expect(client.getWaiter('humanLoopCompleted').name).toBe('human_loop_completed');
    for (const name of ['endpoint_in_service', 'HumanLoopCompleted', 'human loop completed', '', 'constructor'])
      expect(() => client.getWaiter(name)).toThrow(`Waiter does not exist: ${name}`);
    const sagemaker = createSageMakerClient(testOptions({ endpointUrl: 'http://127.0.0.1:1' }));
    expect(sagemaker.waiterNames).toEqual([]);
    expect(() => sagemaker.getWaiter('human_loop_completed')).toThrow('Waiter does not exist: human_loop_completed');
  });

  type Outcome = 'found' | 'lost' | 'waits';
  it.each<readonly [waiter: string, outcomes: Record<Status, Outcome>]>([
    [
      'human_loop_completed',
      { InProgress: 'waits', Stopping: 'lost', Stopped: 'lost', Completed: 'found', Failed: 'lost' },
    ],
    [
      'human_loop_finished',
      { InProgress: 'waits', Stopping: 'waits', Stopped: 'found', Completed: 'found', Failed: 'found' },
    ],
    [
      'human_loop_stopped',
      { InProgress: 'waits', Stopping: 'waits', Stopped: 'found', Completed: 'lost', Failed: 'lost' },
    ],
  ])('%s: each state', async (waiter, outcomes) => {
    for (const [status, outcome] of Object.entries(outcomes) as [Status, Outcome][]) {
      const { client, transport } = open([described(status)]);
      const wait = client.getWaiter(waiter).wait({ HumanLoopName: 'a' }, { maxAttempts: 2 });
      if (outcome === 'found') expect(await wait).toMatchObject({ HumanLoopStatus: status });
      else {
        const reason = outcome === 'lost' ? terminal(status) : 'Max attempts exceeded';
        await expect(wait).rejects.toMatchObject(failed(waiter, reason));
        await expect(wait).rejects.toMatchObject({ lastResponse: { HumanLoopStatus: status } });
      }
      expect(transport.requests, status).toHaveLength(outcome === 'waits' ? 2 : 1);
    }
  });

  it('ask the server to wait, in a header that is not signed', async () => {
    const { client, transport } = open([after(20, 'InProgress'), after(7, 'Completed')]);
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
    for (const { headers } of transport.requests) {
      expect(headers.prefer).toBe('wait=20');
      expect(headers.authorization).toContain('SignedHeaders=host;x-amz-date,');
    }
    // The server waited, so the client did not.
    expect(transport.requests).toHaveLength(2);
    expect(waits).toEqual([]);
  });

  it.each([
    [60_000, 'wait=20'],
    [10_000, 'wait=9'],
    [2000, 'wait=1'],
    [1500, undefined],
    [500, undefined],
  ])('let the server wait less long than a connection may be silent: %s ms', async (readTimeoutMs, prefer) => {
    const { client, transport } = open([described('Completed')], readTimeoutMs);
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
    expect(transport.requests[0]!.headers.prefer).toBe(prefer);
  });

  const asks = (times: number): Scripted[] => [...Array(times).fill(described('InProgress')), described('Completed')];

  it('look less and less often where the server does not wait', async () => {
    const { client } = open(asks(10));
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
    expect(waits.map((wait) => wait / 1000)).toEqual([2, 3, 4.5, 6.75, 10.125, 15.1875, 22.78125, 30, 30, 30]);
  });

  it('do not hammer a server that says that it waits and answers at once', async () => {
    const { client } = open([...Array(4).fill(after(0.9, 'InProgress')), after(0, 'Completed')]);
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
    expect(waits.map((wait) => wait / 1000)).toEqual([2, 3, 4.5, 6.75]);
  });

  it.each<readonly [options: WaitOptions, waited: number[]]>([
    [{ delay: 5 }, [5, 5, 5]],
    [{ delay: 0 }, [0, 0, 0]],
    [{ delay: 0.5 }, [0.5, 0.5, 0.5]],
  ])('wait as long as they are told: %j', async (options, waited) => {
    const { client } = open(asks(3));
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' }, options);
    expect(waits.map((wait) => wait / 1000)).toEqual(waited);
  });

  it.each([1, 2, 7])('look at most maxAttempts times: %s', async (maxAttempts) => {
    const { client, transport } = open([described('InProgress')]);
    const wait = client.getWaiter('human_loop_finished').wait({ HumanLoopName: 'a' }, { maxAttempts });
    await expect(wait).rejects.toMatchObject(failed('human_loop_finished', 'Max attempts exceeded'));
    expect(transport.requests).toHaveLength(maxAttempts);
  });

  it.each<readonly [options: WaitOptions, message: string]>([
    [{ maxAttempts: 0 }, 'Invalid value for parameter maxAttempts, value: 0, valid min value: 1'],
    [{ maxAttempts: Number.NaN }, 'Invalid value for parameter maxAttempts, value: NaN, valid min value: 1'],
    [{ delay: -1 }, 'Invalid value for parameter delay, value: -1, valid min value: 0'],
    [{ delay: Number.NaN }, 'Invalid value for parameter delay, value: NaN, valid min value: 0'],
  ])('refuse %j', async (options, message) => {
    const { client, transport } = open([described('InProgress')]);
    const wait = client.getWaiter('human_loop_finished').wait({ HumanLoopName: 'a' }, options);
    await expect(wait).rejects.toThrow(message);
    expect(transport.requests).toEqual([]);
  });

  it('fail when there is no such loop', async () => {
    const refusal = json({ Message: 'No loop.' }, { 'x-amzn-errortype': 'ResourceNotFoundException' }, 404);
    const { client, transport } = open([described('InProgress'), refusal]);
    const wait = client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
    const reason = 'An error occurred (ResourceNotFoundException): No loop.';
    await expect(wait).rejects.toMatchObject(failed('human_loop_completed', reason));
    await expect(wait).rejects.toMatchObject({ cause: expect.any(ResourceNotFoundException), lastResponse: undefined });
    expect(transport.requests).toHaveLength(2);
  });

  it('pass over a server that is busy for a moment', async () => {
    const busy = json({ message: 'Busy' }, { 'x-amzn-errortype': 'ServiceUnavailableException' }, 503);
    const { client } = open([busy, described('Completed')]);
    await client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' });
  });

  it('refuse parameters that the call does not have', async () => {
    const { client } = open([described('Completed')]);
    const wait = client.getWaiter('human_loop_completed').wait({} as { HumanLoopName: string });
    await expect(wait).rejects.toThrow('Missing required parameter in input: "HumanLoopName"');
  });

  it('end when they are aborted: before, while they ask and between two looks', async () => {
    const stop = new Error('stop');
    const before = open([described('InProgress')]);
    const wait = (signal: AbortSignal, { client }: typeof before) =>
      client.getWaiter('human_loop_completed').wait({ HumanLoopName: 'a' }, { signal, delay: 3600 });
    await expect(wait(AbortSignal.abort(stop), before)).rejects.toBe(stop);
    expect(before.transport.requests).toEqual([]);

    const asking = new AbortController();
    const never = (_request: unknown, signal?: AbortSignal) =>
      new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
    const asked = wait(asking.signal, open([never]));
    setImmediate(() => asking.abort(stop));
    await expect(asked).rejects.toBe(stop);

    const between = new AbortController();
    const answering: Scripted = () => {
      setImmediate(() => between.abort(stop));
      return described('InProgress');
    };
    const transport = scriptedTransport(answering);
    const client = createA2IRuntimeClient(
      testOptions({ endpointUrl: 'http://127.0.0.1:1', transport, wait: undefined }),
    );
    await expect(wait(between.signal, { client, transport })).rejects.toBe(stop);
    expect(transport.requests).toHaveLength(1);
  });
});
