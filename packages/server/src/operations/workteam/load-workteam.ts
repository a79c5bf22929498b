import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { Workforce, Workteam } from '../../domain/rows.ts';

/** @throws ApiError ValidationException, in the words by which Terraform recognises a missing team. */
export async function loadWorkteam(context: OperationContext, name: string): Promise<Workteam> {
  const workteam = await context.store.workteamByName(name);
  if (!workteam) throw new ApiError('ValidationException', `The work team ${name} does not exist.`);
  return workteam;
}

export async function workforceOf(context: OperationContext, workteam: Workteam): Promise<Workforce | undefined> {
  return (await context.store.workforces()).find((workforce) => workforce.id === workteam.workforceId);
}
