/** What somebody should know besides the plan: what is kept without effect, what stays at AWS, what changes. */
import { parseS3Uri } from '@holdpoint/protocol';
import type { OutputCopy } from './copy-outputs.ts';
import type { Here } from './here.ts';
import { type Inventory, placesOf } from './inventory.ts';
import { unusableTags } from './plan-input.ts';
import { count, listed } from './sentences.ts';
import type { Step } from './step.ts';
import type { Translation } from './translate.ts';

export interface Remark {
  readonly text: string;
  /** Names of what it is about; empty when it is about everything. */
  readonly about: readonly string[];
}

export function remarksOf(
  inventory: Inventory,
  here: Here,
  translation: Translation,
  steps: readonly Step[],
  outputs: readonly OutputCopy[],
): Remark[] {
  return [
    ...placeRemarks(inventory, here),
    ...flowRemarks(inventory, steps),
    ...templateRemarks(inventory, steps),
    ...peopleRemarks(inventory, steps),
    ...tagRemarks(inventory, steps),
    ...outputRemarks(here, outputs),
    ...some('The mapping names what is not among what was read', translation.unused()),
    ...inventory.notes.map((text) => ({ text, about: [] })),
  ];
}

const some = (text: string, about: readonly string[]): Remark[] => (about.length === 0 ? [] : [{ text, about }]);

/** Only what is about to be made is worth a remark on what becomes of its settings. */
const created = (steps: readonly Step[], kind: Step['kind']): Set<string> =>
  new Set(steps.filter((step) => step.kind === kind && step.action === 'create').map(({ source }) => source));

function placeRemarks(inventory: Inventory, here: Here): Remark[] {
  const places = placesOf(inventory);
  const others = places.filter(({ accountId, region }) => accountId !== here.accountId || region !== here.region);
  const [first] = others;
  if (first === undefined) return [];
  const from = listed(others.map(({ accountId, region }) => `account ${accountId}, ${region}`));
  const advice =
    places.length === 1
      ? ` A new data directory keeps the ARNs of AWS: start it with --account-id ${first.accountId} --region ${first.region}.`
      : '';
  return [{ text: `ARNs change from ${from} to account ${here.accountId}, ${here.region}.${advice}`, about: [] }];
}

function flowRemarks({ flows }: Inventory, steps: readonly Step[]): Remark[] {
  const made = created(steps, 'flow-definition');
  const where = (has: (flow: (typeof flows)[number]) => unknown): string[] =>
    flows
      .filter((flow) => made.has(flow.description.FlowDefinitionName) && has(flow))
      .map(({ description }) => description.FlowDefinitionName);
  const waiting = flows.filter(({ inFlight }) => (inFlight?.count ?? 0) > 0);
  return [
    ...some(
      'Human loops in flight stay at AWS and are answered there',
      waiting.map(
        ({ description, inFlight }) =>
          `${description.FlowDefinitionName} (${inFlight?.more ? 'at least ' : ''}${inFlight?.count})`,
      ),
    ),
    ...some(
      'The KMS key is kept, and outputs are encrypted with it where objects are in S3',
      where(({ description }) => description.OutputConfig.KmsKeyId),
    ),
    ...some(
      'The managed task type starts loops of calls that come through this server: set --textract-endpoint or --rekognition-endpoint',
      where(({ description }) => description.HumanLoopRequestSource),
    ),
    ...some(
      'Activation conditions are kept; what they say of a response, holdpoint flow evaluate tells',
      where(({ description }) => description.HumanLoopActivationConfig),
    ),
    ...some(
      'The price is kept, but nobody is paid here',
      where(({ description }) => description.HumanLoopConfig?.PublicWorkforceTaskPrice),
    ),
  ];
}

function templateRemarks({ taskUis }: Inventory, steps: readonly Step[]): Remark[] {
  const made = created(steps, 'human-task-ui');
  const mentions = taskUis
    .filter(({ name, template }) => made.has(name) && /s3:\/\/|\.amazonaws\.com/.test(template ?? ''))
    .map(({ name }) => name);
  return some('The template names places at AWS (s3://… or amazonaws.com), which are not changed', mentions);
}

function peopleRemarks({ workforces, workteams, people }: Inventory, steps: readonly Step[]): Remark[] {
  const teams = created(steps, 'workteam');
  const having = (has: (team: (typeof workteams)[number]['description']) => unknown): string[] =>
    workteams
      .filter(({ description }) => teams.has(description.WorkteamName) && has(description))
      .map(({ description }) => description.WorkteamName);
  const workforce = workforces.map(({ WorkforceName }) => WorkforceName);
  const set = (has: (one: (typeof workforces)[number]) => unknown): string[] => (workforces.some(has) ? workforce : []);
  return [
    ...some(
      'Nothing is sent to the SNS topic',
      having(({ NotificationConfiguration }) => NotificationConfiguration?.NotificationTopicArn),
    ),
    ...some(
      'The worker access configuration is kept, but not applied',
      having(({ WorkerAccessConfiguration }) => WorkerAccessConfiguration?.S3Presign),
    ),
    ...some(
      'Sign-in through the identity provider is not taken over, since AWS does not tell its client secret: make the workforce with CreateWorkforce for it, else workers sign in with passwords here',
      set(({ OidcConfig }) => OidcConfig),
    ),
    ...some(
      'IP restrictions apply to the portal here too; behind a proxy the server has to be told with --trusted-proxy',
      set(({ SourceIpConfig }) => (SourceIpConfig?.Cidrs.length ?? 0) > 0),
    ),
    ...some(
      'VPC settings are not applied here: where the server listens is a setting of the server',
      set(({ WorkforceVpcConfig }) => WorkforceVpcConfig?.VpcId),
    ),
    ...(people.length === 0 && teams.size > 0
      ? [
          {
            text: 'People have to be invited ("holdpoint worker add"): put the answers of "aws cognito-idp list-users-in-group" into a dump, and the lines are printed.',
            about: [],
          },
        ]
      : []),
  ];
}

function tagRemarks(inventory: Inventory, steps: readonly Step[]): Remark[] {
  const tagged = [
    ...inventory.flows.map(
      ({ description, tags }) => ({ kind: 'flow-definition', name: description.FlowDefinitionName, tags }) as const,
    ),
    ...inventory.taskUis.map(({ name, tags }) => ({ kind: 'human-task-ui', name, tags }) as const),
    ...inventory.workteams.map(
      ({ description, tags }) => ({ kind: 'workteam', name: description.WorkteamName, tags }) as const,
    ),
  ].filter(({ kind, name }) => created(steps, kind).has(name));
  const told = (pick: (left: ReturnType<typeof unusableTags>) => readonly string[]): string[] =>
    tagged.flatMap(({ name, tags }) => {
      const keys = pick(unusableTags(tags));
      return keys.length === 0 ? [] : [`${name} (${keys.join(', ')})`];
    });
  return [
    ...some(
      'Tags of AWS itself cannot be set',
      told(({ reserved }) => reserved),
    ),
    ...some(
      'A resource has at most 50 tags; the rest is left out',
      told(({ tooMany }) => tooMany),
    ),
  ];
}

function outputRemarks({ announcesObjects }: Here, outputs: readonly OutputCopy[]): Remark[] {
  const elsewhere = outputs.filter(({ from }) => parseS3Uri(from) === undefined).map(({ from }) => from);
  return [
    ...some('Past outputs cannot be found there', elsewhere),
    ...(announcesObjects && outputs.length > 0
      ? [
          {
            text: `Event targets of the kind object-created hear of every output that is copied, as of a new one (${count(outputs.length, 'flow definition')}).`,
            about: [],
          },
        ]
      : []),
  ];
}
