/** What most tests give to a client. */
import type { ClientOptions } from '../settings.ts';

export const credentials = { accessKeyId: 'AKIAHPTEST', secretAccessKey: 'secret/with+signs' };
export const flowDefinitionArn = 'arn:aws:sagemaker:eu-central-1:000000000000:flow-definition/a';

/** Nothing of this machine's settings, and no time passes between attempts: `waits` has what would have been waited. */
export function testOptions(given: ClientOptions, waits: number[] = []): ClientOptions {
  return {
    region: 'eu-central-1',
    credentials,
    ignoreConfiguration: true,
    wait: async (milliseconds: number) => void waits.push(milliseconds),
    ...given,
  };
}
