/** Amazon Augmented AI's runtime: human loops. */
import { humanLoopOperations, type Output } from '@holdpoint/protocol';
import { readOutput } from './answer.ts';
import type { Configuration } from './platform/platform.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import { type ClientOptions, configure, resolveSettings } from './settings.ts';
import { createWaiter, type Waiter, type WaiterName, type WaitOptions, type Watched, waiterNames } from './waiter.ts';

/** boto3's `AugmentedAIRuntime.Client` in TypeScript, and waiting for people. */
export interface A2IRuntimeClient extends ServiceClient<'sagemaker-a2i-runtime'> {
  /** The names that `getWaiter` knows. */
  readonly waiterNames: readonly WaiterName[];
  /** `human_loop_completed`, `human_loop_stopped`, `human_loop_finished`, or in camel case. @throws UnknownWaiterError */
  getWaiter(waiterName: WaiterName | (string & {})): Waiter;
  /**
   * Waits until a human loop is Completed and reads its output.
   *
   * @returns the document `output.json`; its `humanAnswers` are in the order of submission.
   * @throws WaiterError when the loop has failed or was stopped; ServiceError when its object cannot be read.
   */
  waitForAnswer(humanLoopName: string, options?: WaitOptions): Promise<Output>;
}

/**
 * A client of the runtime alone, so that a bundle has nothing of the other services.
 *
 * @throws NoRegionError, InvalidRegionError, InvalidEndpointError, PartialCredentialsError, ProfileNotFound.
 */
export function createA2IRuntimeClient(
  options: ClientOptions = {},
  configuration: Configuration = configure(options),
): A2IRuntimeClient {
  const settings = resolveSettings('sagemaker-a2i-runtime', options, configuration);
  const { client, caller } = createServiceClient('sagemaker-a2i-runtime', Object.values(humanLoopOperations), settings);
  const { DescribeHumanLoop } = humanLoopOperations;
  const watched: Watched = {
    describe: (HumanLoopName, options) => caller.call(DescribeHumanLoop, { HumanLoopName }, options) as never,
    wait: settings.wait,
    now: settings.now,
    readTimeoutMs: settings.readTimeoutMs,
  };
  return {
    ...client,
    waiterNames,
    getWaiter: (name) => createWaiter(name, watched),
    async waitForAnswer(HumanLoopName, options = {}) {
      const waiter = createWaiter('human_loop_completed', watched);
      const { HumanLoopOutput } = await waiter.wait({ HumanLoopName }, options);
      return readOutput(caller, HumanLoopOutput?.OutputS3Uri ?? '', options);
    },
  };
}
