/**
 * One thing at AWS, and what an import would do about it.
 *
 * create: it is missing here. equal: it is here. use: something here takes its place, as the mapping says. differs: its name is
 * taken by something else, which is never changed. blocked: it cannot be made, or what it needs cannot. skip: it was left out.
 */
import type { OperationInput } from '@holdpoint/protocol';

export type Action = 'create' | 'equal' | 'use' | 'differs' | 'blocked' | 'skip';
export type Kind = 'bucket' | 'workforce' | 'workteam' | 'human-task-ui' | 'flow-definition';

export interface Step {
  readonly kind: Kind;
  /** What it is called at AWS. */
  readonly source: string;
  /** Its name here; empty when it gets none. */
  readonly target: string;
  readonly action: Action;
  readonly reason?: string;
  /** `KIND NAME` of what has to be here before. */
  readonly needs: readonly string[];
  readonly create?: Creation;
}

/** The call that makes it. */
export type Creation =
  | { readonly operation: 'CreateBucket'; readonly bucket: string }
  | { readonly operation: 'CreateWorkforce'; readonly input: OperationInput<'CreateWorkforce'> }
  | { readonly operation: 'CreateWorkteam'; readonly input: OperationInput<'CreateWorkteam'> }
  | { readonly operation: 'CreateHumanTaskUi'; readonly input: OperationInput<'CreateHumanTaskUi'> }
  | { readonly operation: 'CreateFlowDefinition'; readonly input: OperationInput<'CreateFlowDefinition'> };

export const keyOf = ({ kind, target }: Pick<Step, 'kind' | 'target'>): string => `${kind} ${target}`;

/** Whether what it stands for is here, or will be. */
export const isThere = ({ action }: Step): boolean => action === 'create' || action === 'equal' || action === 'use';
