import { type OperationOutput, workforceArn, workteamArn } from '@holdpoint/protocol';
import type { Installation, OperationContext } from '../../context.ts';
import type { Workforce, Workteam } from '../../domain/rows.ts';

export type WireWorkteam = OperationOutput<'DescribeWorkteam'>['Workteam'];

/** Host and port of the portal, without a scheme, as `SubDomain` is everywhere. */
export const subDomain = (installation: Installation): string => new URL(installation.publicUrl).host;

export function wireWorkteam(
  context: OperationContext,
  workteam: Workteam,
  workforce: Workforce | undefined,
): WireWorkteam {
  return {
    WorkteamName: workteam.name,
    MemberDefinitions: workteam.memberDefinitions,
    WorkteamArn: workteamArn(context.installation, workteam.name),
    WorkforceArn: workforce && workforceArn(context.installation, workforce.name),
    Description: workteam.description,
    SubDomain: subDomain(context.installation),
    CreateDate: new Date(workteam.createdAt),
    LastUpdatedDate: new Date(workteam.updatedAt),
    ...workteam.config,
  } as WireWorkteam;
}
