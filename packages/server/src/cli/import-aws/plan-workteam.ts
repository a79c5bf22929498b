import { operations, validate, workteamArn } from '@holdpoint/protocol';
import { differences } from './differences.ts';
import { groupsOf } from './dump-people.ts';
import type { Here } from './here.ts';
import { crowdOf, type Inventory, type SourceWorkteam, sourceNameOf, type WorkteamDescription } from './inventory.ts';
import type { LeftOut } from './left-out.ts';
import { refusalOf, usableTags } from './plan-input.ts';
import { missingTags } from './plan-task-ui.ts';
import type { Step } from './step.ts';
import type { Translation } from './translate.ts';

/** The most workteams that a server has, as AWS. */
const mostTeams = 25;

/** There is one workforce here, from the first start; only where somebody deleted it, it is made. */
export function planWorkforce({ workforces, workteams }: Inventory, { workforce: existing }: Here): Step[] {
  const [workforce] = workforces;
  if (workforce === undefined) {
    if (existing !== undefined || workteams.length === 0) return [];
    return [
      {
        kind: 'workforce',
        source: 'default',
        target: 'default',
        needs: [],
        action: 'blocked',
        reason: 'There is no workforce here, and none among what was read: make one with CreateWorkforce.',
      },
    ];
  }
  const name = workforce.WorkforceName;
  if (existing !== undefined)
    return [
      {
        kind: 'workforce',
        source: name,
        target: existing.WorkforceName,
        needs: [],
        action: name === existing.WorkforceName ? 'equal' : 'use',
        ...(name !== existing.WorkforceName && {
          reason: `A server has one workforce: ${existing.WorkforceName}, which is here, takes its place.`,
        }),
      },
    ];
  const step = { kind: 'workforce', source: name, target: name, needs: [] } as const;
  if (workforce.CognitoConfig === undefined)
    return [
      {
        ...step,
        action: 'blocked',
        reason:
          'AWS does not tell the client secret of its identity provider: make the workforce with CreateWorkforce, then run this again.',
      },
    ];
  const { CognitoConfig, SourceIpConfig } = workforce;
  const input = {
    WorkforceName: name,
    CognitoConfig,
    ...((SourceIpConfig?.Cidrs.length ?? 0) > 0 && { SourceIpConfig: SourceIpConfig! }),
  };
  return [{ ...step, action: 'create', create: { operation: 'CreateWorkforce', input } }];
}

/** What becomes of a workteam: one that was read, or one that a flow definition names. */
export function planWorkteam(
  arn: string,
  inventory: Inventory,
  here: Here,
  translation: Translation,
  leftOut: LeftOut,
  earlier: readonly Step[],
): Step {
  const crowd = crowdOf(arn);
  const team = inventory.workteams.find(({ description }) => description.WorkteamArn === arn);
  const target = translation.nameOf('workteams', arn);
  const source = sourceNameOf(arn);
  const needs =
    here.workforce === undefined
      ? earlier.filter(({ kind }) => kind === 'workforce').map((step) => `workforce ${step.target}`)
      : [];
  const step = { kind: 'workteam', source, target: target ?? '', needs } as const;
  const omitted = leftOut({ kind: 'workteam', arn });
  const skipped = { ...step, action: 'skip', ...(omitted && { reason: omitted }) } as const;
  if (target === null) return skipped;
  if (target === undefined) {
    if (omitted !== undefined) return skipped;
    return {
      ...step,
      action: 'blocked',
      reason: `${crowd === 'public' ? 'There is no public workforce (Mechanical Turk) here' : 'Vendors are reached through AWS only'}; name a private workteam for it in the mapping: workteams["${source}"].`,
    };
  }
  const existing = here.workteams.get(target);
  if (existing !== undefined) {
    const differs = team && differences(membership(team.description), membership(existing));
    if (team !== undefined && differs === undefined) {
      const reason = missingTags(team.tags, here.tags.get(workteamArn(here, target)));
      return { ...step, action: 'equal', ...(reason && { reason }) };
    }
    if (translation.isMapped('workteams', arn))
      return { ...step, action: 'use', reason: `The mapping puts ${target}, which is here, in its place.` };
    if (omitted !== undefined) return skipped;
    if (differs === undefined) return { ...step, action: 'use', reason: `It could not be read; ${target} is here.` };
    return {
      ...step,
      action: 'differs',
      reason: `${differs}. To let this team take its place all the same, say so in the mapping: workteams["${source}"].`,
    };
  }
  if (omitted !== undefined) return skipped;
  if (crowd === 'private' && team === undefined)
    return {
      ...step,
      action: 'blocked',
      reason: 'It is not among what was read; the mapping can put a workteam that is here in its place.',
    };
  const planned = earlier.filter(({ kind, action }) => kind === 'workteam' && action === 'create').length;
  if (here.workteams.size + planned >= mostTeams)
    return { ...step, action: 'blocked', reason: `A server has at most ${mostTeams} workteams.` };
  const input = team === undefined ? standIn(target, source, here) : inputOf(target, team);
  const refusal = refusalOf(validate(operations.CreateWorkteam.input, input));
  if (refusal !== undefined) return { ...step, action: 'blocked', reason: refusal };
  return { ...step, action: 'create', create: { operation: 'CreateWorkteam', input } };
}

function inputOf(name: string, { description, tags }: SourceWorkteam) {
  const usable = usableTags(tags);
  return { WorkteamName: name, ...comparable(description), ...(usable.length > 0 && { Tags: usable }) };
}

/** What a workteam is made of, without what is empty. */
function comparable(team: WorkteamDescription) {
  const { MemberDefinitions, Description, NotificationConfiguration, WorkerAccessConfiguration } = team;
  return {
    MemberDefinitions,
    Description,
    ...(NotificationConfiguration?.NotificationTopicArn !== undefined && { NotificationConfiguration }),
    ...(WorkerAccessConfiguration?.S3Presign !== undefined && { WorkerAccessConfiguration }),
  };
}

/** What makes a team another one: whatever the user pool is called, its groups are those of the built-in directory. */
function membership(team: WorkteamDescription) {
  const { MemberDefinitions: _pools, ...rest } = comparable(team);
  return { Groups: groupsOf(team).sort().join(', '), ...rest };
}

/** A team of its own people instead of a crowd. */
function standIn(name: string, source: string, { workforce }: Here) {
  const { UserPool = 'us-east-1_Holdpoint', ClientId = 'holdpoint' } = workforce?.CognitoConfig ?? {};
  const member =
    workforce?.OidcConfig === undefined
      ? { CognitoMemberDefinition: { UserPool, ClientId, UserGroup: name } }
      : { OidcMemberDefinition: { Groups: [name] } };
  return { WorkteamName: name, MemberDefinitions: [member], Description: `In place of ${source} at AWS` };
}
