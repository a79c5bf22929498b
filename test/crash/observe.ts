/** Looks at loops while the server runs: a status never goes back, and who sees Completed finds the output at once. */
import { ApiError } from '@holdpoint/protocol';
import type { History, Loop } from './history.ts';
import { type Requests, Unanswered } from './requests.ts';

const isFinal = (status: string): boolean => status === 'Completed' || status === 'Stopped' || status === 'Failed';

/** Reads status and, when the loop has ended, the output. @throws Unanswered when the server is gone. */
export async function observe(requests: Requests, history: History, loop: Loop): Promise<void> {
  const before = loop.status;
  const described = await requests.call('DescribeHumanLoop', { HumanLoopName: loop.name }).catch((error: unknown) => {
    if (error instanceof ApiError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  });
  if (!described) {
    const known = loop.start === 'acknowledged' || before !== undefined;
    if (known) history.violation('lost start', `${loop.name} of round ${loop.round} was there and is gone`);
    return;
  }
  const status = described.HumanLoopStatus;
  if (before !== undefined && isFinal(before) && status !== before)
    history.violation('status went back', `${loop.name} was ${before} and is ${status}`);
  if (status === 'Failed') history.violation('failed loop', `${loop.name}: ${described.FailureReason}`);
  // Whoever looked meanwhile may have seen more.
  if (loop.status === undefined || !isFinal(loop.status)) loop.status = status;
  if (!isFinal(status) || status === 'Failed') return;
  await readOutput(requests, history, loop, described.HumanLoopOutput?.OutputS3Uri);
}

async function readOutput(requests: Requests, history: History, loop: Loop, uri: string | undefined): Promise<void> {
  if (!uri?.startsWith('s3://'))
    return history.violation('no output', `${loop.name} is ${loop.status} and names no output: ${uri}`);
  const { status, body } = await requests.s3(`/${uri.slice('s3://'.length)}`);
  if (status !== 200)
    return history.violation('no output', `${loop.name} is ${loop.status} and GET ${uri} answered ${status}`);
  if (loop.output !== undefined && loop.output !== body)
    history.violation(
      'output changed',
      `${uri} of ${loop.name} was ${loop.output.length} characters and is another text`,
    );
  loop.output = body;
  loop.outputKey = uri.slice(uri.indexOf('/', 's3://'.length) + 1);
}

export interface Observer {
  /** Looks at the loop soon, at the server that runs then. */
  watch(loop: Loop): void;
  /** Looks at this server from now on. */
  attach(requests: Requests): void;
  detach(): Promise<void>;
}

/** Looks at loops one after the other, each as soon as it is named. */
export function createObserver(history: History): Observer {
  const waiting = new Set<Loop>();
  let requests: Requests | undefined;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    for (const loop of waiting) {
      if (!requests) return;
      waiting.delete(loop);
      try {
        await observe(requests, history, loop);
      } catch (error) {
        if (!(error instanceof Unanswered))
          history.violation('unexpected answer', `observer: ${(error as Error).message}`);
        waiting.add(loop);
        return;
      }
    }
  }

  function run(): void {
    if (looking || !requests) return;
    looking = look().finally(() => {
      looking = undefined;
    });
  }

  return {
    watch(loop) {
      waiting.add(loop);
      run();
    },
    attach(to) {
      requests = to;
      run();
    },
    detach() {
      requests = undefined;
      return looking ?? Promise.resolve();
    },
  };
}
