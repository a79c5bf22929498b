import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type Change, guard } from '../../domain/change.ts';

/**
 * The groups that a worker needs to belong to the named workteams, and guards for the teams that were read.
 * A team that lists several groups is joined through the group of its own name, or else its first.
 *
 * @throws ApiError ResourceNotFound that names the missing teams; ValidationException for a team without groups.
 */
export async function groupsOfWorkteams(
  { store }: OperationContext,
  names: readonly string[],
): Promise<{ groups: readonly string[]; guards: readonly Change[] }> {
  const found = await Promise.all(
    [...new Set(names)].map(async (name) => [name, await store.workteamByName(name)] as const),
  );
  const missing = found.filter(([, workteam]) => !workteam).map(([name]) => name);
  if (missing.length > 0) throw new ApiError('ResourceNotFound', `There is no workteam named ${missing.join(', ')}.`);
  const workteams = found.flatMap(([, workteam]) => (workteam ? [workteam] : []));
  const groups = workteams.map(({ name, groups }) => {
    const group = groups.includes(name) ? name : groups[0];
    if (group === undefined) throw new ApiError('ValidationException', `The workteam ${name} lists no group to join.`);
    return group;
  });
  return { groups: [...new Set(groups)], guards: workteams.map((workteam) => guard('workteams', workteam)) };
}
