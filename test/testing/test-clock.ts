// Time that a test lets pass.
import type { Clock } from '../../packages/server/src/clock.ts';
import type { TestServer } from './test-server.ts';

export interface TestClock extends Clock {
  /** Lets seconds pass for the server. */
  pass(seconds: number): void;
}

/** Runs with the machine's clock, ahead of it by what has passed. */
export function testClock(): TestClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    pass(seconds) {
      ahead += seconds * 1000;
    },
  };
}

/** Settings under which requests signed now are taken after hours have passed on a test clock. */
export const patientSettings = { clockSkewSeconds: 10 * 86_400 };

/** Has the server look for due jobs now: a commit that adds a job wakes the runner, which otherwise sleeps on. */
export async function wakeJobs({ client }: TestServer, anyLoop: { flowArn: string; name: string }): Promise<void> {
  await client.call('StartHumanLoop', {
    HumanLoopName: anyLoop.name,
    FlowDefinitionArn: anyLoop.flowArn,
    HumanLoopInput: { InputContent: '{}' },
  });
}
