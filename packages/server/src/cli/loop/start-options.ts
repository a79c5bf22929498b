import type { OperationInput } from '@holdpoint/protocol';
import type { ServerOptions } from '../server-options.ts';

/** What `holdpoint loop start` was given. */
export interface StartOptions extends ServerOptions {
  readonly json?: boolean;
  readonly name?: string;
  readonly input?: string;
  readonly inputFile?: string;
  readonly classifier?: readonly Classifier[];
  readonly wait?: boolean;
  readonly file?: string;
  readonly concurrency: string;
  readonly patience: string;
  readonly prefix?: string;
  readonly nameField?: string;
  readonly inputField?: string;
}

type Classifier = NonNullable<OperationInput<'StartHumanLoop'>['DataAttributes']>['ContentClassifiers'][number];
