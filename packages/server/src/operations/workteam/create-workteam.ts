import { ApiError, workteamArn } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { insert, update } from '../../domain/change.ts';
import type { Workforce } from '../../domain/rows.ts';
import { tagsOf } from '../../domain/tags.ts';
import { newId } from '../../id.ts';
import { decide, isSameCall } from '../decide.ts';
import { currentWorkteams } from './current-workteams.ts';
import { workteamGroups } from './workteam-groups.ts';

/** The most work teams an account can have, as the service's model states. */
const maxWorkteams = 25;

export const createWorkteam: OperationHandler<'CreateWorkteam'> = async (context, input) => {
  const { WorkteamName: name } = input;
  const groups = workteamGroups(input.MemberDefinitions);
  const tags = tagsOf(input.Tags);
  await decide(context, async () => {
    const existing = await context.store.workteamByName(name);
    if (existing && isSameCall(context, existing)) return { changes: [] };
    if (existing) throw new ApiError('ResourceInUse', `The work team with WorkteamName ${name} already exists.`);
    const workforce = await workforceNamed(context, input.WorkforceName);
    if ((await currentWorkteams(context.store)).length >= maxWorkteams)
      throw new ApiError('ResourceLimitExceeded', `An account cannot have more than ${maxWorkteams} work teams.`);
    const workteam = insert('workteams', {
      id: newId(context.now),
      name,
      workforceId: workforce.id,
      description: input.Description,
      memberDefinitions: input.MemberDefinitions as never,
      groups,
      config: configOf(input),
      tags,
      createdAt: context.now,
      updatedAt: context.now,
      invocation: context.invocation,
    });
    // The workforce's row is changed: all that count its teams conflict with each other.
    return { changes: [update('workforces', workforce, {}), workteam] };
  });
  return { WorkteamArn: workteamArn(context.installation, name) };
};

export function configOf(input: {
  NotificationConfiguration?: unknown;
  WorkerAccessConfiguration?: unknown;
}): Record<string, unknown> {
  return {
    ...(input.NotificationConfiguration !== undefined && {
      NotificationConfiguration: input.NotificationConfiguration,
    }),
    ...(input.WorkerAccessConfiguration !== undefined && {
      WorkerAccessConfiguration: input.WorkerAccessConfiguration,
    }),
  };
}

async function workforceNamed(context: OperationContext, name: string | undefined): Promise<Workforce> {
  const workforces = await context.store.workforces();
  const workforce = name === undefined ? workforces[0] : workforces.find((one) => one.name === name);
  if (!workforce)
    throw new ApiError(
      'ValidationException',
      `No workforce ${name === undefined ? 'exists' : `named ${name} exists`}.`,
    );
  return workforce;
}
