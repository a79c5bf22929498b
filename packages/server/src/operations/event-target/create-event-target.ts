import { randomBytes } from 'node:crypto';
import { ApiError, type OperationInput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { type Change, guard, insert } from '../../domain/change.ts';
import { newId } from '../../id.ts';
import { decide } from '../decide.ts';
import { nameInArn } from '../own-arn.ts';

type Input = OperationInput<'CreateEventTarget'>;

/**
 * Makes an event target; its secret is shown here and never again. A literal address is refused here as it would be at each
 * attempt; a name is looked up only then, since it can get another address at any time.
 */
export const createEventTarget: OperationHandler<'CreateEventTarget'> = async (context, input) => {
  const kind = input.Kind ?? 'human-loop';
  requireUrl(context, input.Url);
  requireFilters(kind, input);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const id = newId(context.now);
  await decide(context, async () => ({
    changes: [
      ...(await guardFlowDefinition(context, input.FlowDefinitionArn)),
      insert('eventTargets', {
        id,
        kind,
        url: input.Url,
        secret,
        flowDefinitionArn: input.FlowDefinitionArn ?? null,
        statuses: [...new Set(input.Statuses ?? [])],
        bucket: input.Bucket ?? null,
        prefix: input.Prefix ?? null,
        suffix: input.Suffix ?? null,
        createdAt: context.now,
      }),
    ],
  }));
  return { EventTargetId: id, Secret: secret };
};

function requireUrl({ targetUrlProblem }: OperationContext, text: string): void {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new ApiError('ValidationException', 'Url must be an absolute http or https URL.');
  if (url.username !== '' || url.password !== '')
    throw new ApiError('ValidationException', 'Url must not hold a user name or password; events are signed instead.');
  const problem = targetUrlProblem(url);
  if (problem !== undefined) throw new ApiError('ValidationException', `Url: ${problem}`);
}

/** Filters of the other kind would silently let everything or nothing through. */
function requireFilters(kind: Input['Kind'], input: Input): void {
  const foreign =
    kind === 'human-loop' ? (['Bucket', 'Prefix', 'Suffix'] as const) : (['FlowDefinitionArn', 'Statuses'] as const);
  const given = foreign.filter((name) => input[name] !== undefined);
  if (given.length > 0)
    throw new ApiError('ValidationException', `${given.join(', ')} cannot be given for event targets of kind ${kind}.`);
}

async function guardFlowDefinition(context: OperationContext, arn: string | undefined): Promise<readonly Change[]> {
  if (arn === undefined) return [];
  const name = nameInArn(context.installation, arn, 'flow-definition');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (!flowDefinition) throw new ApiError('ResourceNotFound', `There is no flow definition ${arn}.`);
  return [guard('flowDefinitions', flowDefinition)];
}
