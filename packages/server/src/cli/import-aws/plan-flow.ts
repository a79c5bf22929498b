import {
  bucketNameProblem,
  flowDefinitionArn,
  humanTaskUiArn,
  operations,
  parseS3Uri,
  validate,
  workteamArn,
} from '@holdpoint/protocol';
import { differences } from './differences.ts';
import type { Here } from './here.ts';
import { type FlowDescription, nameOf, type SourceFlow, type UnreadThing } from './inventory.ts';
import type { LeftOut } from './left-out.ts';
import { refusalOf, usableTags } from './plan-input.ts';
import { missingTags } from './plan-task-ui.ts';
import type { Step } from './step.ts';
import type { Translation } from './translate.ts';

/** What AWS takes when nothing is said, so that saying it makes no difference. */
const defaults = { TaskTimeLimitInSeconds: 3600, TaskAvailabilityLifetimeInSeconds: 864_000 };

/** @param byArn the steps of workteams and human task UIs, by their ARN at AWS. */
export function planFlow(
  { description, tags }: SourceFlow,
  here: Here,
  translation: Translation,
  leftOut: LeftOut,
  byArn: ReadonlyMap<string, Step>,
): Step {
  const { FlowDefinitionName: source, FlowDefinitionArn: arn, HumanLoopConfig } = description;
  const target = translation.nameOf('flowDefinitions', arn);
  const step = { kind: 'flow-definition', source, target: target ?? '', needs: [] } as const;
  const omitted = leftOut({ kind: 'flow-definition', arn });
  if (target === null || target === undefined || omitted !== undefined)
    return { ...step, action: 'skip', ...(omitted && { reason: omitted }) };
  const team = HumanLoopConfig && byArn.get(HumanLoopConfig.WorkteamArn);
  const ui = HumanLoopConfig && byArn.get(HumanLoopConfig.HumanTaskUiArn);
  if (HumanLoopConfig === undefined || team === undefined || ui === undefined)
    return {
      ...step,
      action: 'blocked',
      reason: 'It has no HumanLoopConfig, so there is nothing that a worker could do.',
    };
  const path = translation.place(description.OutputConfig.S3OutputPath);
  const bucket = parseS3Uri(path)?.bucket ?? '';
  const needs = [
    `workteam ${team.target || team.source}`,
    `human-task-ui ${ui.target || ui.source}`,
    `bucket ${bucket}`,
  ];
  const wanted = {
    ...configOf(description),
    HumanLoopConfig: {
      ...HumanLoopConfig,
      WorkteamArn: workteamArn(here, team.target || team.source),
      HumanTaskUiArn: humanTaskUiArn(here, ui.target || ui.source),
    },
    OutputConfig: { ...description.OutputConfig, S3OutputPath: path },
    RoleArn: translation.role(description.RoleArn),
  };
  const existing = here.flows.get(target);
  if (existing !== undefined) return { ...step, needs, ...compare(wanted, existing, tags, here) };
  const problem = bucketNameProblem(bucket);
  if (problem !== undefined)
    return {
      ...step,
      needs,
      action: 'blocked',
      reason: `Its S3OutputPath ${path} cannot be used: ${problem} Name another place in the mapping: buckets["${bucket || path}"].`,
    };
  const usable = usableTags(tags);
  const input = { FlowDefinitionName: target, ...wanted, ...(usable.length > 0 && { Tags: usable }) };
  const refusal = refusalOf(validate(operations.CreateFlowDefinition.input, input));
  if (refusal !== undefined) return { ...step, needs, action: 'blocked', reason: refusal };
  return { ...step, needs, action: 'create', create: { operation: 'CreateFlowDefinition', input } };
}

/** What becomes of a flow definition of which only the name is known. */
export function planUnreadFlow({ arn }: UnreadThing, translation: Translation, leftOut: LeftOut): Step {
  const target = translation.nameOf('flowDefinitions', arn) ?? '';
  const omitted = leftOut({ kind: 'flow-definition', arn });
  const step = { kind: 'flow-definition', source: nameOf(arn), target, needs: [] } as const;
  return omitted === undefined
    ? { ...step, action: 'blocked', reason: 'Its description could not be read.' }
    : { ...step, action: 'skip', reason: omitted };
}

/** What is optional, where it is set. */
const configOf = ({ HumanLoopRequestSource, HumanLoopActivationConfig }: FlowDescription) => ({
  ...(HumanLoopRequestSource !== undefined && { HumanLoopRequestSource }),
  ...(HumanLoopActivationConfig !== undefined && { HumanLoopActivationConfig }),
});

type Comparable = Pick<
  FlowDescription,
  'OutputConfig' | 'RoleArn' | 'HumanLoopConfig' | 'HumanLoopRequestSource' | 'HumanLoopActivationConfig'
>;

function compare(
  wanted: Comparable,
  existing: FlowDescription,
  tags: SourceFlow['tags'],
  here: Here,
): Pick<Step, 'action' | 'reason'> {
  if (existing.FlowDefinitionStatus === 'Deleting')
    return { action: 'blocked', reason: 'One of this name is being deleted here; run this again when it is gone.' };
  const { OutputConfig, RoleArn, HumanLoopConfig } = existing;
  const differs = differences(
    withDefaults(wanted),
    withDefaults({ ...configOf(existing), OutputConfig, RoleArn, ...(HumanLoopConfig && { HumanLoopConfig }) }),
  );
  if (differs !== undefined) return { action: 'differs', reason: `${differs}.` };
  const reason = missingTags(tags, here.tags.get(flowDefinitionArn(here, existing.FlowDefinitionName)));
  return { action: 'equal', ...(reason && { reason }) };
}

const withDefaults = (config: Comparable): Comparable => ({
  ...config,
  ...(config.HumanLoopConfig && { HumanLoopConfig: { ...defaults, ...config.HumanLoopConfig } }),
});
