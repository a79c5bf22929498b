/** What an import would do: for each thing at AWS one step. */

import { parseS3Uri } from '@holdpoint/protocol';
import type { OutputCopy } from './copy-outputs.ts';
import type { Here } from './here.ts';
import { type Inventory, nameOf } from './inventory.ts';
import { type LeftOut, leftOutOf, problemsOf } from './left-out.ts';
import { type Invitation, invitationsOf } from './people.ts';
import { planFlow, planUnreadFlow } from './plan-flow.ts';
import { planTaskUi } from './plan-task-ui.ts';
import { planWorkforce, planWorkteam } from './plan-workteam.ts';
import { type Remark, remarksOf } from './remarks.ts';
import { isThere, keyOf, type Step } from './step.ts';
import type { Translation } from './translate.ts';

export interface Plan {
  readonly steps: readonly Step[];
  /** What could not be read, one sentence each, but for what is left out. */
  readonly problems: readonly string[];
  readonly remarks: readonly Remark[];
  readonly invitations: readonly Invitation[];
  /** Past outputs to copy; empty unless they are asked for. */
  readonly outputs: readonly OutputCopy[];
}

export function makePlan(
  inventory: Inventory,
  here: Here,
  translation: Translation,
  options: { readonly outputs: boolean },
): Plan {
  const leftOut = leftOutOf(inventory, translation);
  const configs = inventory.flows.flatMap(({ description }) => description.HumanLoopConfig ?? []);
  const workforce = planWorkforce(inventory, here);
  const byArn = new Map<string, Step>();
  const teamArns = new Set([
    ...inventory.workteams.map(({ description }) => description.WorkteamArn),
    ...configs.map(({ WorkteamArn }) => WorkteamArn),
  ]);
  for (const arn of teamArns) {
    const earlier = [...workforce, ...byArn.values()];
    byArn.set(arn, joined(planWorkteam(arn, inventory, here, translation, leftOut, earlier), byArn));
  }
  const teams = [...byArn.values()];
  const uiArns = new Set([
    ...inventory.taskUis.map(({ arn }) => arn),
    ...configs.map(({ HumanTaskUiArn }) => HumanTaskUiArn),
  ]);
  const uiNames = new Set([...uiArns].map(nameOf));
  for (const { kind, arn } of inventory.unread)
    if (kind === 'human-task-ui' && !uiNames.has(nameOf(arn))) uiArns.add(arn);
  const uis = refuseClashes([...uiArns].map((arn) => planTaskUi(arn, inventory, here, translation, leftOut)));
  for (const [index, arn] of [...uiArns].entries()) byArn.set(arn, uis[index]!);
  const planned = inventory.flows.map((flow) => planFlow(flow, here, translation, leftOut, byArn));
  const unread = inventory.unread.filter(({ kind }) => kind === 'flow-definition');
  const flows = [
    ...refuseClashes(planned).map((step) => refuseWithout(step, [...teams, ...uis])),
    ...unread.map((flow) => planUnreadFlow(flow, translation, leftOut)),
  ];
  const outputs = options.outputs ? outputsOf(inventory, translation, leftOut) : [];
  const buckets = new Set([
    ...flows.filter(({ action }) => action === 'create').flatMap(bucketsOf),
    ...outputs.flatMap(({ to }) => parseS3Uri(to)?.bucket ?? []),
  ]);
  const steps = [...[...buckets].map((bucket) => bucketStep(bucket, here)), ...workforce, ...teams, ...uis, ...flows];
  return {
    steps,
    problems: problemsOf(inventory, leftOut),
    remarks: remarksOf(inventory, here, translation, steps, outputs),
    invitations: invitationsOf(inventory, here, byArn),
    outputs,
  };
}

/** Two teams at AWS can become one here. */
function joined(step: Step, earlier: ReadonlyMap<string, Step>): Step {
  const first = [...earlier.values()].find((other) => other.action === 'create' && other.target === step.target);
  if (step.action !== 'create' || first === undefined) return step;
  const { create: _create, ...rest } = step;
  return { ...rest, action: 'use', reason: `${first.source} and this one become one workteam here.` };
}

const bucketsOf = ({ needs }: Step): string[] =>
  needs.filter((need) => need.startsWith('bucket ')).map((need) => need.slice('bucket '.length));

/** Two things at AWS that would get one name here: neither is made. */
function refuseClashes(steps: readonly Step[]): Step[] {
  return steps.map((step) => {
    const others = steps.filter(
      (other) => other !== step && other.target === step.target && isThere(other) && other.action !== 'use',
    );
    if (others.length === 0 || !isThere(step) || step.action === 'use') return step;
    const { create: _create, ...rest } = step;
    return {
      ...rest,
      action: 'blocked',
      reason: `More than one would be called ${step.target} here; give one of them another name in the mapping.`,
    };
  });
}

/** A flow definition is not made before what it needs. */
function refuseWithout(step: Step, others: readonly Step[]): Step {
  if (step.action !== 'create') return step;
  const missing = step.needs.filter(
    (need) => !need.startsWith('bucket ') && !others.some((other) => keyOf(other) === need && isThere(other)),
  );
  if (missing.length === 0) return step;
  const { create: _create, ...rest } = step;
  return {
    ...rest,
    action: 'blocked',
    reason: `It needs the ${missing.join(' and the ')}, which cannot be taken over.`,
  };
}

const bucketStep = (bucket: string, here: Here): Step => ({
  kind: 'bucket',
  source: bucket,
  target: bucket,
  action: here.buckets.has(bucket) ? 'equal' : 'create',
  needs: [],
  ...(!here.buckets.has(bucket) && { create: { operation: 'CreateBucket', bucket } }),
});

function outputsOf({ flows }: Inventory, translation: Translation, leftOut: LeftOut): OutputCopy[] {
  return flows.flatMap(({ description: { FlowDefinitionArn: arn, FlowDefinitionName: flow, OutputConfig } }) => {
    if (leftOut({ kind: 'flow-definition', arn }) !== undefined) return [];
    const from = `${OutputConfig.S3OutputPath.replace(/\/+$/, '')}/${flow}/`;
    return [{ flow, from, to: translation.place(from) }];
  });
}
