/** Plan and result as a person reads them. */
import type { ServerOptions } from '../server-options.ts';
import { formatTable, printable } from '../table.ts';
import type { Outcome } from './apply.ts';
import type { CopyReport } from './copy-outputs.ts';
import type { Here } from './here.ts';
import type { Inventory } from './inventory.ts';
import { invitationLine } from './people.ts';
import type { Plan } from './plan.ts';
import { count } from './sentences.ts';
import type { Action, Step } from './step.ts';

const words: Readonly<Record<Action, string>> = {
  create: 'create',
  equal: 'is here',
  use: 'use',
  differs: 'differs',
  blocked: 'cannot move',
  skip: 'left out',
};

export function planText(plan: Plan, inventory: Inventory, here: Here, server: ServerOptions): string {
  const rows = plan.steps.map((step) => [
    words[step.action],
    step.kind,
    step.source,
    step.target === step.source || step.target === '' ? '' : `as ${step.target}`,
  ]);
  const reasons = plan.steps.filter(({ reason }) => reason !== undefined);
  const blocks = [
    `From  ${printable(inventory.origin)}\nTo    ${here.endpointUrl}, account ${here.accountId}, ${here.region}`,
    formatTable(['PLAN', 'KIND', 'NAME', ''], rows, 'There is nothing to take over.'),
    bullets(
      'Reasons',
      reasons.map((step) => `${step.kind} ${step.source}: ${step.reason}`),
    ),
    bullets('Could not be read', plan.problems),
    bullets(
      'To know',
      plan.remarks.map(({ text, about }) => (about.length === 0 ? text : `${text}: ${about.join(', ')}.`)),
    ),
    bullets(
      'Past outputs to copy',
      plan.outputs.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)),
    ),
    ...(plan.invitations.length === 0
      ? []
      : [
          [
            'People have to be invited; each line prints a link:',
            ...plan.invitations.map((one) => `  ${printable(invitationLine(one, server))}`),
          ].join('\n'),
        ]),
    summary(plan.steps),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function bullets(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  - ${printable(line)}`)].join('\n');
}

function summary(steps: readonly Step[]): string {
  const number = (...actions: Action[]): number => steps.filter(({ action }) => actions.includes(action)).length;
  const parts = [
    `${number('create')} to create`,
    `${number('equal', 'use')} here already`,
    ...(number('differs') > 0 ? [`${number('differs')} that differ`] : []),
    ...(number('blocked') > 0 ? [`${number('blocked')} that cannot move`] : []),
    ...(number('skip') > 0 ? [`${number('skip')} left out`] : []),
  ];
  return `${parts.join(', ')}.`;
}

export function resultText(outcomes: readonly Outcome[], copied: CopyReport | undefined, plan: Plan): string {
  const created = outcomes.filter(({ status }) => status === 'created');
  const others = outcomes.filter(({ status }) => status !== 'created');
  const flows = created.filter(({ step }) => step.kind === 'flow-definition');
  const blocks = [
    ...(outcomes.length === 0 ? [] : [`Created ${created.length} of ${count(outcomes.length, 'resource')}.`]),
    bullets(
      'Not created',
      others.map(({ step, status, reason }) => `${step.kind} ${step.target} (${status}): ${reason}`),
    ),
    flows.length === 0 ? '' : ['Flow definitions are here now:', ...flows.map(({ arn }) => `  ${arn}`)].join('\n'),
    ...(copied === undefined ? [] : [copyText(copied, plan)]),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function copyText({ copied, present, failed, failures }: CopyReport, { outputs }: Plan): string {
  const sentence = `Copied ${count(copied, 'past output')} of ${count(outputs.length, 'flow definition')}; ${present} were here already.`;
  const more = failed > failures.length ? [`${failed - failures.length} more`] : [];
  return [sentence, bullets('Not copied', [...failures, ...more])].filter((block) => block !== '').join('\n');
}

/** What `--json` shows. */
export function planJson(plan: Plan, inventory: Inventory, here: Here, server: ServerOptions) {
  return {
    from: inventory.origin,
    to: { endpointUrl: here.endpointUrl, accountId: here.accountId, region: here.region },
    steps: plan.steps.map(({ kind, source, target, action, reason }) => ({ kind, source, target, action, reason })),
    problems: plan.problems,
    remarks: plan.remarks,
    people: plan.invitations.map((one) => ({ ...one, command: invitationLine(one, server) })),
    outputs: plan.outputs,
  };
}

export const resultJson = (outcomes: readonly Outcome[], copied: CopyReport | undefined) => ({
  steps: outcomes.map(({ step: { kind, source, target }, status, arn, reason }) => ({
    kind,
    source,
    target,
    status,
    arn,
    reason,
  })),
  ...(copied !== undefined && { outputs: copied }),
});
